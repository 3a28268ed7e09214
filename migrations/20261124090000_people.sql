-- People: consent, linked accounts, roles by mapping, the journal. See docs/privacy.md.

ALTER TABLE person ADD COLUMN language_at TIMESTAMPTZ;      -- when they chose the language
ALTER TABLE person ADD COLUMN consented_at TIMESTAMPTZ;     -- when they agreed that acts are kept; NULL: never
ALTER TABLE person ADD COLUMN consent_text BIGINT;          -- to which wording (domain::privacy::WORDING)
ALTER TABLE person ADD COLUMN active_at TIMESTAMPTZ;        -- last stored act, to the day
ALTER TABLE person ADD COLUMN welcomed_at TIMESTAMPTZ;      -- when they were shown what they can do
ALTER TABLE person ADD COLUMN merged_into UUID;             -- the person that this one turned out to be; only ballots of closed polls are left here

ALTER TABLE collective ADD COLUMN roles TEXT;               -- what permissions amount to, in JSON; NULL: the defaults

CREATE TABLE setting (                  -- what all processes on this database must agree on
    name TEXT PRIMARY KEY,              -- privacy: who is responsible, in JSON | pepper: random, goes into digests
    value TEXT NOT NULL
);

CREATE TABLE link_code (                -- one-time codes that link two accounts; one at a time per account
    network TEXT NOT NULL,
    address TEXT NOT NULL,              -- the account that asked
    person_id UUID NOT NULL REFERENCES person (id),
    digest TEXT NOT NULL,               -- of the code, never the code
    expires_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (network, address)
);

CREATE TABLE link_try (                 -- wrong codes, so that nobody tries many
    account_digest TEXT PRIMARY KEY,    -- of the account: somebody who only tries leaves no record
    tries BIGINT NOT NULL,
    since TIMESTAMPTZ NOT NULL
);

CREATE TABLE journal (                  -- what organizers did
    id UUID PRIMARY KEY,
    collective_id UUID NOT NULL REFERENCES collective (id),
    at TIMESTAMPTZ NOT NULL,
    act TEXT NOT NULL,                  -- an event's kind
    subject TEXT NOT NULL,              -- its short id
    person_id UUID,                     -- who; NULL once erased
    network TEXT,                       -- by which account; NULL once erased
    address TEXT
);
CREATE INDEX journal_time ON journal (collective_id, at);
CREATE INDEX journal_person ON journal (person_id);
CREATE INDEX rsvp_person ON rsvp (person_id);
