package programtest_test

import (
	"database/sql"
	"os"
	"strconv"
	"strings"
	"testing"

	_ "modernc.org/sqlite" // the driver by which another program writes

	"viberdeck/vendors/sim"
)

func TestTheProcessThatKeepsOthersFromWritingIsNamed(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/proc/locks"); err != nil {
		t.Skip("nothing tells of locks here")
	}
	b := newBench(t, sim.Options{Young: true, Vendors: sim.AllVendors()})
	b.must(0, "sync")
	db, err := sql.Open("sqlite", b.cache+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	named := "process " + strconv.Itoa(os.Getpid()) + " ("
	r := b.must(1, "doctor")
	if !strings.Contains(r.out, named) {
		t.Errorf("the doctor names nobody:\n%s", r.out)
	}
	if n := strings.Count(r.out, "BAD"); n != 1 {
		t.Errorf("%d findings are bad, want the cache alone:\n%s", n, r.out)
	}
	if r := b.must(1, "brake", "on"); !strings.Contains(r.err, named) {
		t.Errorf("the refused brake names nobody: %s", r.err)
	}
}
