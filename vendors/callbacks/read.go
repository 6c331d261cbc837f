package callbacks

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

const (
	// readAtOnce is how many stored callbacks are read from the store at a time.
	readAtOnce = 100
	// mostTries is how many attempts the store gets to apply one callback before the others
	// continue without it.
	mostTries   = 5
	firstPause  = 500 * time.Millisecond
	longPause   = 10 * time.Second
	forgetEvery = time.Hour
	// lookEvery is how often to check for callbacks that a person has released.
	lookEvery = 5 * time.Second
	// maxShown is how many characters of an unrecognised callback the log shows.
	maxShown = 80
)

// read applies stored callbacks, whenever there are any, until ctx ends.
func (r *Receiver) read(ctx context.Context) {
	forget := time.NewTicker(forgetEvery)
	defer forget.Stop()
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for {
		if err := r.Drain(ctx); err != nil && ctx.Err() == nil {
			r.o.Logger.Warn("callbacks wait to be read", "error", err)
			if model.Pause(ctx, longPause) != nil {
				return
			}
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-r.stored:
		case <-look.C:
		case <-forget.C:
			if err := r.o.Store.ForgetCallbacks(ctx, time.Now()); err != nil && ctx.Err() == nil {
				r.o.Logger.Warn("old callbacks were not forgotten", "error", err)
			}
		}
	}
}

// Drain applies all stored callbacks in order of arrival. An error means that the store failed to
// return or apply them; they stay stored.
func (r *Receiver) Drain(ctx context.Context) error {
	r.reading.Lock()
	defer r.reading.Unlock()
	for {
		next, err := r.o.Store.NextCallbacks(ctx, readAtOnce)
		if err != nil || len(next) == 0 {
			return err
		}
		for _, c := range next {
			if err := r.take(ctx, c); err != nil {
				return err
			}
		}
	}
}

// take applies one callback. One that the store refuses repeatedly is set aside, so that the others
// can continue.
func (r *Receiver) take(ctx context.Context, c model.Callback) error {
	a := r.accounts[c.Account]
	if a == nil {
		return r.o.Store.KeepCallback(ctx, c.ID, "the account is not in the configuration any more")
	}
	e := r.decode(a, c)
	for try, rest := 1, firstPause; ; try, rest = try+1, min(2*rest, longPause) {
		res, err := r.o.Store.ApplyCallback(ctx, c, e, time.Now())
		switch {
		case err == nil:
			r.note(a, c, e, res)
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case try == mostTries:
			r.o.Logger.Error("a callback was set aside", "account", c.Account, "callback", c.ID, "error", err)
			r.log(a, http.StatusOK, model.Say("kept, because the cache could not take its news"), len(c.Body))
			return r.o.Store.KeepCallback(ctx, c.ID, "the cache could not take its news")
		}
		if err := model.Pause(ctx, rest); err != nil {
			return err
		}
	}
}

// decode reads a callback. Whatever a stranger posts, at worst the callback is not understood.
func (r *Receiver) decode(a *account, c model.Callback) (e Event) {
	defer func() {
		if cause := recover(); cause != nil {
			r.o.Logger.Error("a callback's decoder failed", "account", a.Name, "callback", c.ID, "cause",
				fmt.Sprint(cause))
			e = Event{Unknown: shown(string(c.Body))}
		}
	}()
	if vendors.TooDeep(c.Body) {
		return Event{Unknown: shown(string(c.Body))}
	}
	e, err := a.Decode(c.Body)
	if err != nil && e.Unknown == "" {
		e.Unknown = string(c.Body)
	}
	e.People = slices.DeleteFunc(e.People, func(p model.Recipient) bool {
		if p.Status == model.StatusUnknown && e.Unknown == "" {
			e.Unknown = "status " + p.VendorStatus
		}
		return p.Status == model.StatusUnknown
	})
	// a reply with neither sender nor content
	e.Replies = slices.DeleteFunc(e.Replies, func(p model.Reply) bool { return p.Phone == 0 && p.Text == "" })
	if e.Unknown != "" {
		e.Unknown = shown(e.Unknown)
	}
	e.CampaignRef = model.SanitiseLine(e.CampaignRef)
	for i := range e.People {
		p := &e.People[i]
		p.Account, p.Contact, p.VendorID = a.Name, model.SanitiseLine(p.Contact), model.SanitiseLine(p.VendorID)
		p.VendorStatus, p.Reason = model.SanitiseLine(p.VendorStatus), p.Reason.Clean(model.SanitiseLine)
	}
	for i := range e.Replies {
		p := &e.Replies[i]
		p.Account, p.Text = a.Name, model.Sanitise(p.Text)
		p.VendorID, p.CampaignRef = model.SanitiseLine(p.VendorID), model.SanitiseLine(p.CampaignRef)
	}
	return e
}

// note logs what a person should check.
func (r *Receiver) note(a *account, c model.Callback, e Event, res model.CallbackResult) {
	switch {
	case e.Unknown != "":
		r.log(a, http.StatusOK, model.Say("unknown shape kept: %s", e.Unknown), len(c.Body))
	case res.Homeless > 0:
		r.log(a, http.StatusOK, model.Say("kept: %s of no campaign known here: %s", model.Persons(res.Homeless),
			shown(string(c.Body))), len(c.Body))
	}
	if res.Illegal > 0 {
		r.o.Logger.Info("statuses that would go backwards were left out", "account", a.Name, "callback", c.ID, "people",
			res.Illegal)
	}
}

// shown returns the beginning of text from outside as one harmless line, which is never empty.
func shown(s string) string {
	s = model.SanitiseLine(s[:min(len(s), 4096)]) // clean only the beginning: the whole may be long
	if s == "" {
		return "nothing that can be shown"
	}
	return model.Clip(s, maxShown)
}
