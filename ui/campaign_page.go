package ui

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// The parts of an open campaign.
const (
	paneRecipients = iota
	paneStatistics
	paneMessage
	paneActivity
	panes
)

// campaignPage is one open campaign: its recipients, statistics, message and activity, one at a
// time.
type campaignPage struct {
	d          *deck
	campaign   model.Campaign
	pane       int
	people     *recipients
	figures    *figures
	activities []model.Activity
	whole      slot
	log        slot
	scroll     int
	scrolling  []binding
}

func newCampaignPage(d *deck, f *focus, c model.Campaign) *campaignPage {
	p := &campaignPage{d: d, campaign: c, people: newRecipients(d, f), figures: newFigures(d)}
	p.people.campaign, p.people.order = c.ID, ""
	p.scrolling = scrollKeys(&p.scroll)
	return p
}

// keys are those of the part in front.
func (p *campaignPage) keys() [][]binding {
	if p.pane == paneRecipients {
		return p.people.keys()
	}
	return [][]binding{p.scrolling}
}

// turn brings another part to the front.
func (p *campaignPage) turn(by int) tea.Cmd {
	p.pane, p.scroll = (p.pane+panes+by)%panes, 0
	return p.show()
}

func (p *campaignPage) show() tea.Cmd {
	store, id := p.d.Store, p.campaign.ID
	reread := ask(p.d, &p.whole, func(ctx context.Context) (model.Campaign, error) { return store.Campaign(ctx, id) },
		func(c model.Campaign, err error) tea.Cmd {
			if err != nil {
				return p.d.fail(err)
			}
			p.campaign = c
			return nil
		})
	switch p.pane {
	case paneRecipients:
		return tea.Batch(reread, p.people.listScreen.show())
	case paneStatistics:
		return tea.Batch(reread, p.figures.about(p.campaign))
	case paneActivity:
		return tea.Batch(reread, ask(p.d, &p.log,
			func(ctx context.Context) ([]model.Activity, error) { return store.Activities(ctx, id, 200) },
			func(all []model.Activity, err error) tea.Cmd {
				if err != nil {
					return p.d.fail(err)
				}
				p.activities = all
				return nil
			}))
	}
	return reread
}

func (p *campaignPage) changed(topics []model.Topic) tea.Cmd {
	for _, t := range topics {
		if t == model.TopicCampaigns || t == model.TopicRecipients || t == model.TopicOutbox {
			return p.show()
		}
	}
	return nil
}

func (p *campaignPage) typing() bool              { return p.pane == paneRecipients && p.people.typing() }
func (p *campaignPage) typed(msg tea.Msg) tea.Cmd { return p.people.typed(msg) }

func (p *campaignPage) back() (tea.Cmd, bool) {
	if p.pane == paneRecipients {
		return p.people.list.back()
	}
	return nil, false
}

func (p *campaignPage) freshness() freshness {
	switch p.pane {
	case paneRecipients:
		return p.people.freshness()
	case paneStatistics:
		return p.figures.freshness()
	}
	return freshness{at: p.campaign.AsOf}
}

// tabs names the campaign and its parts; where room is scarce only the part in front.
func (p *campaignPage) tabs(w int) string {
	line := " " + p.d.style.paint(strong, clip(p.campaign.Title(), max(8, w/3))) + " "
	for i, n := range []string{p.d.tr("Recipients"), p.d.tr("Statistics"), p.d.tr("Message"), p.d.tr("Activity")} {
		switch {
		case i == p.pane && w < 64:
			line += p.d.style.paint(accent, fmt.Sprintf("[%s]", n)) +
				p.d.style.paint(dim, fmt.Sprintf(" %d/%d", i+1, panes))
		case i == p.pane:
			line += p.d.style.paint(accent, "["+n+"]")
		case w >= 64:
			line += p.d.style.paint(dim, " "+n+" ")
		}
	}
	return line
}

