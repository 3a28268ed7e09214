-- Workshops: drafts, the rooms that one is announced in, changes that rooms were told of.

-- workshop.status is now: draft | announced | held | cancelled.
ALTER TABLE workshop ADD COLUMN publish_at TIMESTAMPTZ;     -- of a draft: when it is announced by itself

CREATE TABLE workshop_room (            -- where a workshop is announced; none: in every public room
    workshop_id UUID NOT NULL REFERENCES workshop (id),
    room_id UUID NOT NULL REFERENCES room (id),
    PRIMARY KEY (workshop_id, room_id)
);

CREATE TABLE workshop_change (          -- another time or place, of which rooms are told once
    id UUID PRIMARY KEY,
    workshop_id UUID NOT NULL REFERENCES workshop (id),
    at TIMESTAMPTZ NOT NULL,
    before TEXT NOT NULL                -- when and where it was until then, in JSON
);
CREATE INDEX workshop_change_time ON workshop_change (workshop_id, at);
