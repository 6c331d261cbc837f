package campaigns

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/compose"
	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

// The parts of an open campaign.
const (
	paneRecipients = iota
	paneStatistics
	PaneMessage
	paneActivity
	panes
)

// CampaignPage is one open campaign: its recipients, statistics, message and activity, one at a
// time.
type CampaignPage struct {
	d          *kit.Deck
	campaign   model.Campaign
	Pane       int
	people     *Recipients
	figures    *figures
	activities []model.Activity
	whole      kit.Slot
	log        kit.Slot
	pager      kit.Pager
}

// NewCampaignPage makes the page of one campaign.
func NewCampaignPage(d *kit.Deck, f *Focus, c model.Campaign) *CampaignPage {
	p := &CampaignPage{d: d, campaign: c, people: NewRecipients(d, f), figures: newFigures(d)}
	p.people.Campaign, p.people.Natural = c.ID, ""
	return p
}

// keys are the keys of the part in front.
func (p *CampaignPage) keys() [][]kit.Binding {
	if p.Pane == paneRecipients {
		return p.people.Keys()
	}
	return [][]kit.Binding{p.pager.Keys(), {compose.NewKey(p.d, "new")}}
}

// turn switches to another part.
func (p *CampaignPage) turn(by int) tea.Cmd {
	p.Pane, p.pager.Top = (p.Pane+panes+by)%panes, 0
	return p.show()
}

func (p *CampaignPage) show() tea.Cmd {
	store, id := p.d.Store, p.campaign.ID
	reread := kit.Ask(p.d, &p.whole, func(ctx context.Context) (model.Campaign, error) {
		return store.Campaign(ctx, id)
	},
		func(c model.Campaign, err error) tea.Cmd {
			if err != nil {
				return p.d.Fail(err)
			}
			p.campaign = c
			return nil
		})
	switch p.Pane {
	case paneRecipients:
		return tea.Batch(reread, p.people.ListScreen.Show())
	case paneStatistics:
		return tea.Batch(reread, p.figures.about(p.campaign))
	case paneActivity:
		return tea.Batch(reread, kit.Ask(p.d, &p.log,
			func(ctx context.Context) ([]model.Activity, error) { return store.Activities(ctx, id, 200) },
			func(all []model.Activity, err error) tea.Cmd {
				if err != nil {
					return p.d.Fail(err)
				}
				p.activities = all
				return nil
			}))
	}
	return reread
}

func (p *CampaignPage) changed(topics []model.Topic) tea.Cmd {
	for _, t := range topics {
		if t == model.TopicCampaigns || t == model.TopicRecipients || t == model.TopicOutbox {
			return p.show()
		}
	}
	return nil
}

func (p *CampaignPage) typing() bool              { return p.Pane == paneRecipients && p.people.Typing() }
func (p *CampaignPage) typed(msg tea.Msg) tea.Cmd { return p.people.Typed(msg) }

func (p *CampaignPage) back() (tea.Cmd, bool) {
	if p.Pane == paneRecipients {
		return p.people.List.Back()
	}
	return nil, false
}

func (p *CampaignPage) freshness() kit.Freshness {
	switch p.Pane {
	case paneRecipients:
		return p.people.Freshness()
	case paneStatistics:
		return p.figures.freshness()
	}
	return kit.Freshness{At: p.campaign.AsOf}
}

// tabs names the campaign and its parts; for lack of room only the part in front.
func (p *CampaignPage) tabs(w int) string {
	line := " " + p.d.Style.Paint(term.Strong, term.Clip(p.campaign.Title(), max(8, w/3))) + " "
	for i, n := range []string{p.d.Tr("Recipients"), p.d.Tr("Statistics"), p.d.Tr("Message"), p.d.Tr("Activity")} {
		switch {
		case i == p.Pane && w < 64:
			line += p.d.Style.Paint(term.Accent, fmt.Sprintf("[%s]", n)) +
				p.d.Style.Paint(term.Dim, fmt.Sprintf(" %d/%d", i+1, panes))
		case i == p.Pane:
			line += p.d.Style.Paint(term.Accent, "["+n+"]")
		case w >= 64:
			line += p.d.Style.Paint(term.Dim, " "+n+" ")
		}
	}
	return line
}

func (p *CampaignPage) view(w, h int) []string {
	line := p.tabs(w)
	if h < 3 {
		return []string{line}
	}
	if p.Pane == paneRecipients {
		return append([]string{line}, p.people.View(w, h-1)...)
	}
	var body []string
	switch p.Pane {
	case paneStatistics:
		body = p.figures.lines(w-2, h-1)
	case PaneMessage:
		body = messageLines(p.d, p.campaign, w-2)
	case paneActivity:
		body = ActivityLines(p.d, p.activities, w-2)
	}
	return append([]string{line}, term.Indent(p.pager.Visible(p.d, body, h-1), " ")...)
}

