package ui

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// differing returns a store whose blacklist and that of the vendor of shop differ.
func differing(o *kit.Options, f *fakeStore) {
	caps := o.Capabilities[model.SMSBy]
	lacks := map[model.Action]string{model.ActBlacklistRead: "sms.by has no blacklist"}
	for act, why := range caps.Lacks {
		lacks[act] = why
	}
	caps.Lacks = lacks
	o.Capabilities[model.SMSBy] = caps
	block := func(phone model.Phone, here, there bool) model.ComparedBlock {
		return model.ComparedBlock{Account: "shop", Phone: phone, Here: here, There: there, Reason: model.Data("STOP")}
	}
	f.compared = []model.ComparedBlock{block(375291111115, true, false), block(375291111116, true, false),
		block(375291111117, false, true), block(375291111118, true, true)}
}

func TestTheBlacklistIsComparedWithEachVendorAndAlignedInEitherDirection(t *testing.T) {
	t.Parallel()
	drive(t, 100, 24, differing, func(d *driver) {
		d.press("6", "C")
		d.sees("shop: only here 2", "Enter passes 2", "shop: only at the vendor 1",
			"Enter blocks 1 here too, everywhere", "shop: at both 1", "sms.by has no blacklist")
		d.wait(time.Second)
		d.press("enter")
		d.sees("Pass to shop: 2 blocks?", "111-11-15", "111-11-16")
		d.wait(time.Second)
		d.press("3", "enter")
		if len(d.store.did) > 0 {
			t.Errorf("a wrong number did %q", d.store.did)
		}
		d.press("backspace", "2", "enter")
		wantDid(t, d, "olga push shop [+375291111115 +375291111116]")
		d.sees("shop will get 2 blocks")
	})
	drive(t, 100, 24, differing, func(d *driver) {
		d.press("6", "C")
		d.wait(time.Second)
		d.press("down", "enter")
		d.sees("Block here everybody that shop blocks?", "111-11-17", "1 phone will get nothing more",
			"Vendors learn of it in 30 s")
		d.wait(time.Second)
		d.press("1", "enter")
		wantDid(t, d, "olga block [+375291111117] STOP [] vendor")
		if d.store.blockDelay != model.OptOutDelay {
			t.Errorf("the vendors are notified after %s", d.store.blockDelay)
		}
	})
}

func TestTheComparisonSaysWhatIsOnItsWayAndWhatStays(t *testing.T) {
	t.Parallel()
	waits := func(o *kit.Options, f *fakeStore) {
		differing(o, f)
		f.compared = f.compared[:3]
		f.compared[0].ToBlock, f.compared[1].ToBlock, f.compared[2].ToUnblock = true, true, true
	}
	drive(t, 100, 24, waits, func(d *driver) {
		d.press("6", "C")
		d.sees("on their way to the vendor: 2", "to be taken off there too: 1")
	})
}

func TestAFileOfPhonesIsBlockedAfterAPreview(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "stop.csv")
	text := "phone\n+375291111111\n+375291111115\n80291111116\nabc\n+375291111115\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	drive(t, 100, 30, nil, func(d *driver) {
		d.press("6", "i")
		d.sees("Block the people of which file?")
		d.wait(time.Second)
		d.typeText(path)
		d.press("enter")
		d.sees("3 people", "1 line cannot be used and will not be blocked", "abc")
		d.wait(time.Second)
		d.press("enter")
		d.sees("Why are they blocked?")
		d.wait(time.Second)
		d.typeText("asked by post")
		d.press("enter")
		d.sees("2 new · 1 already there · 1 invalid · 1 given twice", "Block 2 phones?", "111-11-15", "111-11-16")
		d.wait(time.Second)
		d.press("2", "enter")
		wantDid(t, d, "olga block [+375291111115 +375291111116] asked by post [] import")
		d.sees("until then u takes it back")
		if d.store.blockDelay != model.OptOutDelay {
			t.Errorf("the vendors are notified after %s", d.store.blockDelay)
		}
	})
}

