package cache

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"viberdeck/model"
)

// answerLasts is how long an answer remains valid while nothing changes: time passes, people leave
// and engines die without a change.
const answerLasts = time.Second

// answers are the answers to the heavy queries of all sessions of a process: when something
// changes, two hundred of them run the same query, and the file is read once.
type answers struct {
	mu    sync.Mutex
	asOf  map[model.Topic]int64
	known map[string]*answer
}

// answer is an answer that is ready or pending.
type answer struct {
	at    time.Time
	ready chan struct{}
	value any
	err   error
}

// find returns the answer to a question about the given state of the file; mine means that no
// caller has asked it yet, so that this one must.
func (a *answers) find(question string, asOf map[model.Topic]int64, now time.Time) (found *answer, mine bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.known == nil || !maps.Equal(a.asOf, asOf) {
		a.asOf, a.known = asOf, map[string]*answer{}
	}
	maps.DeleteFunc(a.known, func(_ string, k *answer) bool {
		age := now.Sub(k.at)
		return age < 0 || age >= answerLasts
	})
	if k, ok := a.known[question]; ok {
		return k, false
	}
	found = &answer{at: now, ready: make(chan struct{})}
	a.known[question] = found
	return found, true
}

// forget makes the next caller ask again.
func (a *answers) forget(failed *answer) {
	a.mu.Lock()
	defer a.mu.Unlock()
	maps.DeleteFunc(a.known, func(_ string, k *answer) bool { return k == failed })
}

// together returns the answer to a question that others may ask as well: the first to ask about a
// state of the file asks for all. The answer is shared and must not be changed.
func together[T any](ctx context.Context, db *DB, question string, ask func(context.Context) (T, error)) (T, error) {
	var none T
	asOf, err := db.versions(ctx) // before asking: no answer is older than the state it is given for
	if err != nil {
		return none, err
	}
	a, mine := db.answers.find(question, asOf, db.now())
	if mine {
		func() {
			defer func() {
				if a.err != nil {
					db.answers.forget(a)
				}
				close(a.ready)
			}()
			a.err = context.Canceled // remains if asking panics
			// Others wait for it, so it must not end with this session.
			a.value, a.err = ask(context.WithoutCancel(ctx))
		}()
	}
	select {
	case <-a.ready:
	case <-ctx.Done():
		return none, ctx.Err()
	}
	if a.err != nil {
		return none, a.err
	}
	return a.value.(T), nil
}

// Changed is DB.Changed for this session.
func (v *RestrictedDB) Changed(ctx context.Context) ([]model.Topic, error) {
	return v.screen.Changed(ctx)
}

// Overview is DB.Overview for the person: the shared one, without the person among the others and
// with what only this person is notified of.
func (v *RestrictedDB) Overview(ctx context.Context, _ string) (model.Overview, error) {
	o, err := together(ctx, v.DB, "overview", func(ctx context.Context) (model.Overview, error) {
		return v.DB.Overview(ctx, "")
	})
	if err != nil {
		return o, err
	}
	o.Operators = slices.DeleteFunc(slices.Clone(o.Operators), func(name string) bool { return name == v.who.Name })
	o.Readers = slices.DeleteFunc(slices.Clone(o.Readers),
		func(r model.Reader) bool { return r.Operator == v.who.Name })
	o.Notices, err = notices(ctx, v.reader, v.who.Name)
	return o, err
}

// Count is DB.Count.
func (v *RestrictedDB) Count(ctx context.Context, topic model.Topic, q model.PageRequest) (int64, error) {
	return together(ctx, v.DB, asked("count "+string(topic), q), func(ctx context.Context) (int64, error) {
		return v.DB.Count(ctx, topic, q)
	})
}

// Cuts is DB.Cuts.
func (v *RestrictedDB) Cuts(ctx context.Context, by model.CutBy, q model.PageRequest) (model.Cuts, error) {
	return together(ctx, v.DB, asked("cuts "+fmt.Sprint(by), q), func(ctx context.Context) (model.Cuts, error) {
		return v.DB.Cuts(ctx, by, q)
	})
}

// Attention is DB.Attention.
func (v *RestrictedDB) Attention(ctx context.Context, p model.Patience) (model.Attention, error) {
	return together(ctx, v.DB, fmt.Sprintf("attention %#v", p), func(ctx context.Context) (model.Attention, error) {
		return v.DB.Attention(ctx, p)
	})
}

// Handover is DB.Handover.
func (v *RestrictedDB) Handover(ctx context.Context, p model.Patience) (model.Handover, error) {
	return together(ctx, v.DB, fmt.Sprintf("handover %#v", p), func(ctx context.Context) (model.Handover, error) {
		return v.DB.Handover(ctx, p)
	})
}

// asked identifies a question about a list. It contains the operator only if the filter says
// "mine".
func asked(what string, q model.PageRequest) string {
	mine := func(t model.Term) bool { return t.Field == model.FieldIs && slices.Contains(t.Values, model.IsMine) }
	if !slices.ContainsFunc(q.Filter.Terms, mine) {
		q.Operator = ""
	}
	return fmt.Sprintf("%s %#v", what, q)
}
