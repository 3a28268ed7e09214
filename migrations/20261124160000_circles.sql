-- Circles: nested groups of a collective's rooms and organisations. Never of persons: no row says which circle anybody is in.

CREATE TABLE circle (
    id UUID PRIMARY KEY,
    collective_id UUID NOT NULL REFERENCES collective (id),
    slug TEXT NOT NULL,                 -- its short name, which people type; never changed
    name TEXT NOT NULL,
    name_en TEXT,                       -- NULL: only written in one language
    parent_id UUID REFERENCES circle (id), -- the circle around it; NULL: none
    active BOOLEAN NOT NULL,            -- false once it is retired
    UNIQUE (collective_id, slug)
);

ALTER TABLE room ADD COLUMN circle_id UUID REFERENCES circle (id);          -- NULL: in none
ALTER TABLE organisation ADD COLUMN circle_id UUID REFERENCES circle (id);  -- NULL: in none
