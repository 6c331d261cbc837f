package cache

import (
	"slices"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

// shuffled returns people whose numbers are in no order, some of them without a phone.
func shuffled() []model.Recipient {
	var people []model.Recipient
	for _, who := range strings.Fields("9 2 zoe@b.by 7 1 anna@b.by 8 3 5 6 4") {
		r := model.Recipient{Contact: who}
		if len(who) == 1 {
			r = model.Recipient{Phone: model.Phone(firstPhone + int64(who[0]-'0'))}
		}
		people = append(people, r)
	}
	return people
}

func given(people []model.Recipient) string {
	var all []string
	for _, r := range people {
		if r.Phone != 0 {
			r.Contact = string(rune('0' + int64(r.Phone) - firstPhone))
		}
		all = append(all, r.Contact)
	}
	return strings.Join(all, " ")
}

func TestPeopleLeaveInTheOrderInWhichTheyWereGiven(t *testing.T) {
	t.Parallel()
	for _, piece := range []int{4, 1000} { // in pieces, and at once
		db := open(t)
		db.piece = piece
		p := plan(1)
		p.People = model.PeopleOf(shuffled()...)
		p.Campaign.Canary = model.Canary{People: 3, Wait: time.Minute, Limit: 1}
		id := submit(t, db, "a", p, 0)
		first := claim(t, db, id, 2, 9)
		got := given(slices.Concat(first[0].People, first[1].People))
		if got != "9 2 zoe@b.by" {
			t.Errorf("pieces of %d: the first are %s", piece, got)
		}
		record1(t, db, outcome(first, model.BatchAccepted, "")...)
		rest := claimAt(t, db, id, 3, 9, db.now().Add(2*time.Minute))
		got = ""
		for _, b := range rest {
			got += given(b.People) + " | "
		}
		if got != "7 1 anna@b.by | 8 3 5 | 6 4 | " {
			t.Errorf("pieces of %d: then %s", piece, got)
		}
	}
}

func TestPeopleWhoGetItAgainAndTheOthersKeepTheirOrder(t *testing.T) {
	t.Parallel()
	db := open(t)
	p := plan(1)
	p.People = model.PeopleOf(shuffled()...)
	id := submit(t, db, "a", p, 0)
	lost := claim(t, db, id, 4, 1)[0]
	record1(t, db, outcome([]model.Batch{lost}, model.BatchUnknown, "lost")...)
	if err := db.Resolve(t.Context(), "anna", lost.ID, model.ResolveResend); err != nil {
		t.Fatal(err)
	}
	if got := claim(t, db, id, 9, 1); given(got[0].People) != given(lost.People) {
		t.Errorf("again to %s, first to %s", given(got[0].People), given(lost.People))
	}
	if got := claim(t, db, id, 9, 1); given(got[0].People) != "1 anna@b.by 8 3 5 6 4" {
		t.Errorf("then %s", given(got[0].People))
	}
	rows := must(db.Recipients(t.Context(), model.PageRequest{Campaign: id, Limit: 50}))(t).Rows
	if model.InOrder(rows); given(rows) != given(shuffled()) {
		t.Errorf("a new try goes to %s", given(rows))
	}
}

func TestARecallInPiecesTakesEveryoneBackWhateverTheOrder(t *testing.T) {
	t.Parallel()
	db := open(t)
	db.piece = 4
	p := plan(1)
	p.People = model.PeopleOf(shuffled()...)
	id := submit(t, db, "a", p, time.Hour)
	if err := db.Recall(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	rows := must(db.Recipients(t.Context(), model.PageRequest{Campaign: id, Limit: 50}))(t).Rows
	for _, r := range rows {
		if r.Status != model.StatusHeld {
			t.Errorf("%s is %s", given([]model.Recipient{r}), r.Status)
		}
	}
	if len(rows) != len(shuffled()) {
		t.Errorf("%d people", len(rows))
	}
}
