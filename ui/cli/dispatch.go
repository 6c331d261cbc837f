package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"viberdeck/model"
)

// dispatch runs the engine (or leaves that to the process that already runs it) and waits until
// every person of the campaign has an outcome. An interruption during the recall window recalls the
// campaign; after that the rest stays in the outbox.
func (p *program) dispatch(ctx context.Context, d *session, id model.CampaignID, plan model.Plan) error {
	working, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() {
		defer recoverInto(ended)
		ended <- d.network.Dispatch(working)
	}()
	progress, err := p.watch(ctx, d, id, plan.Campaign.Account, ended)
	stop()
	if werr := <-ended; err == nil && werr != nil && !errors.Is(werr, context.Canceled) && !progress.Done() {
		err = werr
	}
	if ctx.Err() != nil {
		return p.interrupted(context.WithoutCancel(ctx), d, id, plan)
	}
	if cause, ok := errors.AsType[standstill](err); ok {
		result, err := p.ended(ctx, d, id, plan, progress)
		if err != nil {
			return err
		}
		p.note("%s; %s in the outbox for `viberdeck work` or the dashboard to send as soon as possible: do not send it "+
			"again", cause, model.Counted(progress.Waiting, "person waits", "people wait"))
		if err := p.writeResult(result); err != nil {
			return err
		}
		return exitError{code: exitFailed}
	}
	if err != nil {
		return err
	}
	return p.sendEnd(ctx, d, id, plan, progress)
}

// looksApart is the shortest time between two looks at the progress: every call of the engine
// changes it, and looking takes from the processor time that the calls need.
const looksApart = 50 * time.Millisecond

// recoverInto turns a panic of the engine into an error, so that the terminal and the exit code
// stay right.
func recoverInto(ended chan<- error) {
	if r := recover(); r != nil {
		ended <- fmt.Errorf("the engine failed: %v", r)
	}
}

// watch shows the progress until the campaign has ended, was stopped or is stuck, or the context or
// the engine ends.
func (p *program) watch(ctx context.Context, d *session, id model.CampaignID, account string,
	ended chan error) (model.Progress, error) {
	bar := newBar(p, fmt.Sprintf("send %s", id))
	defer bar.end()
	changed := make(chan struct{}, 1)
	watching, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		for {
			if _, err := d.cache.Changed(watching); err != nil {
				return
			}
			select {
			case changed <- struct{}{}:
			default:
			}
			_ = model.Pause(watching, looksApart)
		}
	}()
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	pace := pace{moved: p.now()}
	for {
		progress, err := d.cache.Progress(ctx, id)
		if err != nil {
			return progress, err
		}
		bar.show(sendLine(progress, p.now()))
		if progress.Done() || stopped(progress.State) && progress.InFlight == 0 {
			return progress, nil
		}
		if pace.due(progress, p.now()) {
			overview, err := d.cache.Overview(ctx, d.operator)
			if err != nil && ctx.Err() == nil {
				return progress, err
			}
			if cause := pace.stuck(progress, overview, account, p.now()); cause != "" {
				return progress, standstill(cause)
			}
		}
		select {
		case <-ctx.Done():
			return progress, nil
		case err := <-ended:
			ended <- err
			return progress, err
		case <-changed:
		case <-tick.C:
		}
	}
}

// stopped reports whether a campaign will not continue by itself.
func stopped(s model.CampaignState) bool {
	return s == model.CampaignPaused || s == model.CampaignCancelled || s == model.CampaignNeedsApproval
}

func sendLine(g model.Progress, now time.Time) barLine {
	line := barLine{done: g.Total - g.Waiting - g.InFlight, total: g.Total}
	switch {
	case g.State == model.CampaignHeld && g.HoldUntil.After(now):
		line.text = fmt.Sprintf("leaves in %d s; Ctrl-C recalls it", int(g.HoldUntil.Sub(now).Seconds())+1)
	case !g.Waits.IsZero() && g.InFlight == 0:
		line.text = waits(g, now)
	default:
		line.short = fmt.Sprintf("refused %d, unknown %d", g.Refused, g.Unknown) + speed(g, now)
		line.text = fmt.Sprintf("accepted %d, ", g.Accepted) + line.short
	}
	return line
}

// speed says how many people are sent to per minute and how long the rest takes, as far as known.
func speed(g model.Progress, now time.Time) string {
	rate := g.PerMinute(now)
	if rate == 0 || g.Done() {
		return ""
	}
	return fmt.Sprintf(", %.0f a minute, %s left", rate, roughly(g.TimeLeft(now)))
}

