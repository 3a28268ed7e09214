-- Workshops: seats, companions, one line of people who wait, offers of seats that become free. See src/domain/workshop/roster.rs.

ALTER TABLE workshop ADD COLUMN capacity BIGINT;                        -- seats; NULL: no end of them
ALTER TABLE workshop ADD COLUMN companions BIGINT NOT NULL DEFAULT 0;   -- most companions per person
ALTER TABLE workshop ADD COLUMN rsvp_until TIMESTAMPTZ;                 -- answers close then; NULL: at the end
ALTER TABLE workshop ADD COLUMN who TEXT NOT NULL DEFAULT 'all';        -- who may come: all | known-before
ALTER TABLE workshop ADD COLUMN announced_at TIMESTAMPTZ;               -- NULL: not announced yet
ALTER TABLE workshop ADD COLUMN seats BIGINT NOT NULL DEFAULT 0;        -- running counts of rsvp, changed with it: seats taken,
ALTER TABLE workshop ADD COLUMN held BIGINT NOT NULL DEFAULT 0;         -- seats on offer,
ALTER TABLE workshop ADD COLUMN waiting BIGINT NOT NULL DEFAULT 0;      -- people in line
ALTER TABLE workshop ADD COLUMN tickets BIGINT NOT NULL DEFAULT 0;      -- the last ticket of the line
ALTER TABLE workshop ADD COLUMN told BIGINT NOT NULL DEFAULT 0;         -- how full organizers were told it is, in percent

UPDATE workshop SET seats = yes;
UPDATE workshop SET announced_at =
    (SELECT min(at) FROM event WHERE event.subject_id = workshop.id AND event.kind = 'workshop.announced');

-- rsvp.answer is now: yes | maybe | no | waiting | offered.
ALTER TABLE rsvp ADD COLUMN seats BIGINT NOT NULL DEFAULT 1;            -- of the party; 0 for maybe and no
ALTER TABLE rsvp ADD COLUMN ticket BIGINT;                              -- the order of the line, of those who wait
ALTER TABLE rsvp ADD COLUMN network TEXT;                               -- how to reach those who wait or are offered seats:
ALTER TABLE rsvp ADD COLUMN address TEXT;                               -- the account that asked,
ALTER TABLE rsvp ADD COLUMN language TEXT;                              -- and the language it was answered in
UPDATE rsvp SET seats = 0 WHERE answer <> 'yes';
CREATE INDEX rsvp_line ON rsvp (workshop_id, ticket) WHERE answer = 'waiting';

CREATE TABLE seat_offer (               -- seats that became free, held for somebody; kept for a day after the end
    id UUID PRIMARY KEY,
    workshop_id UUID NOT NULL REFERENCES workshop (id),
    person_id UUID NOT NULL REFERENCES person (id),
    seats BIGINT NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    outcome TEXT NOT NULL,              -- open | accepted | declined | expired | withdrawn
    ended_at TIMESTAMPTZ                -- NULL while it is open
);
CREATE UNIQUE INDEX seat_offer_open ON seat_offer (workshop_id, person_id) WHERE outcome = 'open';
CREATE INDEX seat_offer_person ON seat_offer (person_id);
