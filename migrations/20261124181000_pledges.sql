-- Pledges (appels): "I will, if so many others do". Each who joins has a commitment of their own. See src/domain/pledge.rs.

CREATE TABLE pledge (
    id UUID PRIMARY KEY,
    collective_id UUID NOT NULL REFERENCES collective (id),
    number BIGINT NOT NULL,             -- of its short id, E3: one series with commitments
    sentence TEXT NOT NULL,
    about TEXT,                         -- as of a commitment
    threshold BIGINT NOT NULL,          -- how many others its author asks for
    opened_at TIMESTAMPTZ NOT NULL,
    last_day DATE NOT NULL,             -- to join
    closes_at TIMESTAMPTZ NOT NULL,     -- its end, where the collective is
    closed BOOLEAN NOT NULL,            -- the day has come; those who still wait were told
    active BIGINT NOT NULL,             -- people and organisations whose threshold was met, and who have not left since
    waiting BIGINT NOT NULL,
    left_since BIGINT NOT NULL,         -- who left once they were active
    missing BIGINT,                     -- how many more it takes for some who wait to tip; NULL: nobody waits
    tips BIGINT,                        -- how many of those who wait would tip then
    UNIQUE (collective_id, number)
);

ALTER TABLE commitment ADD COLUMN pledge_id UUID REFERENCES pledge (id);
ALTER TABLE commitment ADD COLUMN threshold BIGINT;  -- how many others its holder asks for; NULL: no pledge
ALTER TABLE commitment ADD COLUMN to_tell BOOLEAN NOT NULL DEFAULT FALSE;  -- its holder is to be told what became of it
CREATE UNIQUE INDEX commitment_pledge_person ON commitment (pledge_id, person_id);
CREATE UNIQUE INDEX commitment_pledge_organisation ON commitment (pledge_id, organisation_id);
CREATE INDEX commitment_pledge_waiting ON commitment (pledge_id, state, threshold);

CREATE TABLE pledge_page (              -- thresholds of those who wait: src/domain/pledge/thresholds.rs
    pledge_id UUID NOT NULL REFERENCES pledge (id),
    level BIGINT NOT NULL,
    place BIGINT NOT NULL,
    slots TEXT NOT NULL,                -- JSON
    PRIMARY KEY (pledge_id, level, place)
);
