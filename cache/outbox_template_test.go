package cache

import (
	"fmt"
	"strings"
	"testing"

	"viberdeck/model"
)

func TestATemplateIsRememberedAsRefusedUntilItIsTaken(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	p := plan(1)
	p.Campaign.Message = model.Message{Template: "t1"}
	for _, c := range []struct {
		state model.BatchState
		field string
		want  bool
		test  bool
	}{{model.BatchRefused, "template", true, false}, {model.BatchRefused, "sender", true, false},
		{model.BatchAccepted, "template", false, true}, {model.BatchRefused, "sender", false, true}} {
		p.Test = c.test
		batches := claim(t, db, submit(t, db, fmt.Sprint(c), p, 0), 10, 1)
		o := outcome(batches, c.state, "")
		o[0].Err = model.TextOf(model.Invalid(c.field, "it is not approved"))
		record1(t, db, o...)
		why, at, err := db.TemplateRefused(t.Context(), "minsk", "t1")
		if err != nil || why.IsZero() == c.want || at.IsZero() == c.want {
			t.Errorf("%s for its %s: %q, %s, %v", c.state, c.field, why, at, err)
		}
	}
}

func TestWhatCampaignsHadIsRememberedTheLastFirstWithoutTests(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	for i, c := range []struct {
		label, tag string
		test       bool
	}{{"spring", "a", false}, {"autumn", "b", false}, {"spring", "a", false}, {"trial", "c", true}} {
		p := plan(1)
		p.Campaign.Message = model.Message{Template: "t-" + c.label}
		p.Campaign.Options = model.Options{Label: c.label, Tags: []string{c.tag}}
		p.Test = c.test
		submit(t, db, fmt.Sprint(i), p, 0)
	}
	p := plan(1)
	p.Campaign.Options = model.Options{Tags: []string{"misspelt"}}
	record1(t, db, outcome(claim(t, db, submit(t, db, "refused", p, 0), 10, 1), model.BatchRefused, "")...)
	known, err := db.KnownValues(t.Context(), "minsk")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, all := range [][]model.KnownValue{known.Templates, known.Labels, known.Tags} {
		for _, v := range all {
			got = append(got, v.Value)
		}
	}
	if want := "t-spring t-autumn spring autumn a b"; strings.Join(got, " ") != want {
		t.Errorf("%v, want %s", got, want)
	}
	if len(known.Senders) != 1 || known.Senders[0].At.IsZero() {
		t.Errorf("senders: %+v", known.Senders)
	}
}
