-- +goose Up

-- Campaigns whose people are being stored. Large ones come in many transactions; until the last of them there is no row in
-- campaign, so that nothing can list, count or claim such a campaign. What a crash leaves behind is removed. Its id is taken.
CREATE TABLE preparing (
  campaign   INTEGER PRIMARY KEY,
  began_at   INTEGER NOT NULL,
  touched_at INTEGER NOT NULL,           -- when the last people were stored
  abandoned  INTEGER NOT NULL DEFAULT 0  -- nothing may be added: it is being removed
) STRICT;
