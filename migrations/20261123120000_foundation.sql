-- The first tables. Portable SQL: it runs on SQLite and on PostgreSQL (see src/store.rs).
-- Ids (UUIDv7) and times (UTC, microseconds) always come from Rust.

CREATE TABLE collective (
    id UUID PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,          -- its name in configuration and addresses
    name TEXT NOT NULL,                 -- its name for people
    time_zone TEXT NOT NULL,            -- IANA name
    language TEXT NOT NULL              -- language of rooms that name none, e.g. fr-CA
);

CREATE TABLE room (
    id UUID PRIMARY KEY,
    collective_id UUID NOT NULL REFERENCES collective (id),
    network TEXT NOT NULL,
    address TEXT NOT NULL,              -- the network's own id of the room
    language TEXT NOT NULL,
    purpose TEXT NOT NULL,              -- public | control
    active BOOLEAN NOT NULL,            -- false once configuration no longer names it
    UNIQUE (network, address)
);

CREATE TABLE person (
    id UUID PRIMARY KEY,
    language TEXT,                      -- chosen by the person; NULL: the room's
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE account (
    network TEXT NOT NULL,
    address TEXT NOT NULL,              -- the network's own id of the account
    person_id UUID NOT NULL REFERENCES person (id),
    PRIMARY KEY (network, address)
);
CREATE INDEX account_person ON account (person_id);

CREATE TABLE role_grant (
    collective_id UUID NOT NULL REFERENCES collective (id),
    network TEXT NOT NULL,
    address TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (collective_id, network, address)
);

CREATE TABLE counter (                  -- the last short number given out, per collective and kind
    collective_id UUID NOT NULL REFERENCES collective (id),
    kind TEXT NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (collective_id, kind)
);

CREATE TABLE workshop (
    id UUID PRIMARY KEY,
    collective_id UUID NOT NULL REFERENCES collective (id),
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    description TEXT,
    starts_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ,
    place TEXT,
    status TEXT NOT NULL,               -- announced | held | cancelled
    yes BIGINT NOT NULL,                -- running counts of rsvp, changed with it
    maybe BIGINT NOT NULL,
    no BIGINT NOT NULL,
    UNIQUE (collective_id, number)
);
CREATE INDEX workshop_coming ON workshop (collective_id, starts_at);

CREATE TABLE rsvp (
    workshop_id UUID NOT NULL REFERENCES workshop (id),
    person_id UUID NOT NULL REFERENCES person (id),
    answer TEXT NOT NULL,               -- yes | maybe | no
    answered_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (workshop_id, person_id)
);

CREATE TABLE poll (
    id UUID PRIMARY KEY,
    collective_id UUID NOT NULL REFERENCES collective (id),
    number BIGINT NOT NULL,
    question TEXT NOT NULL,
    question_en TEXT,                   -- NULL: only written in one language
    terms TEXT NOT NULL,                -- kind, level, quorum and so on, in JSON; fixed at the first ballot
    status TEXT NOT NULL,               -- scheduled | open | closed
    opens_at TIMESTAMPTZ NOT NULL,
    closes_at TIMESTAMPTZ NOT NULL,     -- once closed: when it closed
    eligible BIGINT NOT NULL,           -- how many may vote, counted when it opened
    live TEXT NOT NULL,                 -- running sums of the ballots, in JSON, changed with them
    verified BIGINT NOT NULL,           -- of the ballots, those of people with several accounts
    room TEXT,                          -- votes counted by hand in a room, in JSON
    outcome TEXT,                       -- the result, in JSON; NULL until closed
    seed TEXT,                          -- of the lot that decides ties; NULL: they stay ties
    statement TEXT,                     -- what a human says came of it
    review_on DATE,                     -- when that is looked at again
    UNIQUE (collective_id, number)
);

CREATE TABLE poll_option (
    poll_id UUID NOT NULL REFERENCES poll (id),
    position BIGINT NOT NULL,           -- 0 is letter a
    label TEXT NOT NULL,
    label_en TEXT,
    meaning TEXT,                       -- what it means, in a line
    meaning_en TEXT,
    cost BIGINT,                        -- in a budget
    at TIMESTAMPTZ,                     -- in a poll of dates
    PRIMARY KEY (poll_id, position)
);

CREATE TABLE ballot (
    poll_id UUID NOT NULL REFERENCES poll (id),
    person_id UUID NOT NULL REFERENCES person (id),
    marks BYTEA NOT NULL,               -- what it says, one byte per option (src/domain/poll/ballot.rs)
    reason TEXT,                        -- of an objection
    name TEXT,                          -- the voter's name, of polls whose level is public only
    verified BOOLEAN NOT NULL,          -- whether the person had several accounts
    cast_at TIMESTAMPTZ NOT NULL,       -- the later act wins when two people turn out to be one
    PRIMARY KEY (poll_id, person_id)    -- one ballot per person, whatever the network
);
CREATE INDEX ballot_person ON ballot (person_id);

CREATE TABLE poll_key (                 -- the keys of a confidential poll, wrapped; deleted at its close
    poll_id UUID PRIMARY KEY REFERENCES poll (id),
    wrapped BYTEA NOT NULL              -- by a master key outside the database (src/store/vault.rs)
);

CREATE TABLE sealed_ballot (            -- ballots of confidential polls; deleted at their close
    poll_id UUID NOT NULL REFERENCES poll (id),
    row_key BYTEA NOT NULL,             -- made from poll and person by the poll's key
    sealed BYTEA NOT NULL,
    PRIMARY KEY (poll_id, row_key)
);

CREATE TABLE poll_voter (               -- who has voted in a confidential poll, without times; deleted at its close
    poll_id UUID NOT NULL REFERENCES poll (id),
    person_id UUID NOT NULL REFERENCES person (id),
    PRIMARY KEY (poll_id, person_id)
);
CREATE INDEX poll_voter_person ON poll_voter (person_id);

CREATE TABLE commitment (
    id UUID PRIMARY KEY,
    collective_id UUID NOT NULL REFERENCES collective (id),
    number BIGINT NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id),
    sentence TEXT NOT NULL,
    due DATE,
    state TEXT NOT NULL,                -- confirmed | under-way | kept
    taken_at TIMESTAMPTZ NOT NULL,
    UNIQUE (collective_id, number)
);
CREATE INDEX commitment_person ON commitment (person_id);

