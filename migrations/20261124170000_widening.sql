-- The measure of widening circles, month by month. See src/domain/widening.rs.

CREATE TABLE widening (                 -- what was published of a month; never worked out again
    collective_id UUID NOT NULL REFERENCES collective (id),
    month DATE NOT NULL,                -- its first day
    report TEXT NOT NULL,               -- in JSON
    PRIMARY KEY (collective_id, month)
);

CREATE TABLE took_part (                -- who took part in the last month that was measured, until the next is
    collective_id UUID NOT NULL REFERENCES collective (id),
    person_id UUID NOT NULL REFERENCES person (id),
    month DATE NOT NULL,                -- its first day
    PRIMARY KEY (collective_id, person_id, month)
);
CREATE INDEX took_part_person ON took_part (person_id);