func TestTheReasonsOfAFileAreKeptAndOnlyMissingOnesAreAskedFor(t *testing.T) {
	t.Parallel()
	for rows, c := range map[string]struct {
		asks string
		sees []string
		did  string
	}{
		"+375291111115,called us\n+375291111116,letter\n": {
			sees: []string{"111-11-15  called us", "111-11-16  letter", "Reasons: 2 from the column “Reason”"},
			did:  "olga block [+375291111115 +375291111116] called us, letter [] import"},
		"+375291111115,called us\n+375291111116,\n": {
			asks: "Why are those blocked whose line names no reason (1 phone)?",
			sees: []string{"111-11-15  called us", "Reasons: 1 from the column “Reason”", "Reason: asked by post"},
			did:  "olga block [+375291111115 +375291111116] called us, asked by post [] import"},
	} {
		path := filepath.Join(t.TempDir(), "stop.csv")
		if err := os.WriteFile(path, []byte("phone,Reason\n"+rows), 0o600); err != nil {
			t.Fatal(err)
		}
		drive(t, 100, 30, nil, func(d *driver) {
			d.press("6", "i")
			d.wait(time.Second)
			d.typeText(path)
			d.press("enter")
			d.sees("the reasons are in the column “Reason”")
			d.wait(time.Second)
			d.press("enter")
			if c.asks != "" {
				d.sees(c.asks)
				d.wait(time.Second)
				d.typeText("asked by post")
				d.press("enter")
			}
			d.sees(append(c.sees, "Block 2 phones?")...)
			d.wait(time.Second)
			d.press("2", "enter")
			wantDid(t, d, c.did)
		})
	}
}

func TestTheCountsOfTheComparisonAreSeenOnANarrowScreen(t *testing.T) {
	t.Parallel()
	drive(t, 40, 10, differing, func(d *driver) {
		d.press("6", "C")
		d.sees("shop: only here 2", "shop: only at the vendor 1", "shop: at both 1")
	})
}

func TestAVendorWithoutABlacklistIsNotNamedAmongThoseToBeTold(t *testing.T) {
	t.Parallel()
	drive(t, 120, 30, func(o *kit.Options, f *fakeStore) {
		differing(o, f)
		caps := o.Capabilities[model.SMSBy]
		caps.Lacks[model.ActBlacklistAdd] = "sms.by has no blacklist"
		f.blacklist[1].Pending = []string{"minsk", "shop"}
	}, func(d *driver) {
		d.press("6")
		d.sees("(not yet at shop)")
		d.seesNot("minsk shop)")
	})
}

func TestTheBlacklistShowsWhoWantsBackWhatVendorsSayAndWhatIsPendingForThem(t *testing.T) {
	t.Parallel()
	wants := func(_ *kit.Options, f *fakeStore) {
		e := &f.blacklist[0]
		e.Back = &model.WantsBack{Words: "подпишите снова", At: start.Add(-2 * time.Hour), Reply: 7}
		e.Vendors = []model.VendorBlock{{Account: "shop", Reason: model.Data("unsubscribed"),
			At: start.Add(-47 * time.Hour)}, {Account: "loyalty", Reason: e.Reason, At: start.Add(-47 * time.Hour)}}
		e.Freeing = []string{"shop"}
	}
	drive(t, 120, 30, wants, func(d *driver) {
		d.press("6")
		d.sees("wants back: “подпишите снова”", "“подпишите снова”, 10:00; x takes the block off",
			"shop (since 1 Feb 13:00, unsubscribed)", "loyalty (since 1 Feb 13:00)", "(still to be freed at shop)",
			"opt-out: СТОП")
	})
}

// wantDid fails unless that is the last intent.
func wantDid(t *testing.T, d *driver, want string) {
	t.Helper()
	if n := len(d.store.did); n == 0 || d.store.did[n-1] != want {
		t.Errorf("did %q, want %q last", d.store.did, want)
	}
}

func TestABlockedContactWithoutAPhoneHasNoHistory(t *testing.T) {
	t.Parallel()
	drive(t, 100, 24, func(_ *kit.Options, f *fakeStore) {
		f.blacklist = []model.BlacklistEntry{{Contact: "card-77", Only: []string{"shop"}}}
	}, func(d *driver) {
		d.press("6", "p")
		d.sees("only a phone has a history")
		d.seesNot("History of")
	})
}
