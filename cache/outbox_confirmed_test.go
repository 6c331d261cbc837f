package cache

import (
	"bytes"
	"os"
	"testing"

	"viberdeck/cache/storetest"
	"viberdeck/model"
)

func accountAt(vendor model.Vendor, key, secret string) []model.Account {
	return []model.Account{{Name: "minsk", Vendor: vendor, Secrets: model.Secrets{key: {Value: secret}}}}
}

func TestACampaignLeavesOnlyThroughTheAccountItWasConfirmedFor(t *testing.T) {
	t.Parallel()
	names := map[model.Vendor]string{model.SMSBy: "sms.by", model.SendPulse: "SendPulse"}
	db := must(Open(t.Context(), emptyFile(t), Options{Now: start, VendorName: func(v model.Vendor) string {
		return names[v]
	}}))(t)
	t.Cleanup(func() { _ = db.Close() })
	know := func(accounts []model.Account) {
		t.Helper()
		if err := db.Accounts(t.Context(), accounts); err != nil {
			t.Fatal(err)
		}
	}
	know(accountAt(model.SMSBy, "token", "very-secret-token"))
	id := submit(t, db, "k1", plan(4), 0)
	if got := claim(t, db, id, 1, 1); len(got) != 1 {
		t.Fatal("it does not leave through its own account")
	}
	know(accountAt(model.SendPulse, "client_id", "another"))
	b := claim(t, db, id, 1, 1)
	if len(b) != 0 {
		t.Fatalf("it left through another vendor: %+v", b)
	}
	storetest.WantPaused(t, db, id, "it was confirmed for sms.by, and minsk is an account of SendPulse now")
	wantConflict(t, db.Resume(t.Context(), "anna", id))

	know(accountAt(model.SMSBy, "token", "another-secret"))
	if err := db.Resume(t.Context(), "anna", id); err != nil { // a person lets it leave through the new credentials
		t.Fatal(err)
	}
	if got := claim(t, db, id, 1, 1); len(got) != 1 {
		t.Fatal("resumed, it does not leave")
	}
	know(accountAt(model.SMSBy, "token", "very-secret-token"))
	if got := claim(t, db, id, 1, 1); len(got) != 0 {
		t.Fatal("it left with other credentials")
	}
	storetest.WantPaused(t, db, id, "minsk has other credentials now than when it was confirmed")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{db.path, db.path + "-wal"} {
		text, err := os.ReadFile(name)
		if err == nil && (bytes.Contains(text, []byte("very-secret-token")) ||
			bytes.Contains(text, []byte("another-secret"))) {
			t.Errorf("a secret is in %s", name)
		}
	}
}

func TestAResumeForAnotherReasonDoesNotConfirmOtherCredentials(t *testing.T) {
	t.Parallel()
	db := open(t)
	if err := db.Accounts(t.Context(), accountAt(model.SMSBy, "token", "one")); err != nil {
		t.Fatal(err)
	}
	id := submit(t, db, "k1", plan(4), 0)
	if err := db.Pause(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	if err := db.Accounts(t.Context(), accountAt(model.SMSBy, "token", "two")); err != nil {
		t.Fatal(err)
	}
	for _, leaves := range []int{0, 1} { // the first resume is about anna's pause, the second about the account
		if err := db.Resume(t.Context(), "anna", id); err != nil {
			t.Fatal(err)
		}
		if got := claim(t, db, id, 1, 1); len(got) != leaves {
			t.Fatalf("%d left, want %d", len(got), leaves)
		}
		if leaves == 0 {
			storetest.WantPaused(t, db, id, "minsk has other credentials now than when it was confirmed")
		}
	}
}

func TestACallThatWasClaimedDoesNotBeginThroughAnotherAccount(t *testing.T) {
	t.Parallel()
	db := open(t)
	if err := db.Accounts(t.Context(), accountAt(model.SMSBy, "token", "one")); err != nil {
		t.Fatal(err)
	}
	b := claim(t, db, submit(t, db, "k1", plan(4), 0), 1, 1)[0]
	if err := db.Accounts(t.Context(), accountAt(model.SMSBy, "token", "two")); err != nil {
		t.Fatal(err)
	}
	if _, why, err := db.Begin(t.Context(), b.ID, start()); err != nil || why.IsZero() {
		t.Errorf("it begins: %v", err)
	}
}
