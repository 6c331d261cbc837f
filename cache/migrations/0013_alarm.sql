-- +goose Up

-- What is wrong on this host until it is right again, for everybody to see.
CREATE TABLE alarm (
  name  TEXT PRIMARY KEY,
  text  TEXT NOT NULL,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
