package vendors

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"viberdeck/model"
)

// counted is a leadership that is acquired at once, counts its terms and loses each on request.
type counted struct {
	terms, ended int64
	lose         chan struct{} // of the current term
}

func (c *counted) Take(context.Context) (model.LeadTerm, error) {
	c.terms++
	c.lose = make(chan struct{})
	return model.LeadTerm{Number: c.terms, Lost: c.lose, End: func() error { c.ended++; return nil }}, nil
}

func (c *counted) TryTake(ctx context.Context) (model.LeadTerm, bool, error) {
	t, err := c.Take(ctx)
	return t, true, err
}

func TestALeaderThatLosesItsTermStopsAndWorksAgainInItsNext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := &counted{}
		done := errors.New("done")
		err := Lead(t.Context(), c, func(ctx context.Context, term model.LeadTerm) error {
			if term.Number == 3 {
				return done
			}
			close(c.lose)
			<-ctx.Done()
			return nil // what was under way is finished
		})
		if !errors.Is(err, done) || c.terms != 3 || c.ended != 3 {
			t.Errorf("%v after %d terms, of which %d ended", err, c.terms, c.ended)
		}
		led, err := TryLead(t.Context(), c, func(ctx context.Context, _ model.LeadTerm) error {
			close(c.lose)
			<-ctx.Done()
			return nil
		})
		if !led || !errors.Is(err, errLost) || c.ended != 4 {
			t.Errorf("a pass that lost its term: %v %v", led, err)
		}
	})
}
