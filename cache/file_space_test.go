package cache

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

// full opens a cache with a campaign of 30 people whose file must not grow any more once stop is
// called; on lets it grow again.
func full(t testing.TB) (db *DB, id model.CampaignID, stop, on func()) {
	t.Helper()
	db = open(t)
	seedAccounts(t, db)
	id = submit(t, db, "k1", plan(30), 0)
	limit := func(pages int) {
		for _, w := range []*sql.DB{db.writer, db.first} {
			if _, err := w.ExecContext(context.Background(),
				fmt.Sprintf(`PRAGMA max_page_count = %d`, pages)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return db, id, func() { limit(1) }, func() { limit(1 << 30) } // 1: as many as there are
}

// fill writes until the disk is full.
func fill(t testing.TB, db *DB) {
	t.Helper()
	for range 200 {
		err := db.AddNote(t.Context(), "anna", 1, strings.Repeat("long ", 1000))
		if err == nil {
			continue
		}
		if !isFull(err) || !strings.Contains(err.Error(), "make room") {
			t.Fatalf("a full disk says %v", err)
		}
		return
	}
	t.Fatal("the disk is never full")
}

func TestAFullDiskStopsClaimsAndEverythingCanBeRead(t *testing.T) {
	t.Parallel()
	db, id, stop, _ := full(t)
	seedReply(t, db, 1, audience(1)[0].Phone, "hello", 0)
	seed(t, db, func(exec func(string, ...any)) {
		exec(`UPDATE reply SET state = 'snoozed', snoozed_until = 1 WHERE id = 1`)
	})
	stop()
	fill(t, db)
	if due := must(db.DueCampaigns(t.Context(), "minsk", db.now()))(t); len(due) > 0 {
		t.Errorf("due are %v", due)
	}
	if _, ok, err := db.ClaimBatch(t.Context(), id, model.Claim{PerCall: 10}, db.now()); ok || err != nil {
		t.Errorf("claimed %v, %v", ok, err)
	}
	if o := must(db.Overview(t.Context(), "anna"))(t); !o.Space.Low {
		t.Errorf("the overview says %+v", o.Space)
	}
	if f := must(db.Facts(t.Context()))(t); !f.Space.Low {
		t.Errorf("the doctor says %+v", f.Space)
	}
	for _, topic := range model.ViewLists() {
		if _, err := db.Count(t.Context(), topic, model.PageRequest{}); err != nil {
			t.Errorf("%s: %v", topic, err)
		}
	}
	if page, err := db.Replies(t.Context(), model.PageRequest{}); err != nil || len(page.Rows) != 1 {
		t.Errorf("replies: %v", err)
	}
}

func TestOutcomesAreTakenWhenTheDiskHasRoomAgain(t *testing.T) {
	t.Parallel()
	db, id, stop, on := full(t)
	seedReply(t, db, 1, audience(1)[0].Phone, "hello", 0)
	batches := claim(t, db, id, 10, 3)
	stop()
	fill(t, db)
	outcomes := outcome(batches, model.BatchAccepted, "")
	for i := range outcomes {
		outcomes[i].VendorIDs = []string{strings.Repeat(fmt.Sprint("an id of the vendor ", i), 400)}
	}
	if err := db.RecordOutcomes(t.Context(), outcomes); !isFull(err) || model.FateOf(err) != model.FateNotSent {
		t.Fatalf("on a full disk: %v", err)
	}
	on()
	if err := db.RecordOutcomes(t.Context(), outcomes); err != nil {
		t.Fatal(err)
	}
	if p := must(db.Progress(t.Context(), id))(t); p.Accepted != 30 || p.Unknown != 0 {
		t.Errorf("then %+v", p)
	}
}

func TestClaimsStopBeforeTheDiskIsFull(t *testing.T) {
	t.Parallel()
	free := int64(roomForOutcomes)
	o := Options{Now: start, freeSpace: func(string) (int64, bool) { return free, true }}
	db := must(Open(t.Context(), emptyFile(t), o))(t)
	defer db.Close()
	id := submit(t, db, "k1", plan(30), 0)
	if len(claim(t, db, id, 10, 1)) != 1 {
		t.Error("nothing leaves while there is room")
	}
	free--
	if len(claim(t, db, id, 10, 1)) != 0 {
		t.Error("it leaves although there is no room for its outcome")
	}
	if o := must(db.Overview(t.Context(), "anna"))(t); !o.Space.Low || o.Space.Free != free {
		t.Errorf("the overview says %+v", o.Space)
	}
}

func TestRepliesAreReadWhileAnotherProcessWrites(t *testing.T) {
	t.Parallel()
	path := emptyFile(t)
	db, there := openAt(t, path), openAt(t, path)
	seedAccounts(t, db)
	seedReply(t, db, 1, audience(1)[0].Phone, "hello", 0)
	seed(t, db, func(exec func(string, ...any)) {
		exec(`UPDATE reply SET state = 'snoozed', snoozed_until = 1 WHERE id = 1`)
	})
	tx := must(there.writer.BeginTx(t.Context(), nil))(t)
	page, err := db.Replies(t.Context(), model.PageRequest{})
	if err != nil || len(page.Rows) != 1 || page.Rows[0].State != model.ReplySnoozed {
		t.Errorf("while another process writes: %+v, %v", page.Rows, err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	// On a busy machine a check may give up before it can write; the next one tries again.
	for err == nil && len(page.Rows) == 1 && page.Rows[0].State == model.ReplySnoozed {
		page, err = db.Replies(t.Context(), model.PageRequest{})
	}
	if err != nil || len(page.Rows) != 1 || page.Rows[0].State != model.ReplyOpen {
		t.Errorf("afterwards: %+v, %v", page.Rows, err)
	}
}

func TestARemovedLogIsSaidInWords(t *testing.T) {
	t.Parallel()
	path := emptyFile(t)
	db := openAt(t, path)
	submit(t, db, "k1", plan(3000), 0)
	if err := os.Truncate(path+"-wal", 0); err != nil {
		t.Fatal(err)
	}
	_, err := db.Recipients(t.Context(), model.PageRequest{Campaign: 1, Limit: 3000})
	if err == nil || !strings.Contains(err.Error(), "part of the cache file is missing") {
		t.Errorf("it says %v", err)
	}
}

func TestALogThatWasRemovedUnderAProgramIsNotTakenForDamage(t *testing.T) {
	t.Parallel()
	path := emptyFile(t)
	submit(t, openAt(t, path), "k1", plan(3000), 0)
	if err := os.Remove(path + "-wal"); err != nil {
		t.Fatal(err)
	}
	db, err := Open(t.Context(), path, Options{})
	if err == nil {
		closed(t, db)
		t.Fatal("it opens a file of which a part is missing")
	}
	if !strings.Contains(err.Error(), "end all viberdeck programs") || strings.Contains(err.Error(), "(522)") {
		t.Errorf("it says %v", err)
	}
}

func TestAReadOnlyFileIsReadWhereNothingCanBeWrittenBesideIt(t *testing.T) {
	t.Parallel()
	path := emptyFile(t)
	db := openAt(t, path)
	submit(t, db, "k1", plan(3), 0)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	// Since root may write everywhere, a directory takes the place of SQLite's shared memory file.
	if err := os.MkdirAll(path+"-shm", 0o500); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	read, err := Open(t.Context(), path, Options{ReadOnly: true, Now: func() time.Time { return start() }})
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	if n := must(read.Count(t.Context(), model.TopicRecipients, model.PageRequest{}))(t); n != 3 {
		t.Errorf("%d people", n)
	}
	if o := must(read.Overview(t.Context(), "anna"))(t); o.Sending != 1 {
		t.Errorf("the overview: %+v", o)
	}
}

func TestAReadOnlyFileThatAKilledProcessLeftIsReadWithItsLog(t *testing.T) {
	t.Parallel()
	path := emptyFile(t)
	submit(t, openAt(t, path), "k1", plan(3), 0)
	left := filepath.Join(t.TempDir(), "cache.db")
	for _, suffix := range []string{"", "-wal"} {
		if err := os.WriteFile(left+suffix, must(os.ReadFile(path+suffix))(t), 0o400); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(left+"-shm", 0o500); err != nil { // nothing can be written beside it
		t.Fatal(err)
	}
	read := must(Open(t.Context(), left, Options{ReadOnly: true, Now: start}))(t)
	defer read.Close()
	if n := must(read.Count(t.Context(), model.TopicRecipients, model.PageRequest{}))(t); n != 3 {
		t.Errorf("%d people", n)
	}
}
