package cache

import (
	"sync"
	"testing"

	"viberdeck/model"
)

func TestTheSameMessageSubmittedTwiceAtOnceIsTakenOnce(t *testing.T) {
	t.Parallel()
	db := open(t)
	p := plan(5)
	p.RepeatSince = start().Add(-1)
	var all sync.WaitGroup
	errs := make([]error, 6)
	for i := range errs {
		all.Go(func() { _, errs[i] = db.Submit(t.Context(), "anna", string(rune('a'+i)), p, 0, 0) })
	}
	all.Wait()
	taken := 0
	for _, err := range errs {
		if err == nil {
			taken++
		} else if model.KindOf(err) != model.KindConflict {
			t.Errorf("refused with %v", err)
		}
	}
	if taken != 1 {
		t.Errorf("taken %d times", taken)
	}
	p.Overlap = 5 // a person saw that and wants it again
	if _, err := db.Submit(t.Context(), "anna", "again", p, 0, 0); err != nil {
		t.Errorf("on purpose: %v", err)
	}
}
