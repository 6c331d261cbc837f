package cache

import (
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
	}{{model.BatchRefused, "template", true}, {model.BatchAccepted, "template", false},
		{model.BatchRefused, "sender", false}} {
		batches := claim(t, db, submit(t, db, c.field+string(c.state), p, 0), 10, 1)
		o := outcome(batches, c.state, "")
		o[0].Err = model.TextOf(model.Invalid(c.field, "it is not approved"))
		record1(t, db, o...)
		why, at, err := db.TemplateRefused(t.Context(), "minsk", "t1")
		if err != nil || why.IsZero() == c.want || at.IsZero() == c.want {
			t.Errorf("%s for its %s: %q, %s, %v", c.state, c.field, why, at, err)
		}
	}
}
