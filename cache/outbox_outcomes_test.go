package cache

import (
	"testing"

	"viberdeck/model"
)

func TestAnOutcomeAndThePauseThatFollowsFromItAreOneTransaction(t *testing.T) {
	for name, state := range map[string]model.BatchState{"refused": model.BatchRefused, "given back": model.BatchQueued,
		"unknown": model.BatchUnknown} {
		t.Run(name, func(t *testing.T) {
			db := open(t)
			id := submit(t, db, "k1", plan(10), 0)
			first := claim(t, db, id, 5, 1)
			outcomes := outcome(first, state, "no money")
			outcomes[0].Pause = model.Data("minsk: no money")
			record1(t, db, outcomes...)
			if p := progress(t, db, id); p.State != model.CampaignPaused || p.PauseCause.String() != "minsk: no money" {
				t.Errorf("after the outcome it is %s (%s), want paused with the cause", p.State, p.PauseCause)
			}
			if more := claim(t, db, id, 5, 1); len(more) > 0 {
				t.Errorf("%d batches are claimed after the pause", len(more))
			}
		})
	}
}

func TestThePauseOfAnOutcomeDoesNotUndoWhatAPersonDecided(t *testing.T) {
	db := open(t)
	id := submit(t, db, "k1", plan(10), 0)
	first := claim(t, db, id, 5, 1)
	if err := db.Recall(t.Context(), "anna", id); err != nil {
		t.Fatal(err)
	}
	outcomes := outcome(first, model.BatchRefused, "no money")
	outcomes[0].Pause = model.Data("minsk: no money")
	record1(t, db, outcomes...)
	if p := progress(t, db, id); p.State == model.CampaignPaused || p.Waiting > 0 {
		t.Errorf("a recalled campaign is %s, %d wait", p.State, p.Waiting)
	}
}
