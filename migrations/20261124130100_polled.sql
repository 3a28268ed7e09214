-- A workshop whose date was chosen by a poll.

ALTER TABLE workshop ADD COLUMN poll_id UUID REFERENCES poll (id);      -- NULL: by nobody but its organizers
CREATE INDEX workshop_poll ON workshop (poll_id) WHERE poll_id IS NOT NULL;
