package programtest_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"viberdeck/vendors/sim"
)

func TestSyncBringsEveryPageAndCanBeRepeated(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Scenario: sim.Busy, Seed: 7})
	b.must(0, "sync")
	campaigns := b.rows("campaigns")
	count := map[any]int{}
	for _, c := range campaigns {
		count[c["account"]]++
	}
	if count["shop-ua"] <= 240 || count["minsk"] < 140 {
		t.Errorf("campaigns by account: %v; SendPulse has more than two pages, sms.by more than one", count)
	}
	blocked := b.rows("blacklist")
	if len(blocked) < 500 {
		t.Errorf("%d blocked phones, the vendor has more than ten of its short pages", len(blocked))
	}
	before := b.must(0, "replies", "--json").out
	b.must(0, "sync")
	if again := b.rows("campaigns"); len(again) != len(campaigns) {
		t.Errorf("a second sync gives %d campaigns, the first gave %d", len(again), len(campaigns))
	}
	if after := b.must(0, "replies", "--json").out; strings.Count(after, "\n") < strings.Count(before, "\n") {
		t.Error("a second sync lost replies")
	}
}

func TestSyncMarksNothingAtTheVendorAndDoneMarksItOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Seed: 3})
	b.must(0, "sync")
	replies := b.rows("replies", "--filter", "is:open")
	if len(replies) < 5 {
		t.Fatalf("only %d replies", len(replies))
	}
	if read := b.world.Ledger().Read; len(read) != 0 {
		t.Fatalf("reading marked %d replies at the vendor", len(read))
	}
	b.must(0, "reply", "done", replies[2]["id"].(string))
	if read := b.world.Ledger().Read; len(read) != 0 {
		t.Fatal("done alone must not speak to a vendor")
	}
	b.must(0, "work", "--once")
	b.must(0, "work", "--once")
	read := b.world.Ledger().Read
	if len(read) != 1 || read[0].ReplyID != replies[2]["vendor_id"] {
		t.Fatalf("marked at the vendor: %+v, want %v once", read, replies[2]["vendor_id"])
	}
	b.must(0, "sync")
	after := b.rows("replies")
	if len(after) < len(replies) {
		t.Errorf("%d replies are left of %d: what the vendor no longer returns must stay", len(after), len(replies))
	}
	for _, r := range after {
		if r["id"] == replies[2]["id"] && (r["state"] != "done" || r["text"] != replies[2]["text"]) {
			t.Errorf("the reply that is done reads %v", r)
		}
	}
}

func TestWithoutVendorsEverythingCanBeReadAndSyncNamesTheAccounts(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Seed: 3})
	b.must(0, "sync")
	b.server.Close()
	r := b.must(1, "sync")
	for _, account := range []string{"minsk", "shop-ua"} {
		if !strings.Contains(r.err, account) {
			t.Errorf("the error does not name %s:\n%s", account, r.err)
		}
	}
	for _, list := range []string{"campaigns", "recipients", "replies", "senders", "blacklist", "stats"} {
		if rows := b.rows(list); len(rows) == 0 {
			t.Errorf("%s is empty while the vendors are away", list)
		}
	}
	b.assertNoSecret("the error", r.err)
}

// The process waits for half a minute. It begins before the tests that run in parallel do.
func TestAVendorThatNeverAnswersEndsASync(t *testing.T) {
	stuck := make(chan struct{})
	hole := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-stuck:
		case <-r.Context().Done():
		}
	}))
	t.Cleanup(hole.Close)
	t.Cleanup(func() { close(stuck) })
	b := newBench(t, sim.Options{})
	text, err := os.ReadFile(b.config)
	if err != nil {
		t.Fatal(err)
	}
	b.write("config.toml", strings.ReplaceAll(string(text), b.server.URL, hole.URL))
	sync := b.command("sync")
	var errs bytes.Buffer
	sync.Stderr = &errs
	if err := sync.Start(); err != nil {
		t.Fatal(err)
	}
	t.Parallel()
	// That it ends within 40 seconds is proven in virtual time, in vendors.
	if err := sync.Wait(); sync.ProcessState.ExitCode() != 1 || !strings.Contains(errs.String(), "minsk") ||
		!strings.Contains(errs.String(), "shop-ua") {
		t.Errorf("the error does not name the accounts: %v\n%s", err, errs.String())
	}
}

func TestNoSecretIsInAnyOutputFileOrLog(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Seed: 3})
	for _, kind := range []sim.Kind{sim.Refuse, sim.HTML500, sim.Garbage, sim.ExpiredToken, sim.Truncated, sim.Limit} {
		b.world.SetFaults(sim.Fault{Kind: kind, Times: 3})
		r := b.run("sync", "-v")
		b.assertNoSecret("sync", r.out+r.err)
	}
	b.world.SetFaults()
	b.must(0, "sync")
	for _, args := range [][]string{{"log", "--json"}, {"campaigns", "--json"}, {"doctor"}, {"config", "check"}} {
		r := b.run(args...)
		b.assertNoSecret(strings.Join(args, " "), r.out+r.err)
	}
	err := filepath.WalkDir(b.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || path == b.config {
			return err
		}
		content, err := os.ReadFile(path)
		b.assertNoSecret(filepath.Base(path), string(content))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWithoutAConfigurationTheProgramSaysWhatToDo(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	b.config = filepath.Join(b.dir, "none.toml")
	r := b.must(2)
	for _, want := range []string{b.config, "viberdeck config init", "viberdeck demo"} {
		if !strings.Contains(r.err, want) {
			t.Errorf("%q is not named:\n%s", want, r.err)
		}
	}
	b.must(0, "config", "init")
	info, err := os.Stat(b.config)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the new configuration: %v, %v", info, err)
	}
	b.must(2, "config", "init")
}
