-- Check-ins: who was asked how their commitments go, what was heard of each, and who would like a hand. Ids and instants only.
-- See src/domain/checkin.rs.

CREATE TABLE checkin (                  -- the last message of a person: nobody gets two within two weeks
    person_id UUID PRIMARY KEY REFERENCES person (id),
    commitment_id UUID NOT NULL REFERENCES commitment (id) ON DELETE CASCADE,  -- what it asks about: an answer by number is of it
    asked_at TIMESTAMPTZ NOT NULL       -- when it arrived
);
CREATE INDEX checkin_commitment ON checkin (commitment_id);

CREATE TABLE commitment_news (          -- what was heard of a commitment
    commitment_id UUID PRIMARY KEY REFERENCES commitment (id) ON DELETE CASCADE,
    heard_at TIMESTAMPTZ NOT NULL,      -- when its holder last said anything of it
    asked_at TIMESTAMPTZ,               -- when they were last asked; NULL: never
    unanswered BIGINT NOT NULL          -- how often they were asked since they were heard
);

CREATE TABLE commitment_help (          -- somebody would like a hand
    commitment_id UUID PRIMARY KEY REFERENCES commitment (id) ON DELETE CASCADE,
    person_id UUID NOT NULL REFERENCES person (id),  -- who asked
    network TEXT NOT NULL,              -- the account that asked: the answer goes there
    address TEXT NOT NULL,
    language TEXT NOT NULL,             -- that it was answered in
    asked_at TIMESTAMPTZ NOT NULL,
    answered_at TIMESTAMPTZ             -- when organizers last answered; NULL: not yet
);
CREATE INDEX commitment_help_person ON commitment_help (person_id);
