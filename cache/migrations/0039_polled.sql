-- +goose Up
-- What is to be asked about next is found without looking at all campaigns of the account.
CREATE INDEX campaign_ref_polled ON campaign_ref (account, poll_next) WHERE reference = 0;
