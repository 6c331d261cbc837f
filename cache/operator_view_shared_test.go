package cache

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"viberdeck/model"
)

func TestWhatManySessionsAskOfTheSameStateIsAskedOnce(t *testing.T) {
	t.Parallel()
	db, clock := openClocked(t)
	seedAccounts(t, db)
	var times atomic.Int64
	ask := func(ctx context.Context) (int64, error) {
		times.Add(1)
		return db.Count(ctx, model.TopicCampaigns, model.PageRequest{})
	}
	all := func(want int64) {
		t.Helper()
		var sessions sync.WaitGroup
		for range 50 {
			sessions.Go(func() {
				if n, err := together(t.Context(), db, "campaigns", ask); n != want || err != nil {
					t.Errorf("%d campaigns, %v; want %d", n, err, want)
				}
			})
		}
		sessions.Wait()
	}
	for i, step := range []func(){func() {}, func() { submit(t, db, "k1", plan(1), 0) },
		func() { clock.Advance(answerLasts) }, func() { clock.Advance(-time.Minute) }} {
		step()
		all(int64(min(i, 1)))
		if n := times.Swap(0); n != 1 {
			t.Errorf("step %d: asked %d times", i, n)
		}
	}
	if _, err := together(t.Context(), db, "other", ask); err != nil || times.Load() != 1 {
		t.Errorf("another question was asked %d times, %v", times.Load(), err)
	}
}

func TestAFailedAnswerIsNotKeptAndNobodyWaitsLongerThanTheSession(t *testing.T) {
	t.Parallel()
	db := open(t)
	broken := errors.New("broken")
	for _, want := range []error{broken, nil} {
		if _, err := together(t.Context(), db, "q",
			func(context.Context) (int, error) { return 1, want }); !errors.Is(err,
			want) {
			t.Errorf("got %v, want %v", err, want)
		}
	}
	asked, answer, first := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	leaving, leave := context.WithCancel(t.Context())
	go func() {
		_, err := together(leaving, db, "slow", func(ctx context.Context) (int, error) {
			close(asked)
			<-answer
			return 1, ctx.Err()
		})
		first <- err
	}()
	<-asked
	gone, stop := context.WithCancel(t.Context())
	stop()
	none := func(context.Context) (int, error) { return 0, broken }
	if _, err := together(gone, db, "slow", none); err == nil {
		t.Error("somebody who has left got an answer")
	}
	leave() // the others still need the answer
	waiting := make(chan string, 1)
	go func() {
		n, err := together(t.Context(), db, "slow", none)
		waiting <- fmt.Sprint(n, err)
	}()
	close(answer)
	if got := <-waiting; got != "1 <nil>" {
		t.Errorf("whoever stayed got %s", got)
	}
	if err := <-first; err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("whoever asked first and left got %v", err)
	}
}

func TestASharedOverviewIsThatOfThePerson(t *testing.T) {
	t.Parallel()
	db, _ := seedQueue(t)
	for session, operator := range map[string]string{"s1": "anna", "s2": "boris"} {
		if err := db.Present(t.Context(), session, operator, 2); err != nil {
			t.Fatal(err)
		}
	}
	id := must(db.Submit(t.Context(), "anna", "a", answerPlan(1, "one"), time.Minute, 0))(t)
	if err := db.Recall(t.Context(), "boris", id); err != nil { // anna is notified
		t.Fatal(err)
	}
	mine := model.PageRequest{Filter: filtered(t, "is:mine")}
	if _, err := db.Claim(t.Context(), "boris", "s2", replyIDs(3)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"anna", "boris", "anna"} {
		v := viewOf(t, db, model.Operator{Name: name, Role: model.RoleAdmin})
		got, want := must(v.Overview(t.Context(), "somebody"))(t), must(db.Overview(t.Context(), name))(t)
		if got.Space = want.Space; !reflect.DeepEqual(got, want) { // others use the disk
			t.Errorf("%s sees\n%+v\nwant\n%+v", name, got, want)
		}
		mine.Operator = name
		if n, want := must(v.Count(t.Context(), model.TopicReplies, mine))(t),
			must(db.Count(t.Context(), model.TopicReplies, mine))(t); n != want {
			t.Errorf("%s has %d replies, want %d", name, n, want)
		}
	}
}

func TestASessionHearsOfWhoIsHereCalmlyAndOfAllElseAtOnce(t *testing.T) {
	t.Parallel()
	db := open(t)
	v := viewOf(t, db, model.Operator{Name: "anna", Role: model.RoleAdmin})
	arrives := func(session string) {
		t.Helper()
		if err := db.Present(t.Context(), session, "boris", 0); err != nil {
			t.Fatal(err)
		}
	}
	arrives("s1")
	if topics, err := v.Changed(t.Context()); err != nil || !slices.Equal(topics, []model.Topic{model.TopicHealth}) {
		t.Errorf("the first time %v, %v", topics, err)
	}
	v.screen.heard = time.Now().Add(time.Hour)
	arrives("s2")
	heard := make(chan []model.Topic, 1)
	go func() {
		topics, err := v.Changed(t.Context())
		if err != nil {
			t.Error(err)
		}
		heard <- topics
	}()
	select {
	case topics := <-heard:
		t.Fatalf("heard of %v again so soon", topics)
	case <-time.After(20 * time.Millisecond):
	}
	submit(t, db, "k1", plan(1), 0)
	if topics := <-heard; !slices.Contains(topics, model.TopicHealth) ||
		!slices.Contains(topics, model.TopicCampaigns) {
		t.Errorf("heard of %v", topics)
	}
	arrives("s3")
	v.screen.heard = time.Now()
	if topics, err := v.Changed(t.Context()); err != nil || len(topics) != 1 { // a second later
		t.Errorf("in the end %v, %v", topics, err)
	}
	gone, stop := context.WithCancel(t.Context())
	stop()
	if topics, err := v.Changed(gone); err == nil {
		t.Errorf("after the end %v", topics)
	}
}