// roughly formats how long something takes: "40s", "7m", "2h5m".
func roughly(d time.Duration) string {
	if d < time.Minute {
		return d.Round(time.Second).String()
	}
	return strings.TrimSuffix(d.Round(time.Minute).String(), "0s")
}

// waits says what keeps the rest from leaving, starting with when it is tried again if the vendor
// has specified that, because a narrow line is cut.
func waits(g model.Progress, now time.Time) string {
	if !g.NextTry.After(now) {
		return "waits: " + g.Waits.String()
	}
	return fmt.Sprintf("next try in %s: %s", (g.NextTry.Sub(now) + time.Second - 1).Truncate(time.Second), g.Waits)
}

// interrupted recalls a campaign that has not reached anyone yet; for any other it says how far it
// got.
func (p *program) interrupted(ctx context.Context, d *session, id model.CampaignID, plan model.Plan) error {
	progress, err := d.cache.Progress(ctx, id)
	if err == nil && progress.Waiting == progress.Total && d.cache.Recall(ctx, d.operator, id) == nil {
		progress, err = d.cache.Progress(ctx, id)
		if left := progress.Total - progress.Held - progress.Suppressed; err == nil && left == 0 {
			p.note("%s was recalled: nothing was sent", id)
		} else {
			p.note("%s was recalled: only %s had left before", id, model.Persons(left))
		}
		return exitError{exitFailed, context.Canceled}
	}
	if err != nil {
		return err
	}
	p.note("interrupted: %d of %d have left; the rest waits in the outbox and `viberdeck work` sends it, `viberdeck "+
		"brake on` stops it",
		progress.Total-progress.Waiting, progress.Total)
	if err := p.writeResult(sendResult{id: id, plan: plan, progress: progress}); err != nil {
		return err
	}
	return exitError{code: exitFailed}
}

// mostErrors is how many reasons the end of a send prints on lines of their own.
const mostErrors = 5

// ended says how many people have which result, and why in the vendor's words.
func (p *program) ended(ctx context.Context, d *session, id model.CampaignID, plan model.Plan,
	g model.Progress) (sendResult, error) {
	r := sendResult{id: id, plan: plan, progress: g}
	if g.Refused > 0 {
		s, err := d.cache.Statistics(ctx, id)
		if err != nil {
			return r, err
		}
		r.reasons = s.Reasons
	}
	var err error
	if r.remarks, err = d.remarks(ctx, id, g); err != nil {
		return r, err
	}
	line := fmt.Sprintf("%s: accepted %d, refused %d, unknown %d", id, g.Accepted, g.Refused, g.Unknown)
	if n := r.became(model.StatusNoMoney); n > 0 {
		line += fmt.Sprintf(", of the refused %d without money", n)
	}
	for _, part := range []struct {
		of string
		n  int64
	}{{"under way", g.InFlight}, {"waiting", g.Waiting}} {
		if part.n > 0 {
			line += fmt.Sprintf(", %s %d", part.of, part.n)
		}
	}
	p.note("%s", line)
	for i, words := range r.errors() {
		if i == mostErrors {
			p.note("and %s; see `viberdeck recipients --campaign %s`",
				model.Counted(len(r.errors())-i, "more reason", "more reasons"), id)
			break
		}
		p.note("%s", words)
	}
	return r, nil
}

// remarks returns remarks about people who were not refused: why some outcomes are unknown, what
// the vendor adds to an acceptance, and why others wait.
func (d *session) remarks(ctx context.Context, id model.CampaignID, g model.Progress) ([]remark, error) {
	page, err := model.OutboxRows().Read(ctx, d.cache, model.PageRequest{Campaign: id, Limit: model.BulkRows})
	if err != nil {
		return nil, err
	}
	of := map[model.BatchState]int64{model.BatchUnknown: g.Unknown, model.BatchAccepted: g.Accepted}
	var all []remark
	for _, state := range []model.BatchState{model.BatchUnknown, model.BatchAccepted} {
		var words []model.Text
		for _, o := range page.Rows {
			again := func(t model.Text) bool { return t.String() == o.Error.String() }
			if o.State == state && !o.Error.IsZero() && !slices.ContainsFunc(words, again) {
				words = append(words, o.Error)
			}
		}
		if len(words) > 0 && of[state] > 0 {
			all = append(all, remark{string(state), model.Say("%s", model.ListedBy("; ", words)), of[state]})
		}
	}
	if why := cmp.Or(g.PauseCause.String(), g.Waits.String()); g.Waiting > 0 && why != "" {
		all = append(all, remark{"waiting", model.Data(why), g.Waiting})
	}
	return all, nil
}

