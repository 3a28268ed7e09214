-- What was told of a milestone's progress. See src/domain/progress.rs.

CREATE TABLE milestone_progress (
    milestone_id UUID NOT NULL REFERENCES milestone (id),
    percent BIGINT NOT NULL,            -- the quarter that was reached: 25 | 50 | 75 | 100
    done BIGINT NOT NULL,               -- how many actions were done then
    counted BIGINT NOT NULL,            -- of how many that count
    reached_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (milestone_id, percent)
);
