-- +goose Up

-- What keeps our blacklist from being written to in a list that is kept at a vendor. Truth.
-- despite: the newest entry of our blacklist as of which a person said yes to a list that may have its people;
-- NULL: the vendor's own blacklist has to know all of ours first.
ALTER TABLE campaign ADD COLUMN despite INTEGER;
-- blocks_at: since when what that blacklist lacks has been noted to be told; 0: nobody has looked.
ALTER TABLE campaign ADD COLUMN blocks_at INTEGER NOT NULL DEFAULT 0;
UPDATE campaign SET despite = (SELECT coalesce(max(id), 0) FROM blacklist)
  WHERE list <> '' AND account IN (SELECT id FROM account WHERE vendor = 'smsby');