// openEnd says how many outcomes are unknown and whether their calls are repeated automatically.
func (p *program) openEnd(d *session, g model.Progress) model.Text {
	if !g.AskedUntil.After(p.now()) {
		return model.Say("%s", model.Counted(g.Unknown, "outcome is unknown and is not repeated",
			"outcomes are unknown and are not repeated"))
	}
	return model.Say("%s; a running dashboard or `viberdeck work` makes the same call again until %s, under the "+
		"same name, which the vendor accepts only once",
		model.Counted(g.Unknown, "outcome is unknown", "outcomes are unknown"),
		d.moment(g.AskedUntil))
}

// sendEnd says how a send ended and chooses the exit code.
func (p *program) sendEnd(ctx context.Context, d *session, id model.CampaignID, plan model.Plan,
	g model.Progress) error {
	result, err := p.ended(ctx, d, id, plan, g)
	if err != nil {
		return err
	}
	if err := p.writeResult(result); err != nil {
		return err
	}
	if n := g.Suppressed; n > 0 {
		p.note("protected %d: they came onto the blacklist before their batch left", n)
	}
	switch {
	case g.Unknown > 0:
		p.note("%s; see `viberdeck outbox` and `viberdeck outbox resolve`", p.openEnd(d, g))
		return exitError{code: exitUnknown}
	case g.State == model.CampaignNeedsApproval:
		p.note("%s, which is more than %d: another operator has to approve it: `viberdeck campaign approve %s`, or "+
			"v in the dashboard",
			model.Persons(g.Total), d.config.Send.ApproveAbove, id)
		return nil
	case g.State == model.CampaignPaused:
		p.note("stopped: %s; %s in the outbox until it is resumed: `viberdeck campaign resume %s`, or P in the "+
			"dashboard",
			cmp.Or(g.PauseCause.String(), "paused by a person"),
			model.Counted(g.Waiting, "person waits", "people wait"), id)
		return exitError{code: exitFailed}
	case g.State == model.CampaignCancelled || g.Held > 0:
		p.note("it was recalled: %s", model.Counted(g.Held, "person stays here", "people stay here"))
		return exitError{code: exitFailed}
	case g.Refused > 0 && g.Accepted == 0:
		p.note("nobody was accepted; see `viberdeck outbox`")
		return exitError{code: exitFailed}
	case g.Refused > 0:
		return exitError{code: exitRefused}
	}
	return nil
}

// offlinePatience is how long a send waits for an account that does not answer. Messages that have
// not left by then stay in the outbox.
const offlinePatience = 30 * time.Second

// limitedPatience is how long a send waits for a vendor that asks for fewer requests. The engine
// pauses the campaign earlier unless the vendor specified a later time.
const limitedPatience = 16 * time.Minute

// standstill is the reason why the command did not wait for the end of a send.
type standstill string

func (s standstill) Error() string { return string(s) }

// pace tracks whether a campaign is making progress.
type pace struct {
	moved  time.Time // when a person last got an outcome
	looked time.Time // when the cause was last checked
	last   [4]int64
}

// due reports whether it is time to check why nothing happens: at most once a second.
func (s *pace) due(g model.Progress, now time.Time) bool {
	figures := [4]int64{g.Accepted, g.Refused, g.Unknown, g.Suppressed}
	if figures != s.last || g.State == model.CampaignHeld && g.HoldUntil.After(now) {
		s.moved, s.last = now, figures
	}
	if now.Sub(s.looked) < time.Second {
		return false
	}
	s.looked = now
	return true
}

// stuck returns the reason not to wait any longer, "" if there is none: nothing may leave from this
// cache, the process with the engine is stuck (even during one of its calls), the brake is on, the
// account has not answered for a long time, or the vendor asks for a long pause.
func (s *pace) stuck(g model.Progress, o model.Overview, account string, now time.Time) string {
	if why := o.Trouble(now); !why.IsZero() {
		return why.String()
	}
	if g.InFlight > 0 {
		return ""
	}
	if o.Brake.On {
		return brakeIsOn(o.Brake)
	}
	if o.Space.Low {
		return "the disk of the cache is nearly full: make room, and it goes on by itself"
	}
	if !g.Waits.IsZero() && (now.Sub(s.moved) >= limitedPatience || g.NextTry.Sub(now) >= limitedPatience) {
		return waits(g, now)
	}
	if now.Sub(s.moved) < offlinePatience {
		return ""
	}
	for _, h := range o.Accounts {
		if h.Account == account && h.Known && !h.Online {
			return cmp.Or(h.Error.String(), account+" does not answer")
		}
	}
	return ""
}
