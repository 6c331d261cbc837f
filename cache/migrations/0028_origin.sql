-- +goose Up

-- Lines of who did what say with which key and from which address, where somebody came over SSH, and a campaign with which key it
-- was made: whoever has that key does not approve it, under whatever name. activity_head says whose the lines of the transaction
-- under way are; it is empty between transactions.
ALTER TABLE activity ADD COLUMN key TEXT NOT NULL DEFAULT '';
ALTER TABLE activity ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE activity_head ADD COLUMN key TEXT NOT NULL DEFAULT '';
ALTER TABLE activity_head ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE campaign ADD COLUMN maker_key TEXT NOT NULL DEFAULT '';
DROP TRIGGER activity_unchanged;
-- +goose StatementBegin
CREATE TRIGGER activity_unchanged BEFORE UPDATE ON activity
  WHEN (NEW.id, NEW.at, NEW.operator, NEW.action, NEW.campaign, NEW.seal, NEW.key, NEW.address) IS NOT
    (OLD.id, OLD.at, OLD.operator, OLD.action, OLD.campaign, OLD.seal, OLD.key, OLD.address)
    OR instr(NEW.detail, '(a phone, removed)') = 0 BEGIN
  SELECT RAISE(ABORT, 'the log of who did what is only added to');
END;
-- +goose StatementEnd
