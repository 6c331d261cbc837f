-- +goose Up

-- The newest entry of our blacklist when a person said yes to a list at a vendor that has a blacklist of its own: contacts that
-- are not phones cannot be kept out of it. NULL: not asked. Truth.
ALTER TABLE campaign ADD COLUMN despite_contacts INTEGER;
