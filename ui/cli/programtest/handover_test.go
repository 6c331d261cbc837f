package programtest_test

import (
	"strings"
	"testing"
	"time"

	"viberdeck/cache"
	"viberdeck/model"
	"viberdeck/vendors/sim"
)

func TestAShiftIsHandedOverAsTextAndAsRows(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Vendors: sim.AllVendors()})
	if r := b.run("handover"); r.code != 0 || !strings.Contains(r.out, "Nobody waits for an answer.") {
		t.Fatalf("exit %d\n%s%s", r.code, r.out, r.err)
	}
	db, err := cache.Open(t.Context(), b.cache, cache.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	now := time.Now()
	if _, err := db.SaveReplies(t.Context(), "minsk",
		[]model.Reply{{VendorID: "1", Phone: 375293332211, Text: "Ждy\n+375 29 333-22-12",
			ReceivedAt: now.Add(-6 * time.Hour)}}, now); err != nil {
		t.Fatal(err)
	}
	r := b.run("handover")
	if r.code != 0 || !strings.Contains(r.out, "Waiting too long:\n- +375 29 333-22-11, since ") {
		t.Errorf("exit %d\n%s%s", r.code, r.out, r.err)
	}
	if masked := b.run("handover", "--mask"); strings.Contains(masked.out, "333-22") {
		t.Errorf("not masked:\n%s", masked.out)
	}
	if r := b.run("handover", "--json"); r.code != 0 || strings.Count(r.out, "\n") != 1 ||
		!strings.HasPrefix(r.out, `{"kind":"waiting","account":"minsk","name":null,"phone":"+375293332211"`) {
		t.Errorf("exit %d\n%s%s", r.code, r.out, r.err)
	}
}
