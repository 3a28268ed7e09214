-- Consent can be taken back without having everything erased.

ALTER TABLE person ADD COLUMN withdrawn_at TIMESTAMPTZ;     -- when they took their agreement back; NULL: it stands
