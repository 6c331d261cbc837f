package cache

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"viberdeck/model"
)

// asker is another process that writes repeatedly and records its longest wait: for the brake, and
// for a write of any kind.
type asker struct {
	brake, write atomic.Int64
	done         chan struct{}
	all          sync.WaitGroup
}

func askBeside(b *testing.B, path string) *asker {
	b.Helper()
	db, err := Open(context.Background(), path, Options{Now: start})
	if err != nil {
		b.Fatal(err)
	}
	a := &asker{done: make(chan struct{})}
	again := func(longest *atomic.Int64, do func() error) {
		for {
			began := time.Now()
			if err := do(); err != nil {
				b.Error(err)
				return
			}
			longest.Store(max(longest.Load(), int64(time.Since(began))))
			select {
			case <-a.done:
				return
			case <-time.After(3 * time.Millisecond):
			}
		}
	}
	a.all.Go(func() {
		again(&a.brake, func() error { return db.SetBrake(context.Background(), "boris", model.Off, "") })
	})
	a.all.Go(func() {
		again(&a.write, func() error { return db.Present(context.Background(), "s", "boris", 0) })
	})
	b.Cleanup(func() { _ = db.Close() })
	return a
}

func (a *asker) longest(b *testing.B) {
	close(a.done)
	a.all.Wait()
	b.ReportMetric(float64(a.write.Load())/1e6, "ms-write-waits")
	b.ReportMetric(float64(a.brake.Load())/1e6, "ms-brake-waits")
	b.ReportMetric(0, "ns/op")
}

