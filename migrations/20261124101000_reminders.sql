-- Private reminders, for those who want them. See docs/privacy.md.

CREATE TABLE reminder_choice (          -- what somebody said of private reminders; no row: neither asked nor chosen
    person_id UUID PRIMARY KEY REFERENCES person (id),
    asked_at TIMESTAMPTZ,               -- when they were offered them; once
    wanted BOOLEAN,                     -- what they chose; NULL: nothing yet, as the columns below
    chosen_at TIMESTAMPTZ,
    network TEXT,                       -- the account at which they chose: reminders go there
    address TEXT,
    language TEXT,                      -- in which they were answered then; their own goes first
    collective_id UUID REFERENCES collective (id) -- in which they chose
);

ALTER TABLE account ADD COLUMN closed_at TIMESTAMPTZ;       -- since when private messages do not reach it; NULL: they do
ALTER TABLE account ADD COLUMN closed_told_at TIMESTAMPTZ;  -- when its person was told so

ALTER TABLE card ADD COLUMN person_id UUID REFERENCES person (id); -- whose private reminder it is; NULL: a room's, or an answer
CREATE UNIQUE INDEX card_personal ON card (subject_id, view, person_id) WHERE person_id IS NOT NULL;
CREATE INDEX card_person ON card (person_id) WHERE person_id IS NOT NULL;
