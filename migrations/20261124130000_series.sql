-- Workshops that come again and again, each occurrence a workshop of its own. See src/domain/series.rs.

CREATE TABLE series (
    id UUID PRIMARY KEY,
    collective_id UUID NOT NULL REFERENCES collective (id),
    rule TEXT NOT NULL,                 -- RFC 5545 recurrence rule of days, without an end
    first_on DATE NOT NULL,             -- the day from which the rule counts
    times BIGINT,                       -- how many days it gives at most; NULL: see series.rs
    until_on DATE,                      -- the last day on which one may be; NULL: see series.rs
    minute BIGINT NOT NULL,             -- when it starts, in minutes since midnight on the collective's clocks
    template TEXT NOT NULL,             -- what the next occurrence will say, in JSON
    rooms TEXT NOT NULL,                -- ids of the rooms it will be announced in, in JSON; none: every public one
    ended_at TIMESTAMPTZ                -- NULL: more will be announced
);

CREATE TABLE series_skip (              -- days that are left out, whatever the rule
    series_id UUID NOT NULL REFERENCES series (id),
    day DATE NOT NULL,
    PRIMARY KEY (series_id, day)
);

ALTER TABLE workshop ADD COLUMN series_id UUID REFERENCES series (id);  -- NULL: it stands alone
ALTER TABLE workshop ADD COLUMN series_on DATE;                         -- the day of the series that it is, even if moved
CREATE UNIQUE INDEX workshop_series ON workshop (series_id, series_on) WHERE series_id IS NOT NULL;
