-- Versions of the plan: after two years it is evaluated, kept as it stands, and carried on. See src/domain/plan/version.rs.

CREATE TABLE plan_version (
    id UUID PRIMARY KEY,
    collective_id UUID NOT NULL REFERENCES collective (id),
    number BIGINT NOT NULL,             -- from 1
    begins_on DATE NOT NULL,            -- evaluated two years after
    frozen_at TIMESTAMPTZ,              -- NULL: the one that runs
    record TEXT,                        -- the plan as it stood, and its evaluation, in JSON; NULL while it runs
    UNIQUE (collective_id, number)
);

CREATE TABLE plan_outcome (             -- what came of an action, in the version that runs
    action_id UUID PRIMARY KEY REFERENCES plan_action (id),
    outcome TEXT NOT NULL,
    outcome_en TEXT                     -- NULL: only written in one language
);

ALTER TABLE plan_action ADD COLUMN ended_in BIGINT; -- the version that it ended in; NULL: it is in the one that runs
