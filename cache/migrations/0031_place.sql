-- +goose Up

-- The place of a person in the audience: people leave in the order in which they were given. 0: the order of their numbers. Truth
-- as long as they wait.
ALTER TABLE recipient ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
DROP INDEX recipient_waiting;
CREATE INDEX recipient_waiting ON recipient (campaign, place, who) WHERE batch = -1;
