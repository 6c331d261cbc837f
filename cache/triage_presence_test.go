package cache

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"viberdeck/model"
)

// markedWithin is how long a reading mark may take from the file to a colleague's screen. The
// screen of the person who reads waits 0.3 s before that; both together are less than a second.
const markedWithin = 650 * time.Millisecond

// A mark may be made at any moment after others that concern only people, when screens pause, and
// screens of another process find it by looking for it.
func TestAReadingMarkReachesAnotherSessionAndAnotherProcessWithinASecond(t *testing.T) {
	t.Parallel()
	path := emptyFile(t)
	synctest.Test(t, func(t *testing.T) {
		ctx, end := context.WithCancel(t.Context())
		server, other := openPolling(t, path), openPolling(t, path)
		anna, err := server.As(ctx, model.Operator{Name: "anna", Role: model.RoleTriage}, model.Origin{})
		if err != nil {
			t.Fatal(err)
		}
		bob, err := server.As(ctx, model.Operator{Name: "bob", Role: model.RoleTriage}, model.Origin{})
		if err != nil {
			t.Fatal(err)
		}
		inSession, inProcess := marksOf(ctx, bob), marksOf(ctx, other)
		for i := range 60 {
			time.Sleep(time.Duration(i) * 37 * time.Millisecond)
			if err := other.Present(ctx, "carl's", "carl", model.ReplyID(1000+i)); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Duration(i%7) * 53 * time.Millisecond)
			reply, marked := model.ReplyID(1+i), time.Now()
			if err := anna.Present(ctx, "anna's", "anna", reply); err != nil {
				t.Fatal(err)
			}
			for where, marks := range map[string]<-chan model.ReplyID{"session": inSession, "process": inProcess} {
				for seen := range marks {
					if seen == reply {
						break
					}
				}
				if took := time.Since(marked); took > markedWithin {
					t.Errorf("mark %d reached another %s after %s", i, where, took)
				}
			}
		}
		end()
	})
}

// marksOf gives the replies that anna has open, each time the screen of a colleague would show them
// anew, until the context ends.
func marksOf(ctx context.Context, screen interface {
	Changed(ctx context.Context) ([]model.Topic, error)
	Overview(ctx context.Context, operator string) (model.Overview, error)
}) <-chan model.ReplyID {
	marks := make(chan model.ReplyID, 1000)
	go func() {
		defer close(marks)
		for ctx.Err() == nil {
			if _, err := screen.Changed(ctx); err != nil {
				return
			}
			o, err := screen.Overview(ctx, "bob")
			if err != nil {
				return
			}
			for _, r := range o.Readers {
				if r.Operator == "anna" {
					marks <- r.Reply
				}
			}
		}
	}()
	return marks
}

// openPolling opens a cache that works in virtual time.
func openPolling(t *testing.T, path string) *DB {
	t.Helper()
	db, err := Open(t.Context(), path, Options{Polls: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}
