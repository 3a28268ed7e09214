-- Workshops: who was there, what people thought of it, the report. See src/domain/workshop/after.rs.

ALTER TABLE workshop ADD COLUMN code TEXT;                              -- shown in the room, to check in with; NULL: not asked for yet
ALTER TABLE workshop ADD COLUMN here BIGINT NOT NULL DEFAULT 0;         -- running count of attendance, changed with it
ALTER TABLE workshop ADD COLUMN guests BIGINT NOT NULL DEFAULT 0;       -- people without an account, counted by an organizer
ALTER TABLE workshop ADD COLUMN useful BIGINT NOT NULL DEFAULT 0;       -- running counts of feedback, changed with it: yes,
ALTER TABLE workshop ADD COLUMN partly BIGINT NOT NULL DEFAULT 0;       -- in part,
ALTER TABLE workshop ADD COLUMN useless BIGINT NOT NULL DEFAULT 0;      -- no
ALTER TABLE workshop ADD COLUMN report TEXT;                            -- what came of it; NULL: not written yet
ALTER TABLE workshop ADD COLUMN report_en TEXT;
CREATE INDEX workshop_code ON workshop (collective_id, code) WHERE code IS NOT NULL;

CREATE TABLE attendance (               -- who was at a workshop
    workshop_id UUID NOT NULL REFERENCES workshop (id),
    person_id UUID NOT NULL REFERENCES person (id),
    at TIMESTAMPTZ NOT NULL,            -- when that was recorded
    PRIMARY KEY (workshop_id, person_id)
);
CREATE INDEX attendance_person ON attendance (person_id);

CREATE TABLE feedback (                 -- whether a workshop was useful to somebody
    workshop_id UUID NOT NULL REFERENCES workshop (id),
    person_id UUID NOT NULL REFERENCES person (id),
    useful TEXT NOT NULL,               -- yes | partly | no
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (workshop_id, person_id)
);
CREATE INDEX feedback_person ON feedback (person_id);
