-- Suggestions of commitments, which organizers keep for everybody or for a circle. See src/domain/catalogue.rs.

CREATE TABLE suggestion (
    id UUID PRIMARY KEY,
    collective_id UUID NOT NULL REFERENCES collective (id),
    number BIGINT NOT NULL,             -- of its short id, C4
    sentence TEXT NOT NULL,
    sentence_en TEXT,                   -- NULL: only written in one language
    theme TEXT,                         -- a slug of config/themes.toml; NULL: none
    circle_id UUID REFERENCES circle (id), -- for whom; NULL: everybody
    active BOOLEAN NOT NULL,            -- FALSE: no longer suggested
    UNIQUE (collective_id, number)
);