func (p *campaignPage) view(w, h int) []string {
	line := p.tabs(w)
	if h < 3 {
		return []string{line}
	}
	if p.pane == paneRecipients {
		return append([]string{line}, p.people.view(w, h-1)...)
	}
	var body []string
	switch p.pane {
	case paneStatistics:
		body = p.figures.lines(w-2, h-1)
	case paneMessage:
		body = messageLines(p.d, p.campaign, w-2)
	case paneActivity:
		body = activityLines(p.d, p.activities, w-2)
	}
	p.scroll = max(0, min(p.scroll, len(body)-h+1))
	return append([]string{line}, indent(body[p.scroll:], " ")...)
}

// messageLines show what people receive, and with which options.
func messageLines(d *deck, c model.Campaign, w int) []string {
	var lines []string
	part := func(label, text string) {
		for i, l := range wrap(d.discreet(text), max(1, w-13)) {
			if i > 0 {
				label = ""
			}
			lines = append(lines, d.style.paint(dim, fit(label, 12))+" "+l)
		}
	}
	optional := func(label, text string) {
		if text != "" {
			part(label, text)
		}
	}
	part(d.word("part", "account"), c.Account+" ("+string(c.Vendor)+")")
	id := c.ID.String()
	if c.VendorID != "" {
		id = d.tr("%s, at the vendor %s", id, c.VendorID)
	}
	part(d.word("part", "id"), id)
	state := d.word("state", string(c.State))
	if c.VendorState != "" {
		state = d.tr("%s (the vendor says %s)", state, c.VendorState)
	}
	part(d.word("part", "state"), state)
	optional(d.word("part", "stopped"), d.text(c.PauseCause))
	part(d.word("part", "sender"), strings.Join(nonEmpty(cmp.Or(c.SenderName, "—"), c.Sender), " · "))
	part(d.word("part", "kind"), strings.Join(nonEmpty(cmp.Or(d.word("kind", string(c.Kind())), "—"),
		d.word("class", string(c.Class))), " · "))
	part(d.word("part", "send at"), cmp.Or(d.when(c.SendAt), "—"))
	if c.Lifetime > 0 {
		part(d.word("part", "lifetime"), d.span(c.Lifetime))
	}
	if c.Stretch > 0 {
		part(d.word("part", "stretch"), d.span(c.Stretch))
	}
	part(d.word("part", "cost"), d.price(c.Cost))
	lines = append(lines, "")
	part(d.word("part", "text"), cmp.Or(c.Message.Text, "—"))
	optional(d.word("part", "image"), c.Message.ImageURL)
	if b := c.Message.Button; b.Caption != "" || b.URL != "" {
		part(d.word("part", "button"), "["+b.Caption+"] "+b.URL)
	}
	optional(d.word("part", "file"), strings.Join(nonEmpty(c.Message.File.Name, c.Message.File.URL), " "))
	optional(d.word("part", "video"), c.Message.Video.URL)
	optional(d.word("part", "template"), c.Message.Template)
	if c.Fallback.Enabled() {
		part(d.word("part", "SMS fallback"), d.tr("%s (from %s, after %s)", cmp.Or(c.Fallback.Text, c.Message.Text),
			cmp.Or(c.Fallback.Sender, "—"), d.span(c.Fallback.After)))
	}
	return lines
}

// activityLines say who did what, newest first as they were read.
func activityLines(d *deck, all []model.Activity, w int) []string {
	if len(all) == 0 {
		return append([]string{""}, wrap(d.tr("Nothing was done to this campaign from here."), w)...)
	}
	times := 0
	for _, a := range all {
		times = max(times, widthOf(d.when(a.At))+1)
	}
	var lines []string
	for _, a := range all {
		at := d.when(a.At)
		for _, l := range wrap(d.discreet(strings.Join(nonEmpty(cmp.Or(a.Operator, d.tr("the program")),
			d.word("activity", a.Action), d.text(a.Detail)), " ")), max(1, w-times-1)) {
			lines = append(lines, d.style.paint(dim, fit(at, times))+" "+l)
			at = ""
		}
	}
	return lines
}
