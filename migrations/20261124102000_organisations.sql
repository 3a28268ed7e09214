-- Partner organisations: their roll, who represents them, and their ballots, counted apart from those of persons.

CREATE TABLE organisation (
    id UUID PRIMARY KEY,
    collective_id UUID NOT NULL REFERENCES collective (id),
    slug TEXT NOT NULL,                 -- its short name, which people type; never changed
    name TEXT NOT NULL,
    name_en TEXT,                       -- NULL: only written in one language
    sector TEXT NOT NULL,               -- a slug of config/themes.toml
    since TIMESTAMPTZ NOT NULL,         -- when it came in, the last time: polls that opened before count without it
    active BOOLEAN NOT NULL,            -- false once it is retired
    UNIQUE (collective_id, slug)
);

CREATE TABLE mandate (                  -- who represents an organisation
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    person_id UUID NOT NULL REFERENCES person (id),
    network TEXT NOT NULL,              -- the account that took it; organizers are shown no other of that person
    address TEXT NOT NULL,
    since TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organisation_id, person_id)
);
CREATE INDEX mandate_person ON mandate (person_id);

CREATE TABLE mandate_code (             -- one-time invitations to represent an organisation
    digest TEXT PRIMARY KEY,            -- of the code, never the code
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    expires_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE organisation_ballot (      -- one per organisation, whoever represents it; who cast it stands in the journal
    poll_id UUID NOT NULL REFERENCES poll (id),
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    marks BYTEA NOT NULL,               -- as in ballot
    reason TEXT,                        -- of an objection
    cast_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (poll_id, organisation_id)
);

ALTER TABLE poll ADD COLUMN organisations TEXT;     -- the tally of organisations beside that of persons, in JSON; NULL: there is none
ALTER TABLE journal ADD COLUMN on_behalf_of TEXT;   -- the short name of the organisation for which it was done; NULL: for none
