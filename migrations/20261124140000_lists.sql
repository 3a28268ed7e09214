-- The list of coming workshops, pinned in rooms whose organizers want it.

ALTER TABLE room ADD COLUMN workshop_list BOOLEAN NOT NULL DEFAULT FALSE;
