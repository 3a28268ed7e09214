-- Options that participants propose for a poll before it opens; sense checks by the networks' own polls.

ALTER TABLE poll_option ADD COLUMN proposed BOOLEAN NOT NULL DEFAULT FALSE; -- a participant proposed it

CREATE TABLE poll_proposal (
    id UUID PRIMARY KEY,
    poll_id UUID NOT NULL REFERENCES poll (id),
    collective_id UUID NOT NULL REFERENCES collective (id),
    number BIGINT NOT NULL,             -- of its short id
    person_id UUID REFERENCES person (id), -- who proposes it; NULL once erased
    network TEXT NOT NULL,              -- where its author is told what is decided
    language TEXT NOT NULL,             -- and in which language, unless they chose another
    label TEXT NOT NULL,                -- as in poll_option; empty once its author was erased, unless it was accepted
    label_en TEXT,
    meaning TEXT,
    meaning_en TEXT,
    cost BIGINT,
    at TIMESTAMPTZ,
    standing TEXT NOT NULL,             -- waiting | accepted | refused | lapsed | withdrawn
    reason TEXT,                        -- why it was refused
    proposed_at TIMESTAMPTZ NOT NULL,
    decided_at TIMESTAMPTZ,             -- since when it does not wait any more
    UNIQUE (collective_id, number)
);
CREATE INDEX poll_proposal_waiting ON poll_proposal (poll_id) WHERE standing = 'waiting';
CREATE INDEX poll_proposal_person ON poll_proposal (person_id);

CREATE TABLE pulse (                    -- a sense check; it decides nothing
    id UUID PRIMARY KEY,
    collective_id UUID NOT NULL REFERENCES collective (id),
    number BIGINT NOT NULL,
    question TEXT NOT NULL,
    question_en TEXT,                   -- NULL: only written in one language
    answers TEXT NOT NULL,              -- in both languages, in JSON
    several BOOLEAN NOT NULL,           -- one person may choose several answers
    ends_at TIMESTAMPTZ NOT NULL,       -- once ended: when it ended
    ended BOOLEAN NOT NULL,
    UNIQUE (collective_id, number)
);

CREATE TABLE pulse_room (               -- a sense check in one room
    id UUID PRIMARY KEY,                -- what its cards are about
    pulse_id UUID NOT NULL REFERENCES pulse (id),
    network TEXT NOT NULL,
    address TEXT NOT NULL,              -- the network's own id of the room
    missing BOOLEAN NOT NULL,           -- the native poll is not there
    figures TEXT,                       -- how many chose each answer, in JSON, never who; NULL until counted
    UNIQUE (pulse_id, network, address)
);
