package cache

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"viberdeck/model"
)

// Backup writes a copy of the cache to target, readable by its owner only, and returns its size.
// The copy shows one moment of the file: it is read in one transaction, which blocks no writer in
// this or another process. An existing target is left as it is; a new one appears whole or not at
// all. Nothing is sent from a copy until it is adopted.
func (db *DB) Backup(ctx context.Context, operator, target string) (int64, error) {
	target, err := filepath.Abs(target)
	if err != nil {
		return 0, model.Errorf("cache file: %w", err)
	}
	if err := db.mayBackUpTo(target); err != nil {
		return 0, err
	}
	part, err := os.CreateTemp(filepath.Dir(target), filepath.Base(target)+".part-*") // 0600
	if err != nil {
		return 0, refuse(model.KindInvalid, err, "no file can be made beside %s; choose another place", target)
	}
	defer func() { _ = os.Remove(part.Name()) }()
	size, err := db.copyTo(ctx, part)
	if err != nil {
		return 0, failure(model.Say("copy the cache to %s", target), err)
	}
	if filepath.Dir(target) == filepath.Dir(db.path) {
		if err := db.group.give(part.Name()); err != nil {
			return 0, err
		}
	}
	if err := appear(part.Name(), target); err != nil {
		return 0, err
	}
	return size, db.AddActivity(ctx, model.Activity{At: db.now(), Operator: operator, Action: "backed up",
		Detail: model.Data(target)})
}

// mayBackUpTo refuses a target that exists, that has a journal left by an earlier file, which would
// be played into the copy, or whose disk has no room.
func (db *DB) mayBackUpTo(target string) error {
	for _, taken := range []string{target, target + "-wal", target + "-journal"} {
		if there, err := exists(taken); err != nil {
			return refuse(model.KindInvalid, err, "%s cannot be looked at; choose another place", taken)
		} else if there {
			return refuse(model.KindInvalid, nil, "%s exists already and was left as it is; choose another name", taken)
		}
	}
	info, err := os.Stat(db.path)
	if err != nil {
		return failure("read the cache", err)
	}
	if free, known := db.freeSpace(filepath.Dir(target)); known && free < info.Size() {
		return refuse(model.KindInvalid, nil, "the disk of %s has %d MiB left and the cache has %d MiB; make room",
			target, free>>20, info.Size()>>20)
	}
	return nil
}

// copyTo copies the file into an empty one, checks the copy for damage, and returns its size.
func (db *DB) copyTo(ctx context.Context, part *os.File) (size int64, err error) {
	defer func() { err = errors.Join(err, part.Close()) }()
	// Its own connection: the screens' pool must not be one short for as long as this takes.
	source, err := sql.Open("sqlite", source(db.path, toRead))
	if err != nil {
		return 0, err
	}
	defer source.Close()
	if _, err := source.ExecContext(ctx, `VACUUM INTO ?`, part.Name()); err != nil {
		return 0, err
	}
	if _, _, err := openInspected(ctx, part.Name(), 1<<62, toRead); err != nil {
		return 0, err
	}
	info, err := os.Stat(part.Name())
	if err != nil {
		return 0, err
	}
	return info.Size(), part.Sync()
}

// appear gives a finished file its name, unless something else has taken that name meanwhile.
func appear(part, target string) error {
	err := os.Link(part, target)
	if err != nil && !errors.Is(err, fs.ErrExist) { // a file system without hard links
		if there, lookErr := exists(target); lookErr == nil && !there {
			err = os.Rename(part, target)
		}
	}
	if errors.Is(err, fs.ErrExist) {
		return refuse(model.KindInvalid, err, "%s exists already and was left as it is; choose another name", target)
	}
	if err != nil {
		return refuse(model.KindDenied, err, "%s cannot be made; choose another place", target)
	}
	if dir, err := os.Open(filepath.Dir(target)); err == nil {
		_ = dir.Sync() // not every file system supports it
		_ = dir.Close()
	}
	return nil
}