CREATE TABLE digest (
    id UUID PRIMARY KEY,
    collective_id UUID NOT NULL REFERENCES collective (id),
    number BIGINT NOT NULL,             -- edition
    from_at TIMESTAMPTZ NOT NULL,
    until_at TIMESTAMPTZ NOT NULL,
    facts JSONB NOT NULL,               -- what it tells, as published
    UNIQUE (collective_id, number)
);

CREATE TABLE event (                    -- what happened, for digests
    id UUID PRIMARY KEY,
    collective_id UUID NOT NULL REFERENCES collective (id),
    kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL
);
CREATE INDEX event_time ON event (collective_id, at);

CREATE TABLE card (                     -- "this room shows that subject, up to revision n"
    id UUID PRIMARY KEY,
    collective_id UUID REFERENCES collective (id), -- NULL: an answer outside any collective
    network TEXT NOT NULL,
    destination JSONB NOT NULL,         -- room, thread or direct
    address TEXT NOT NULL,              -- the destination's address again, for uniqueness
    language TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    view TEXT NOT NULL,                 -- object | reminder | notice | answer
    payload TEXT,                       -- an answer's message in JSON, deleted once shown; not JSONB, which takes no U+0000
    wanted BIGINT NOT NULL,             -- the revision that should be shown
    shown BIGINT NOT NULL,              -- the revision that is shown; 0: none
    message_ref TEXT,                   -- the network's reference of the message
    tried_at TIMESTAMPTZ,               -- first try of the first message; NULL: never tried
    sent_at TIMESTAMPTZ,                -- last time that something arrived
    attempts BIGINT NOT NULL,           -- failed tries since then
    next_try_at TIMESTAMPTZ NOT NULL,
    lease_until TIMESTAMPTZ,            -- a process is at it until then
    stuck BOOLEAN NOT NULL,             -- given up on until it is raised again
    last_error TEXT,                    -- of the network, never words of a person
    UNIQUE (subject_id, view, network, address)
);
CREATE INDEX card_behind ON card (network, next_try_at) WHERE shown < wanted AND NOT stuck;
CREATE INDEX card_message ON card (network, message_ref);

CREATE TABLE deadline (
    subject_id UUID NOT NULL,
    kind TEXT NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    done BOOLEAN NOT NULL,
    PRIMARY KEY (subject_id, kind, due_at)
);
CREATE INDEX deadline_due ON deadline (due_at) WHERE NOT done;

CREATE TABLE inbox (                    -- each network event has its effect once
    network TEXT NOT NULL,
    event_key TEXT NOT NULL,
    received_at TIMESTAMPTZ NOT NULL,
    sequence BIGINT NOT NULL,           -- order within one batch
    payload TEXT,                       -- an event not handled yet, in JSON; NULL once handled
    PRIMARY KEY (network, event_key)
);
CREATE INDEX inbox_waiting ON inbox (received_at, sequence) WHERE payload IS NOT NULL;

CREATE TABLE note (                     -- small durable values of a network's own: sync token, command hash
    network TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (network, name)
);
