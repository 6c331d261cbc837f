package cache

import (
	"testing"
	"time"

	"viberdeck/model"
)

func TestTheHealthOfSendersIsNotCountedAnewWhileNothingChanges(t *testing.T) {
	t.Parallel()
	db, clock := openClocked(t)
	seedAccounts(t, db)
	seedCampaign(t, db, 1, "Autumn")
	sent := func(n int) {
		t.Helper()
		seed(t, db, func(exec func(string, ...any)) { exec(`UPDATE campaign SET sent = ?, delivered = 5`, n) })
	}
	counted := func() int64 {
		t.Helper()
		a := must(db.Attention(t.Context(), model.Patience{}))(t)
		if len(a.Senders) != 1 {
			t.Fatalf("senders: %+v", a.Senders)
		}
		return a.Senders[0].Sent.N
	}
	phones := model.Phone(0)
	change := func() {
		t.Helper()
		phones++
		must(db.Block(t.Context(), "anna", []model.Phone{firstPhone + phones}, "asked", nil, ""))(t)
	}
	clock.Advance(time.Hour)
	sent(7)
	if n := counted(); n != 7 {
		t.Errorf("counted %d", n)
	}
	sent(8) // no report of it
	if n := counted(); n != 7 {
		t.Errorf("counted %d anew", n)
	}
	db.senders.took = 0 // however slow this machine is
	change()
	if n := counted(); n != 8 {
		t.Errorf("after a change counted %d", n)
	}
	sent(9)
	db.senders.took = 0
	clock.Advance(sendersStand)
	if n := counted(); n != 9 {
		t.Errorf("after a while counted %d", n)
	}
	sent(10)
	db.senders.took = 200 * time.Millisecond // as of ten thousand campaigns
	change()
	if n := counted(); n != 9 {
		t.Errorf("what is dear was counted at once: %d", n)
	}
	clock.Advance(db.senders.took * sendersTimes)
	if n := counted(); n != 10 {
		t.Errorf("what is dear was counted in the end: %d", n)
	}
}