// The longest wait of another process while a change affects very many people in a file of a
// million waiting people.
func BenchmarkNoWriteWaits(b *testing.B) {
	const people, blocked, replies = 1_000_000, 200_000, 50_000
	ctx := context.Background()
	template := filepath.Join(os.TempDir(), "viberdeck-bench-waits", "cache.db")
	if !fileExists(template) {
		if err := os.MkdirAll(filepath.Dir(template), 0o700); err != nil {
			b.Fatal(err)
		}
		db := openAt(b, template)
		seedAccounts(b, db)
		submit(b, db, "k", plan(people), 0)
		page := make([]model.Reply, replies)
		for i := range page {
			page[i] = model.Reply{VendorID: fmt.Sprint(i), Phone: model.Phone(375440000000 + int64(i)), Text: "Yes",
				CampaignRef: "late", ReceivedAt: start()}
		}
		if _, err := db.SaveReplies(ctx, "minsk", page, start()); err != nil {
			b.Fatal(err)
		}
		_ = db.Close()
	}
	phones := make([]model.Phone, blocked)
	for i := range phones {
		phones[i] = model.Phone(375250000000 + int64(i))
	}
	reported := make([]model.BlacklistEntry, blocked)
	for i := range reported {
		reported[i] = model.BlacklistEntry{Phone: phones[i]}
	}
	ids := make([]model.ReplyID, replies)
	for i := range ids {
		ids[i] = model.ReplyID(i + 1)
	}
	var fresh []model.Recipient
	for _, p := range phones {
		fresh = append(fresh, model.Recipient{Phone: p, Status: model.StatusDelivered, UpdatedAt: start()})
	}
	block := func(db *DB) error {
		_, err := db.Block(ctx, "anna", phones, "bench", nil, "")
		return err
	}
	done := func(db *DB) error { return failed(db.SetReplyState(ctx, "anna", ids, model.ReplyDone, time.Time{})) }
	adopt := func(db *DB) error {
		_, err := db.Adopt(ctx, "anna")
		return err
	}
	resolve := func(as model.Resolution) func(db *DB) error {
		return func(db *DB) error {
			return db.Resolve(ctx, "anna", one[model.BatchID](b, db, `SELECT max(id) FROM batch`), as)
		}
	}
	pause := func(db *DB) error { return db.Pause(ctx, "anna", 1) }
	for _, c := range []struct {
		name   string
		copied bool
		before []func(db *DB) error
		do     func(db *DB) error
	}{
		{"Submit", false, nil, func(db *DB) error {
			_, err := db.Submit(ctx, "anna", "k2", plan(people), 0, 0)
			return err
		}},
		{"Pause", false, nil, pause},
		{"Resume", false, []func(*DB) error{pause}, func(db *DB) error { return db.Resume(ctx, "anna", 1) }},
		{"Recall", false, nil, func(db *DB) error { return db.Recall(ctx, "anna", 1) }},
		{"Block", false, nil, block},
		{"UndoBlock", false, []func(*DB) error{block}, func(db *DB) error {
			_, err := db.Undo(ctx, "anna")
			return err
		}},
		{"Unblock", false, []func(*DB) error{block}, func(db *DB) error {
			_, err := db.Unblock(ctx, "anna", phones, "bench", nil)
			return err
		}},
		{"SaveBlacklist", false, []func(*DB) error{block}, func(db *DB) error {
			return db.SaveBlacklist(ctx, "minsk", reported, start())
		}},
		{"SyncPeople", false, nil, func(db *DB) error {
			if err := db.SaveCampaigns(ctx, "minsk", []model.Campaign{found("late")}, start()); err != nil {
				return err
			}
			_, err := db.SaveRecipients(ctx, "minsk", "late", fresh, start())
			return err
		}},
		{"Done", false, nil, done},
		{"UndoDone", false, []func(*DB) error{done}, func(db *DB) error {
			_, err := db.Undo(ctx, "anna")
			return err
		}},
		{"OptOut", false, nil, func(db *DB) error { return db.OptOut(ctx, "anna", ids) }},
		{"Macro", false, nil, func(db *DB) error {
			return db.Chain(ctx, "anna", "s", ids, model.Chain{Name: "m", Steps: []model.MacroStep{
				{Act: model.MacroOptOut}, {Act: model.MacroLabel, Arg: "x"}, {Act: model.MacroDone}}})
		}},
		{"Adopt", true, nil, adopt},
		{"ResolveAccepted", true, []func(*DB) error{adopt}, resolve(model.ResolveAccepted)},
		{"ResolveResend", true, []func(*DB) error{adopt}, resolve(model.ResolveResend)},
		{"ResolveDropped", true, []func(*DB) error{adopt}, resolve(model.ResolveDropped)},
		{"ClaimResent", true, []func(*DB) error{adopt, resolve(model.ResolveResend)}, func(db *DB) error {
			for range 200 {
				got, ok, err := db.ClaimBatch(ctx, 1, model.Claim{PerCall: 1000}, start())
				if err != nil || !ok {
					return fmt.Errorf("claimed: %v, %w", ok, err)
				}
				if err := db.RecordOutcomes(ctx, outcome([]model.Batch{got}, model.BatchAccepted, "")); err != nil {
					return err
				}
			}
			return nil
		}},
		{"Forget", false, []func(*DB) error{func(db *DB) error { return db.Recall(ctx, "anna", 1) }, done},
			func(db *DB) error {
				_, err := db.Forget(ctx, start().Add(1000*time.Hour), func() error {
					return leaveTo(ctx, 20*time.Millisecond)
				})
				return err
			}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				dir := b.TempDir()
				path, state := filepath.Join(dir, "cache.db"), filepath.Join(dir, "state")
				copyBench(b, template, path, c.copied)
				db, err := Open(ctx, path, Options{Now: start, StateDir: state})
				if err != nil {
					b.Fatal(err)
				}
				for _, prepare := range c.before {
					if err := prepare(db); err != nil {
						b.Fatal(err)
					}
				}
				a := askBeside(b, path)
				began := time.Now()
				if err := c.do(db); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(time.Since(began).Seconds(), "s")
				a.longest(b)
				_ = db.Close()
			}
		})
	}
}

func fileExists(path string) bool {
	ok, err := exists(path)
	return ok && err == nil
}

// copyBench copies the file. Without its records it is a copy, unless it has never had any.
func copyBench(b *testing.B, from, to string, copied bool) {
	b.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o600); err != nil {
		b.Fatal(err)
	}
	if copied {
		return
	}
	raw, err := sql.Open("sqlite", to)
	if err != nil {
		b.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.Exec(`UPDATE file SET recorded = 0`); err != nil {
		b.Fatal(err)
	}
}
