-- Ballots of confidential polls that are published one by one, where that was declared at the opening. Written at the
-- close, in the order of the receipts: nothing else is known of whose they are.

CREATE TABLE published_ballot (
    poll_id UUID NOT NULL REFERENCES poll (id),
    receipt TEXT NOT NULL,              -- the code that the voter was told; two in 60 bits may be the same
    marks BYTEA NOT NULL                -- what it says, one byte per option (src/domain/poll/ballot.rs)
);
CREATE INDEX published_ballot_receipt ON published_ballot (poll_id, receipt);
