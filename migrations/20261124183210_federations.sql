-- Collectives that stand together in a federation. See src/domain/federation.rs.

ALTER TABLE collective ADD COLUMN federation_id UUID REFERENCES collective (id); -- NULL: it stands in none
