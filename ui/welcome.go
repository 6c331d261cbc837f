package ui

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// awhile is how long the operator must have been away for the news to be told.
const awhile = time.Minute

// greeting is what a session begins with: what happened meanwhile, and what was left half-written.
type greeting struct {
	news    model.News
	senders []model.Sender // whose state changed
	draft   draft
}

// sendersName is the name under which Keep holds which state each sender had when the operator was
// last told.
const sendersName = "senders"

// readSenderNews gives the senders that were approved or rejected since the operator last began a
// session, and keeps how they are now. At the first session nothing is news.
func readSenderNews(ctx context.Context, store Store, operator string) ([]model.Sender, error) {
	page, err := store.Senders(ctx, model.PageRequest{Limit: 1000})
	if err != nil {
		return nil, err
	}
	text, _, err := store.Kept(ctx, operator, sendersName)
	if err != nil {
		return nil, err
	}
	was, now := map[string]model.SenderState{}, map[string]model.SenderState{}
	if json.Unmarshal([]byte(text), &was) != nil {
		clear(was)
	}
	var changed []model.Sender
	for _, s := range page.Rows {
		id := s.Account + "/" + s.ID + "/" + s.Name
		now[id] = s.State
		before, known := was[id]
		if known && before != s.State && (s.State == model.SenderApproved || s.State == model.SenderRejected) {
			changed = append(changed, s)
		}
	}
	kept, err := json.Marshal(now)
	if err != nil || maps.Equal(was, now) {
		return changed, err
	}
	return changed, store.Keep(ctx, operator, sendersName, string(kept))
}

// senderLines name the senders whose state changed, with the moderator's words.
func senderLines(d *deck, changed []model.Sender) []string {
	var lines []string
	for _, s := range changed {
		name, comment := clip(cmp.Or(s.Name, s.ID), 30), clip(s.Comment, 100)
		line := d.tr("sender %s (%s) is approved now", name, s.Account)
		if s.State == model.SenderRejected {
			line = d.tr("sender %s (%s) is rejected now", name, s.Account)
		}
		if comment != "" {
			line += ": " + comment
		}
		lines = append(lines, line)
	}
	return lines
}

// welcome tells what happened since the operator was last here, and offers the draft that was left.
// There is nothing to tell somebody who is here for the first time, or who was away for a moment
// only.
func (r *Root) welcome(seen time.Time) tea.Cmd {
	d := r.d
	store, operator, now := d.Store, d.Operator, d.now
	return ask(d, new(slot), func(ctx context.Context) (greeting, error) {
		var g greeting
		var err error
		if g.draft, err = readDraft(ctx, store, operator); err != nil {
			return g, err
		}
		if g.senders, err = readSenderNews(ctx, store, operator); err != nil || seen.IsZero() ||
			now.Sub(seen) < awhile {
			return g, err
		}
		g.news, err = store.News(ctx, operator, seen)
		return g, err
	}, func(g greeting, err error) tea.Cmd {
		offered := len(g.draft.Fields) > 0 && !d.nothingLeaves()
		switch {
		case err != nil:
			return nil // the list in front tells what is wrong with the cache
		case len(g.lines(d)) == 0 && !offered:
			return nil
		case d.touched: // whoever is at work already is not interrupted
			if len(g.lines(d)) == 0 {
				return d.say(d.tr("your half-written campaign is kept: N in Campaigns goes on with it"))
			}
			return d.say(strings.Join(g.lines(d), "; "))
		}
		d.openUnasked(&notice{d: d, greeting: g, offered: offered})
		return nil
	})
}

// lines say everything that is news.
func (g greeting) lines(d *deck) []string {
	return append(newsLines(d, g.news), senderLines(d, g.senders)...)
}

// newsLines say what happened, one sentence each.
func newsLines(d *deck, n model.News) []string {
	var lines []string
	add := func(n int64, line string) {
		if n > 0 {
			lines = append(lines, line)
		}
	}
	replies := d.plural(n.Replies, "reply arrived", "replies arrived")
	if n.OpenReplies > 0 {
		replies = d.tr("%s, %s still open", replies, count(n.OpenReplies))
	}
	add(n.Failed, d.plural(n.Failed, "campaign FAILED", "campaigns FAILED"))
	add(n.Unknown, d.plural(n.Unknown, "batch of which nobody knows the outcome: 7 Outbox",
		"batches of which nobody knows the outcome: 7 Outbox"))
	add(n.PartlySent, d.plural(n.PartlySent, "campaign left only in part", "campaigns left only in part"))
	add(n.Paused, d.plural(n.Paused, "campaign was paused and waits", "campaigns were paused and wait"))
	add(n.Approvals, d.plural(n.Approvals, "campaign waits for approval", "campaigns wait for approval"))
	add(n.Replies, replies)
	add(n.Sent, d.plural(n.Sent, "campaign was sent", "campaigns were sent"))
	return lines
}

// notice is the greeting in a box. Any key closes it and does nothing else.
type notice struct {
	d *deck
	greeting
	offered bool // there is a draft to go on with
	scroll  int
}

func (n *notice) title() string {
	if n.news.Any() {
		return n.d.tr("Since you left (%s)", n.d.when(n.news.Since))
	}
	return n.d.tr("Welcome back")
}

func (n *notice) hint() string {
	if n.offered {
		return n.d.tr("N goes on with the draft   any other key closes this")
	}
	return n.d.tr("any key closes this")
}

func (n *notice) update(msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	switch by := scrollBy(key.String()); {
	case !ok:
		return nil, false
	case by != 0:
		n.scroll += by
		return nil, false
	case n.offered && command(key) == "N":
		return openForm(n.d, model.Campaign{}), true
	}
	return nil, true
}

func (n *notice) body(w, h int) []string {
	var lines []string
	for _, l := range n.greeting.lines(n.d) {
		lines = append(lines, wrap("· "+l, w)...)
	}
	if len(n.news.Troubled) > 0 {
		names := make([]string, len(n.news.Troubled))
		for i, name := range n.news.Troubled {
			names[i] = clip(name, 30)
		}
		for _, l := range wrap(n.d.tr("look at: %s", strings.Join(names, ", ")), max(8, w-2)) {
			lines = append(lines, "  "+n.d.style.paint(warn, l))
		}
	}
	if n.offered {
		name := cmp.Or(clip(n.draft.Fields["name"], 40), clip(n.draft.Fields["text"], 40))
		line := n.d.tr("your campaign of %s is half-written: N goes on with it", n.d.when(n.draft.At))
		if name != "" {
			line = n.d.tr("your campaign “%s” of %s is half-written: N goes on with it", name, n.d.when(n.draft.At))
		}
		lines = append(lines, wrap("· "+line, w)...)
	}
	return scrolled(n.d, lines, &n.scroll, max(1, h))
}
