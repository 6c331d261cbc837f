// Package cache is the SQLite file in which everything is kept: what vendors report, what people
// decide here, and the outbox from which messages leave. Screens read nothing else. Several
// processes use one file at once.
package cache

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"modernc.org/sqlite"

	"viberdeck/model"
)

// readers is the size of the pool that screens read through. Readers never wait for the writer.
const readers = 4

// Options are the choices of Open.
type Options struct {
	// Now reports the time; nil means time.Now.
	Now func() time.Time
	// ReadOnly opens an existing file of this program's own schema without changing it. Every write
	// is then refused.
	ReadOnly bool
	// OrRead opens the file for reading only if the user may not write it.
	OrRead bool
	// StateDir is where a second record of the file is kept, which distinguishes the file from a
	// copy; "" keeps only the record beside it.
	StateDir string
	// Group is a Unix group whose members share the file: each file beside it is 0660 and of that
	// group, in a setgid folder. "" keeps the file to its owner.
	Group string
	// OptOutWords are words that people use to opt out, beside the known ones.
	OptOutWords []string
	// VendorName returns the name of a vendor; nil: its key.
	VendorName func(model.Vendor) string

	// Polls makes it look for changes by other processes from time to time even where the system
	// reports them, as tests in virtual time must.
	Polls bool

	// Patience is how long a write waits for the writes of other processes before it is refused; 0
	// means five seconds.
	Patience time.Duration

	// fileSystem names the network file system a directory is on, "" for a local one. Tests replace
	// it.
	fileSystem func(dir string) (string, error)
	// committed is called after each transaction with the number of rows it changed. Tests set it.
	committed func(rows int64)
	// freeSpace gives how many bytes can be written below a directory. Tests replace it.
	freeSpace func(dir string) (bytes int64, known bool)
	// piece replaces pieceRows in tests.
	piece int

	full bool // the disk is full
	how  string
}

// mode is how readers open the file.
func (o Options) mode() string { return cmp.Or(o.how, toRead) }

// DB is an open cache file. All methods are safe for concurrent use by many goroutines and many
// processes.
type DB struct {
	*shared
	from model.Origin // of the person who writes through it; empty on this host
}

// shared is what all users of an open file in one process have in common.
type shared struct {
	path     string // with symbolic links resolved
	stateDir string
	group    sharing
	identity string
	file     fileID
	full     bool                   // opened for reading because the disk is full
	log      atomic.Pointer[fileID] // of its -wal, once that was looked up
	now      func() time.Time
	self     process      // this one
	term     atomic.Int64 // in which this process leads, or led last; 0: it never did

	reader *sql.DB
	// A single connection, so that writers in this process queue here instead of at the file; nil
	// if read only.
	writer *sql.DB
	line   writeQueue // of the writers that wait for it
	// Another connection, for writes that must not queue behind others of this process; nil if read
	// only.
	first     *sql.DB
	turns     *turns // between this process and others
	patience  time.Duration
	committed func(rows int64)
	freeSpace func(dir string) (int64, bool)
	fullAt    atomic.Int64 // when a write last found the disk full, in Unix milliseconds
	piece     int          // rows in one transaction of a large write

	optOutWords []string // beside the known ones
	vendorName  func(model.Vendor) string

	mu       sync.Mutex
	accounts map[string]login // the configured ones, by name
	wake     chan struct{}    // closed and replaced after each commit that changed a topic
	screen   *screenWatcher   // serves Changed
	changing changing         // what watchers share
	polls    bool             // the system's reports are not used
	reports  *fileReports     // of what other processes do
	answers  answers          // what people's views share
	senders  sendersLately    // sender health as Attention last counted it
}

// Open opens the cache file at path and brings its schema up to date. A missing file is created,
// readable by its owner only; an existing one is copied to path.bak-<version> before its schema
// changes. A file that cannot be used safely (on a network file system, damaged, written by a newer
// program, not writable) is refused with a model.Error that says what to do, and is left byte for
// byte as it is. On a full disk the file can be read, and every write is refused with the reason.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	db, err := openAs(ctx, path, o)
	o.full = isFull(err)
	denied := model.KindOf(err) == model.KindDenied && (o.OrRead || o.ReadOnly)
	if err == nil || !o.full && !denied {
		return db, err
	}
	o.ReadOnly = true
	for _, o.how = range []string{toRead, toReadAlone, toReadWhole} {
		if o.how == toReadWhole && hasLog(path) {
			break
		}
		if db, err := openAs(ctx, path, o); err == nil {
			return db, nil
		}
	}
	return nil, err
}

