-- Commitments are held by a person or by an organisation, never by both; what others learn of a person's; and codes by which
-- one is handed over. See src/domain/commitment.rs. The table is made anew: SQLite cannot let a column be empty afterwards.

CREATE TABLE commitment_held (
    id UUID PRIMARY KEY,
    collective_id UUID NOT NULL REFERENCES collective (id),
    number BIGINT NOT NULL,             -- of its short id, E3
    person_id UUID REFERENCES person (id),
    organisation_id UUID REFERENCES organisation (id),
    shown_as TEXT,                      -- the name that its person chose to show; NULL: only counted
    sentence TEXT NOT NULL,
    due DATE,
    about TEXT,                         -- the short id of a milestone or an action, or the slug of a theme; NULL: nobody said
    state TEXT NOT NULL,                -- confirmed | under-way | kept | postponed | handed-over | withdrawn
    taken_at TIMESTAMPTZ NOT NULL,
    UNIQUE (collective_id, number),
    CHECK ((person_id IS NULL) <> (organisation_id IS NULL)),
    CHECK (shown_as IS NULL OR person_id IS NOT NULL)
);
INSERT INTO commitment_held (id, collective_id, number, person_id, sentence, due, about, state, taken_at)
SELECT id, collective_id, number, person_id, sentence, due, about, state, taken_at FROM commitment;
DROP TABLE commitment;
ALTER TABLE commitment_held RENAME TO commitment;
CREATE INDEX commitment_person ON commitment (person_id);
CREATE INDEX commitment_organisation ON commitment (organisation_id);
CREATE INDEX commitment_about ON commitment (collective_id, about);

CREATE TABLE handover_code (            -- one-time codes by which somebody else takes a commitment over
    digest TEXT PRIMARY KEY,            -- of the code, with a pepper
    commitment_id UUID NOT NULL REFERENCES commitment (id) ON DELETE CASCADE,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX handover_code_commitment ON handover_code (commitment_id);