// messageLines show what people receive, and with which options.
func messageLines(d *kit.Deck, c model.Campaign, w int) []string {
	var lines []string
	part := func(label, text string) {
		for i, l := range term.Wrap(d.Discreet(text), max(1, w-13)) {
			if i > 0 {
				label = ""
			}
			lines = append(lines, d.Style.Paint(term.Dim, term.Fit(label, 12))+" "+l)
		}
	}
	optional := func(label, text string) {
		if text != "" {
			part(label, text)
		}
	}
	part(d.Word("part", "account"), c.Account+" ("+d.VendorName(c.Vendor)+")")
	id := c.ID.String()
	if c.VendorID != "" {
		id = d.Tr("%s, at the vendor %s", id, c.VendorID)
	}
	part(d.Word("part", "id"), id)
	state := d.Word("state", string(c.State))
	if c.VendorState != "" && !strings.EqualFold(c.VendorState, string(c.State)) {
		state = d.Tr("%s (the vendor says %s)", state, c.VendorState)
	}
	part(d.Word("part", "state"), state)
	optional(d.Word("part", "stopped"), d.Text(c.PauseCause))
	part(d.Word("part", "sender"), strings.Join(term.NonEmpty(cmp.Or(c.SenderName, "—"), c.Sender), " · "))
	part(d.Word("part", "kind"), strings.Join(term.NonEmpty(cmp.Or(d.Word("kind", string(c.Kind())), "—"),
		d.Word("class", string(c.Class))), " · "))
	part(d.Word("part", "send at"), cmp.Or(d.When(c.SendAt), "—"))
	if c.Lifetime > 0 {
		part(d.Word("part", "lifetime"), d.Span(c.Lifetime))
	}
	if c.Stretch > 0 {
		part(d.Word("part", "stretch"), d.Span(c.Stretch))
	}
	part(d.Word("part", "cost"), d.Price(c.Cost))
	lines = append(lines, "")
	part(d.Word("part", "text"), cmp.Or(c.Message.Text, "—"))
	optional(d.Word("part", "image"), c.Message.ImageURL)
	if b := c.Message.Button; b.Caption != "" || b.URL != "" {
		part(d.Word("part", "button"), "["+b.Caption+"] "+b.URL)
	}
	optional(d.Word("part", "template"), c.Message.Template)
	for _, x := range c.Details() {
		part(compose.DetailName(d, x.Name), d.Text(x.Words()))
	}
	optional(d.Word("part", "list"), c.List)
	for _, x := range c.Facts {
		part(factName(d, x.Name), x.Value)
	}
	if c.Fallback.Enabled() {
		part(d.Word("part", "SMS fallback"), d.Tr("%s (from %s, after %s)", cmp.Or(c.Fallback.Text, c.Message.Text),
			cmp.Or(c.Fallback.Sender, "—"), d.Span(c.Fallback.After)))
	}
	return lines
}

// factName names a piece of the vendor's information about its campaign.
func factName(d *kit.Deck, name model.ReportedFactName) string {
	switch name {
	case model.FactState:
		return d.Word("told", "state there")
	case model.FactMessages:
		return d.Word("told", "messages")
	case model.FactRecipients:
		return d.Word("told", "recipients")
	case model.FactCountries:
		return d.Word("told", "countries")
	case model.FactGroups:
		return d.Word("told", "groups")
	case model.FactInGroups:
		return d.Word("told", "in groups")
	case model.FactCharacters:
		return d.Word("told", "characters")
	case model.FactSMSState:
		return d.Word("told", "SMS state")
	case model.FactLists:
		return d.Word("told", "lists there")
	}
	return string(name)
}

// ActivityLines say who did what, in the order they were read, newest first.
func ActivityLines(d *kit.Deck, all []model.Activity, w int) []string {
	if len(all) == 0 {
		return append([]string{""}, term.Wrap(d.Tr("Nothing was done to this campaign from here."), w)...)
	}
	times := 0
	for _, a := range all {
		times = max(times, term.WidthOf(d.When(a.At))+1)
	}
	var lines []string
	for _, a := range all {
		at := d.When(a.At)
		for _, l := range term.Wrap(d.Discreet(strings.Join(term.NonEmpty(cmp.Or(a.Operator, d.Tr("the program")),
			d.Word("activity", a.Action), d.Text(a.Detail)), " ")), max(1, w-times-1)) {
			lines = append(lines, d.Style.Paint(term.Dim, term.Fit(at, times))+" "+l)
			at = ""
		}
	}
	return lines
}
