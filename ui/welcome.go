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
	"viberdeck/ui/compose"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// awhile is how long the operator must have been away for the news to be shown.
const awhile = time.Minute

// greeting is the content of the first dialog: what happened in the meantime, and unfinished text.
type greeting struct {
	news    model.News
	senders []model.Sender // those whose state changed
	draft   compose.Draft
}

// sendersName is the name under which Keep stores the state that each sender had when the operator
// last saw it.
const sendersName = "senders"

// readSenderNews returns the senders that were approved or rejected since the operator's last
// session began, and stores their current states. In the first session nothing is news.
func readSenderNews(ctx context.Context, store kit.Store, operator string) ([]model.Sender, error) {
	page, err := model.SenderRows().Read(ctx, store, model.PageRequest{Limit: 1000})
	if err != nil {
		return nil, err
	}
	text, _, err := store.Setting(ctx, operator, sendersName)
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
	return changed, store.SaveSetting(ctx, operator, sendersName, string(kept))
}

// senderLines name the senders whose state changed, with the moderator's words.
func senderLines(d *kit.Deck, changed []model.Sender) []string {
	var lines []string
	for _, s := range changed {
		name, comment := term.Clip(cmp.Or(s.Name, s.ID), 30), term.Clip(s.Comment, 100)
		line := d.Tr("sender %s (%s) is approved now", name, s.Account)
		if s.State == model.SenderRejected {
			line = d.Tr("sender %s (%s) is rejected now", name, s.Account)
		}
		if comment != "" {
			line += ": " + comment
		}
		lines = append(lines, line)
	}
	return lines
}

// welcome says what happened since the operator was last here, and offers the unfinished draft. It
// shows nothing to operators who are here for the first time or were away only briefly.
func (r *Root) welcome(seen time.Time) tea.Cmd {
	d := r.d
	r.lastHere = seen
	store, operator, now, patience := d.Store, d.Operator, d.Now, d.Patience
	return kit.Ask(d, new(kit.Slot), func(ctx context.Context) (greeting, error) {
		var g greeting
		var err error
		if g.draft, err = compose.ReadDraft(ctx, store, operator); err != nil {
			return g, err
		}
		if g.senders, err = readSenderNews(ctx, store, operator); err != nil || seen.IsZero() ||
			now.Sub(seen) < awhile {
			return g, err
		}
		g.news, err = store.News(ctx, operator, seen, patience)
		return g, err
	}, func(g greeting, err error) tea.Cmd {
		offered := len(g.draft.Fields) > 0 && !d.NothingLeaves()
		switch {
		case err != nil:
			return nil // the list in front reports the problem with the cache
		case len(g.lines(d)) == 0 && !offered:
			return nil
		case d.Touched(): // operators who are already working are not interrupted
			if len(g.lines(d)) == 0 {
				return d.Say(d.Tr("your unfinished campaign is kept: N in Campaigns continues it"))
			}
			return d.Say(strings.Join(g.lines(d), "; "))
		}
		d.OpenUnasked(&welcomeBox{d: d, greeting: g, offered: offered})
		return nil
	})
}

// lines returns all news.
func (g greeting) lines(d *kit.Deck) []string {
	return append(newsLines(d, g.news), senderLines(d, g.senders)...)
}

// newsLines returns what happened, one sentence each.
func newsLines(d *kit.Deck, n model.News) []string {
	var lines []string
	add := func(n int64, line string) {
		if n > 0 {
			lines = append(lines, line)
		}
	}
	replies := d.Plural(n.Replies, "reply arrived", "replies arrived")
	if n.OpenReplies > 0 {
		replies = d.Tr("%s, %s still open", replies, lang.Count(n.OpenReplies))
	}
	add(n.Failed, d.Plural(n.Failed, "campaign FAILED", "campaigns FAILED"))
	add(n.Unknown, d.Plural(n.Unknown, "batch with an unknown outcome: 7 Outbox",
		"batches with an unknown outcome: 7 Outbox"))
	add(n.PartlySent, d.Plural(n.PartlySent, "campaign left only in part", "campaigns left only in part"))
	add(n.Paused, d.Plural(n.Paused, "campaign was paused and waits", "campaigns were paused and wait"))
	add(n.Approvals, d.Plural(n.Approvals, "campaign waits for approval", "campaigns wait for approval"))
	add(n.Replies, replies)
	for _, w := range n.Deeds {
		add(w.All(), deedsLine(d, w))
	}
	add(n.Late, d.Plural(n.Late, "reply is late", "replies are late"))
	add(n.Sent, d.Plural(n.Sent, "campaign was sent", "campaigns were sent"))
	return lines
}

// deedsLine says what a colleague did with replies: "boris: answered 2, done 5".
func deedsLine(d *kit.Deck, w model.Deeds) string {
	var parts []string
	add := func(n int64, part string) {
		if n > 0 {
			parts = append(parts, part)
		}
	}
	add(w.Answered, d.Tr("answered %s", lang.Count(w.Answered)))
	add(w.Blocked, d.Tr("blocked %s", lang.Count(w.Blocked)))
	add(w.Done, d.Tr("done %s", lang.Count(w.Done)))
	add(w.Claimed, d.Tr("claimed %s", lang.Count(w.Claimed)))
	return d.Tr("%s on the replies: %s", w.Operator, strings.Join(parts, ", "))
}

// welcomeBox is the greeting in a box. Any key closes it and does nothing else.
type welcomeBox struct {
	d *kit.Deck
	greeting
	offered bool // there is a draft to continue
	pager   kit.Pager
}

// Title names the dialog.
func (n *welcomeBox) Title() string {
	if n.news.Any() {
		return n.d.Tr("Since you left (%s)", n.d.When(n.news.Since))
	}
	return n.d.Tr("Welcome back")
}

// Hint returns the key hints of the dialog.
func (n *welcomeBox) Hint() string {
	if n.offered {
		return n.d.Tr("N continues the draft   any other key closes this")
	}
	return n.d.Tr("any key closes this")
}

// Update handles a message and reports whether the dialog has ended.
func (n *welcomeBox) Update(msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok, n.pager.Scroll(key):
		return nil, false
	case n.offered && kit.Command(key) == "N":
		return compose.OpenForm(n.d, model.Campaign{}), true
	}
	return nil, true
}

// Body draws the dialog within the given width and height.
func (n *welcomeBox) Body(w, h int) []string {
	var lines []string
	for _, l := range n.greeting.lines(n.d) {
		lines = append(lines, term.Wrap("· "+l, w)...)
	}
	if len(n.news.Troubled) > 0 {
		names := make([]string, len(n.news.Troubled))
		for i, name := range n.news.Troubled {
			names[i] = term.Clip(name, 30)
		}
		lines = append(lines, term.Indent(n.d.Style.PaintWrapped(term.Warn,
			n.d.Tr("look at: %s", strings.Join(names, ", ")), max(8, w-2)), "  ")...)
	}
	if n.offered {
		name := cmp.Or(term.Clip(n.draft.Fields["name"], 40), term.Clip(n.draft.Fields["text"], 40))
		line := n.d.Tr("your campaign of %s is unfinished: N continues it", n.d.When(n.draft.At))
		if name != "" {
			line = n.d.Tr("your campaign “%s” of %s is unfinished: N continues it", name, n.d.When(n.draft.At))
		}
		lines = append(lines, term.Wrap("· "+line, w)...)
	}
	return n.pager.Visible(n.d, lines, h)
}
