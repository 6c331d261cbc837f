-- +goose Up

-- What left lately, in all accounts: who has got a message today.
CREATE INDEX batch_by_claim ON batch (claimed_at, campaign);
