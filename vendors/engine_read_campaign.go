package vendors

import (
	"cmp"
	"context"
	"errors"
	"time"

	"viberdeck/model"
)

// details asks about campaigns, several at once, in the given order. The function decides per
// campaign whether its figures and people are read, or only its replies. The error is a fault of
// the program; failures of the vendor go into the report.
func (r *reading) details(ctx context.Context, polls []model.Poll, details func(model.Poll) bool) error {
	g, inner := newGroup(ctx, min(readAtOnce, max(1, r.a.caps.Limits.CallsAtOnce)))
	for i, p := range polls {
		if inner.Err() != nil || r.givenUp() {
			break
		}
		r.showProgress("details", i, len(polls))
		g.start(model.Say("reading %s", r.a.name), func() error {
			if r.givenUp() {
				return nil
			}
			err := r.campaign(inner, p, details(p))
			what := "campaign " + p.VendorID
			if inner.Err() == nil && !accountUnusable(err) {
				r.a.notReported(inner, what, p.Campaign, err)
			}
			if allNotFound(err) { // this is an answer, not a failure of the account
				r.noteUnknownCampaign(what, err)
				err = nil
			}
			r.note(what, err)
			return nil
		})
	}
	err := g.Wait()
	if unsaved := r.savePolls(ctx); unsaved != nil && ctx.Err() == nil {
		r.note("campaigns", unsaved)
	}
	if err != nil {
		return &faultError{err}
	}
	r.showProgress("details", len(polls), len(polls))
	return nil
}

// campaign reads one campaign and stores when to ask about it again.
func (r *reading) campaign(ctx context.Context, p model.Poll, details bool) error {
	people, open := int64(-1), p.OpenRows
	var errs []error
	if details {
		var n headcount
		s, err := r.statistics(ctx, &p)
		if err != nil {
			errs = append(errs, err)
		}
		if v, ok := r.a.adapter.(RecipientReader); ok && !anyGone(errs) {
			err := eachPage(v.Recipients(ctx, p.VendorID), func(page []model.Recipient) error {
				n.add(page)
				return r.recipients(ctx, p, page)
			})
			if err == nil {
				err = r.refuseShrunk(ctx, p, n.people)
			}
			if people, open = n.people, n.open; err != nil {
				errs = append(errs, err)
			} else if people > 0 {
				expected, ours, err := r.a.e.o.Store.PeopleOf(ctx, r.a.name, p.VendorID, p.Campaign)
				if err != nil {
					errs = append(errs, err)
				}
				open = max(open, ours) // a status is final if it is final for each of our people
				n.complete(&s, expected)
			}
		}
		if !s.AsOf.IsZero() {
			if err := r.a.e.o.Store.SaveStatistics(ctx, r.a.name, p.VendorID, s); err != nil {
				errs = append(errs, err)
			}
		}
	}
	replier, hasReplies := r.a.adapter.(ReplyReader)
	if hasReplies && !anyGone(errs) {
		if err := r.replies(ctx, replier, p); err != nil {
			errs = append(errs, err)
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	now := time.Now()
	if len(errs) > 0 {
		// The figures are incomplete: ask again as if this had been a success, but keep the time of
		// the last success. A campaign that the vendor no longer knows is not asked about after its
		// messages have expired.
		last, stopped := p.LastAt, p.Stopped
		p = asked(p, -1, open, hasReplies, now)
		p.LastAt, p.Stopped = last, stopped || p.Stopped && allNotFound(errors.Join(errs...))
	} else if details {
		p = asked(p, people, open, hasReplies, now)
	} else {
		p = asked(p, -1, open, hasReplies, now)
	}
	p.NextAt = r.a.e.onBeat(p.NextAt, now)
	return errors.Join(append(errs, r.savePoll(ctx, p))...)
}

const (
	// pollsTogether is how many polls are stored in one transaction at most, and pollsUnsaved how
	// long one waits for others: they would be repeated after a crash.
	pollsTogether = 50
	pollsUnsaved  = 2 * time.Second
)

// savePoll stores a poll together with those of the next campaigns of this pass.
func (r *reading) savePoll(ctx context.Context, p model.Poll) error {
	r.mu.Lock()
	r.polls = append(r.polls, p)
	now := len(r.polls) == pollsTogether || time.Since(r.polls[0].LastAt) >= pollsUnsaved
	r.mu.Unlock()
	if !now {
		return nil
	}
	return r.savePolls(ctx)
}

// savePolls stores the polls that wait to be stored.
func (r *reading) savePolls(ctx context.Context) error {
	r.mu.Lock()
	polls := r.polls
	r.polls = nil
	r.mu.Unlock()
	if len(polls) == 0 {
		return nil
	}
	if err := r.a.e.o.Store.SavePolls(ctx, polls); err != nil {
		return model.Errorf("keep the next time: %w", err)
	}
	return nil
}

// refuseShrunk refuses a reading that lacks more than a few of the people previously reported by
// the vendor, as long as their messages have not expired.
func (r *reading) refuseShrunk(ctx context.Context, p model.Poll, people int64) error {
	before, err := r.a.e.o.Store.Reported(ctx, p.Campaign)
	if err != nil || before-people <= int64(model.MostMissing(int(before))) || expired(p, time.Now()) {
		return err
	}
	return model.NotWhole(r.a.name, "recipients",
		model.Say("it reported %s before and only %d now", model.Persons(before), people))
}

// statistics reads the totals of a campaign; their time is zero where the vendor has no totals.
func (r *reading) statistics(ctx context.Context, p *model.Poll) (model.Statistics, error) {
	v, ok := r.a.adapter.(StatisticsReader)
	if !ok {
		return model.Statistics{Account: r.a.name}, nil
	}
	s, err := v.Statistics(ctx, p.VendorID)
	if err != nil {
		return model.Statistics{Account: r.a.name}, err
	}
	if s.State != "" {
		p.State = s.State
	}
	if s.AsOf.IsZero() {
		s.AsOf = time.Now()
	}
	return s, nil
}

func (r *reading) recipients(ctx context.Context, p model.Poll, page []model.Recipient) error {
	illegal, err := r.a.e.o.Store.SaveRecipients(ctx, r.a.name, p.VendorID, page, time.Now())
	if err != nil {
		return err
	}
	if illegal > 0 {
		r.a.e.o.Logger.Info("statuses that would go backwards were left out", "account", r.a.name, "campaign",
			p.VendorID, "people", illegal)
	}
	r.count(func(rep *model.SyncResult) { rep.Recipients += len(page) })
	return nil
}

func (r *reading) replies(ctx context.Context, v ReplyReader, p model.Poll) error {
	replies, failed := v.Replies(ctx, p.VendorID)
	if len(replies) == 0 {
		return failed
	}
	for i := range replies {
		if replies[i].Campaign == 0 && replies[i].CampaignRef == "" {
			replies[i].Campaign, replies[i].CampaignRef = p.Campaign, p.VendorID
		}
	}
	fresh, err := r.a.e.o.Store.SaveReplies(ctx, r.a.name, replies, time.Now())
	r.count(func(rep *model.SyncResult) { rep.NewReplies += fresh })
	return cmp.Or(failed, err)
}
