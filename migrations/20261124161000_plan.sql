-- The plan: milestones, the actions that lead to them, and the step of the démarche. See src/domain/plan.rs.

CREATE TABLE milestone (
    id UUID PRIMARY KEY,
    collective_id UUID NOT NULL REFERENCES collective (id),
    number BIGINT NOT NULL,             -- of its short id, J2
    statement TEXT NOT NULL,
    statement_en TEXT,                  -- NULL: only written in one language
    horizon BIGINT,                     -- by which year; NULL: nobody said
    themes TEXT NOT NULL,               -- slugs of config/themes.toml, a JSON list
    UNIQUE (collective_id, number)
);

CREATE TABLE plan_action (
    id UUID PRIMARY KEY,
    collective_id UUID NOT NULL REFERENCES collective (id),
    milestone_id UUID NOT NULL REFERENCES milestone (id),
    number BIGINT NOT NULL,             -- of its short id, P4
    statement TEXT NOT NULL,
    statement_en TEXT,
    lead_id UUID REFERENCES organisation (id), -- who carries it; NULL: nobody yet
    begins_on DATE,                     -- NULL: nobody said
    ends_on DATE,
    state TEXT NOT NULL,                -- needs-lead | to-launch | under-way | done | revised | abandoned
    UNIQUE (collective_id, number)
);

CREATE TABLE plan_helper (              -- organisations that help with an action
    action_id UUID NOT NULL REFERENCES plan_action (id),
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    PRIMARY KEY (action_id, organisation_id)
);

ALTER TABLE collective ADD COLUMN steps TEXT;  -- its own steps of the démarche, in JSON; NULL: those of config/themes.toml
ALTER TABLE collective ADD COLUMN step TEXT;   -- the slug of the step it is at; NULL: nobody said