// hasLog reports whether the file's log holds changes that are not in the file yet.
func hasLog(path string) bool {
	if whole, err := resolve(path); err == nil {
		path = whole
	}
	info, err := os.Stat(path + "-wal")
	return err == nil && info.Size() > 0
}

func openAs(ctx context.Context, path string, o Options) (*DB, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.VendorName == nil {
		o.VendorName = func(v model.Vendor) string { return string(v) }
	}
	if o.fileSystem == nil {
		o.fileSystem = networkFileSystem
	}
	if o.freeSpace == nil {
		o.freeSpace = freeSpace
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, model.Errorf("cache file: %w", err)
	}
	group, err := sharingWith(o.Group)
	if err != nil {
		return nil, err
	}
	group = group.asFound(path)
	if path, err = prepareFile(path, o, group); err != nil {
		return nil, err
	}
	reader, err := openSchema(ctx, path, o, group)
	if err != nil {
		return nil, err
	}
	db := &DB{shared: &shared{path: path, stateDir: o.StateDir, group: group, now: o.Now, self: thisProcess(),
		committed: o.committed,
		freeSpace: o.freeSpace, full: o.full, optOutWords: o.OptOutWords,
		vendorName: o.VendorName, patience: cmp.Or(o.Patience, busyFor),
		piece: cmp.Or(o.piece, pieceRows),
		wake:  make(chan struct{}), polls: o.Polls, reports: newFileReports()}}
	db.turns = db.newTurns()
	db.changing.looker = make(chan struct{}, 1)
	db.reader = reader
	db.reader.SetMaxOpenConns(readers)
	db.reader.SetMaxIdleConns(readers)
	if !o.ReadOnly {
		db.writer, db.first = openWriter(statementCache{writing(path, polls)}),
			openWriter(statementCache{writing(path, polls)})
	}
	if err = db.identify(ctx); err == nil {
		db.screen, err = db.watchForScreen(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// Close ends all use of the file. Nothing that was committed is lost without it. A process that
// only reads opens a connection that may write for it: the last one to close the file moves the
// journal beside it into the file, and a leftover journal would spoil a backup that is put in the
// file's place.
func (db *DB) Close() error {
	db.reports.stop()
	if db.writer == nil {
		return db.reader.Close()
	}
	_ = db.writer.PingContext(context.Background()) // on a full disk the journal stays
	return errors.Join(db.reader.Close(), db.first.Close(), db.writer.Close())
}

// The ways to open the file.
const (
	toWrite     = "rw"
	toRead      = "ro"
	toReadAlone = "alone" // without an index of the log beside the file, as on a full disk
	toReadWhole = "whole" // a file without a log beside it, where none can be made
)

// source is the data source name of the file. It contains the pragmas, so that every connection of
// a pool has them. Every transaction begins as a writer: with other processes around, one that
// begins by reading fails as soon as it writes.
func source(path, mode string, pragmas ...string) string {
	q := url.Values{"mode": {mode}, "_txlock": {"immediate"},
		"_pragma": append([]string{"foreign_keys(1)"}, pragmas...)}
	if !slices.ContainsFunc(pragmas, func(p string) bool { return strings.HasPrefix(p, "busy_timeout") }) {
		q.Add("_pragma", fmt.Sprintf("busy_timeout(%d)", busyFor.Milliseconds()))
	}
	switch mode {
	case toReadAlone:
		q.Set("mode", toRead)
		q.Set("readonly_shm", "1")
	case toReadWhole:
		q.Set("mode", toRead)
		q.Set("immutable", "1")
	}
	if mode != toWrite {
		q.Set("_txlock", "deferred")
	}
	return (&url.URL{Scheme: "file", Path: path, RawQuery: q.Encode()}).String()
}

// writing makes connections that write. They sync at every commit: claims, outcomes, submits and
// people's decisions must outlive a power cut. Temporary data of a statement is kept in memory: a
// large write is five times as fast, and a full disk cannot stop it half-way. The log is moved into
// the file only after 16 MiB, four times the usual, because the write that does it waits for the
// disk. While another process writes, they retry for as long as poll.
func writing(path string, poll time.Duration) connector {
	return connector{&sqlite.Driver{}, source(path, toWrite, "journal_mode(WAL)", "synchronous(FULL)",
		"journal_size_limit(67108864)", "temp_store(MEMORY)", "wal_autocheckpoint(4096)",
		fmt.Sprintf("busy_timeout(%d)", poll.Milliseconds()))}
}

// openWriter opens the single connection of a writer.
func openWriter(c driver.Connector) *sql.DB {
	w := sql.OpenDB(c)
	w.SetMaxOpenConns(1)
	w.SetMaxIdleConns(1)
	return w
}

// write runs fn in one durable transaction. On commit the versions of the topics rise in the same
// transaction, and waiters in this and other processes are woken.
func (db *DB) write(ctx context.Context, fn func(tx *sql.Tx) error, topics ...model.Topic) error {
	return db.change(ctx, func(tx *sql.Tx) ([]model.Topic, error) { return topics, fn(tx) })
}

// change is write for work that finds out only on the way which topics it changes, if any.
func (db *DB) change(ctx context.Context, fn func(tx *sql.Tx) ([]model.Topic, error)) error {
	return db.changeBy(ctx, normalPriority, fn)
}

// writeFirst is write for work that must not wait for other writes of this process.
func (db *DB) writeFirst(ctx context.Context, fn func(tx *sql.Tx) error, topics ...model.Topic) error {
	return db.changeBy(ctx, separately, func(tx *sql.Tx) ([]model.Topic, error) { return topics, fn(tx) })
}

func (db *DB) changeBy(ctx context.Context, how writePriority, fn func(tx *sql.Tx) ([]model.Topic, error)) (err error) {
	if db.writer == nil && db.full {
		return &model.Error{Kind: model.KindInternal, Fate: model.FateNotSent,
			Text: model.Say("%s: %s", model.Say("write to the cache"), model.Text{Format: diskFull})}
	}
	if db.writer == nil {
		return &model.Error{Kind: model.KindDenied, Fate: model.FateNotSent,
			Text: model.Say("the cache was opened for reading only; start without --read-only to change something")}
	}
	defer func() { db.noticeFull(err) }()
	tx, end, err := db.begin(ctx, how)
	if err != nil {
		return failure("write to the cache", db.busy(ctx, err))
	}
	defer end()
	before, err := db.changes(ctx, tx)
	if err != nil {
		return failure("write to the cache", err)
	}
	if err := db.sign(ctx, tx, db.from); err != nil {
		return failure("write to the cache", err)
	}
	topics, err := fn(tx)
	if err == nil {
		err = db.sign(ctx, tx, model.Origin{})
	}
	if err != nil {
		return failure("write to the cache", err)
	}
	for _, t := range topics {
		if _, err := tx.ExecContext(ctx, `INSERT INTO topic (name, version) VALUES (?, 1)
			ON CONFLICT (name) DO UPDATE SET version = version + 1`, t); err != nil {
			return failure("write to the cache", err)
		}
	}
	after, err := db.changes(ctx, tx)
	if err != nil {
		return failure("write to the cache", err)
	}
	var changes int64
	if len(topics) > 0 {
		if changes, err = changesOf(ctx, tx); err != nil {
			return failure("write to the cache", err)
		}
	}
	if err := tx.Commit(); err != nil {
		return failure("write to the cache", err)
	}
	end()
	if db.committed != nil {
		db.committed(after - before)
	}
	if len(topics) > 0 {
		db.noteChanges(changes)
		db.wakeAll()
	}
	return nil
}

// read runs fn in one read transaction, so that several queries see the same state of the file.
func (db *DB) read(ctx context.Context, fn func(tx *sql.Tx) error) error {
	tx, err := db.reader.BeginTx(ctx, nil)
	if err != nil {
		return failure("read the cache", err)
	}
	defer tx.Rollback() // nothing to keep
	return failure("read the cache", fn(tx))
}

// Path is the absolute path of the file.
func (db *DB) Path() string { return db.path }

// exists reports whether a path names anything.
func exists(path string) (bool, error) {
	_, err := os.Lstat(path)
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, model.Errorf("cache file: %w", err)
	}
	return true, nil
}
