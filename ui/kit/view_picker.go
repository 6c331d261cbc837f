package kit

import (
	"cmp"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// viewPicker offers the saved views of a list: a number or Enter applies one, others save the
// present filter or delete.
type viewPicker struct {
	d        *Deck
	views    *views
	orders   []Order // of the list
	campaign model.CampaignID
	heading  string     // the list, in English
	present  model.View // the current filter, without a name
	apply    func(model.View) tea.Cmd
	at       int
}

// Title names the dialog.
func (p *viewPicker) Title() string {
	return p.d.Tr("Saved views: %s", p.d.Word("action", p.heading))
}

// Hint returns the key hints of the dialog.
func (p *viewPicker) Hint() string {
	if len(p.views.all()) == 0 {
		return p.d.Tr("s save the filter   Esc close")
	}
	return p.d.Tr("1–9 Enter apply   s save the filter   x delete   Esc close")
}

// Tick keeps the counts live.
func (p *viewPicker) Tick() tea.Cmd { return p.views.refresh(p.present.Filter, p.campaign) }

// Update handles a message and reports whether the dialog has ended.
func (p *viewPicker) Update(msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, false
	}
	all := p.views.all()
	p.at = max(0, min(p.at, len(all)-1))
	switch k := Command(key); k {
	case "esc", "q", "V":
		return nil, true
	case "up", "k", "shift+tab":
		p.at = max(0, p.at-1)
	case "down", "j", "tab":
		p.at = max(0, min(len(all)-1, p.at+1))
	case "home", "g":
		p.at = 0
	case "end", "G":
		p.at = max(0, len(all)-1)
	case "enter":
		if len(all) > 0 {
			return p.apply(all[p.at].View), true
		}
	case "s":
		return p.save()
	case "x", "delete":
		if len(all) > 0 {
			return p.remove(all[p.at]), false
		}
	default:
		if n, err := strconv.Atoi(k); err == nil && n >= 1 && n <= len(all) {
			return p.apply(all[n-1].View), true
		}
	}
	return nil, false
}

// save asks for a name for the current filter.
func (p *viewPicker) save() (tea.Cmd, bool) {
	d, v := p.d, p.present
	if v.Filter == "" && v.Sort == "" {
		return d.Say(d.Tr("no filter is in force: / writes one, s sorts")), false
	}
	d.Open(NewPrompt(d, d.Tr("Save the filter under a name"), d.Tr("a name of your own"), []string{p.describe(v)},
		func(name string) (tea.Cmd, error) {
			v.Name = strings.TrimSpace(model.SanitiseLine(name))
			if err := d.checkView(v); err != nil {
				return nil, err
			}
			d.Close(p)
			return d.saveView(v), nil
		}))
	return nil, false
}

// remove deletes one of the operator's own views after a yes.
func (p *viewPicker) remove(v savedView) tea.Cmd {
	d := p.d
	if v.shared {
		return d.Say(d.Tr("“%s” is for everybody: it is in the configuration and can be removed only there", v.Name))
	}
	d.Open(NewConfirm(d, d.Tr("Delete this view?"), []string{v.Name, p.describe(v.View)}, "", "",
		func() tea.Cmd { return d.deleteView(v.View) }))
	return nil
}

// describe says what a view shows: its filter and its order.
func (p *viewPicker) describe(v model.View) string {
	text := cmp.Or(p.views.shown(v.Filter), p.d.Tr("all"))
	if column, desc := model.ParseSort(v.Sort); column != "" {
		by, _ := orderOf(p.orders, column)
		text += " · " + p.d.sortedBy(by, desc)
	}
	return text
}

// Body draws the dialog within the given width and height.
func (p *viewPicker) Body(w, h int) []string {
	d, all := p.d, p.views.all()
	if len(all) == 0 {
		return term.Wrap(d.Tr("This list has no saved view. s saves the filter that is in force now: %s",
			p.describe(p.present)), w)
	}
	p.at = max(0, min(p.at, len(all)-1))
	about := term.Wrap(p.about(all[p.at]), w)
	rows := max(1, h-1-len(about))
	from := max(0, min(p.at-rows/2, len(all)-rows))
	const number, counted = 4, 9
	name := 0
	for _, v := range all {
		name = max(name, term.WidthOf(term.Clip(v.Name, max(8, w-number-counted-1))))
	}
	var lines []string
	for i := from; i < min(len(all), from+rows); i++ {
		v, mark, as := all[i], " ", term.Plain
		if i == p.at {
			mark, as = "▸", term.Chosen
		}
		key := " "
		if i < 9 {
			key = strconv.Itoa(i + 1)
		}
		line := d.Style.Paint(as, mark+" "+key+" "+term.Fit(term.Clip(v.Name, name), name)) + " " +
			term.FitRight(lang.Figure(p.views.counts[v.Filter]), counted)
		if room := w - term.WidthOf(line) - 2; room >= 12 {
			line += "  " + d.Style.Paint(term.Dim, term.Clip(p.describe(v.View), room))
		}
		lines = append(lines, line)
	}
	lines = append(lines, "")
	for _, l := range about {
		lines = append(lines, d.Style.Paint(term.Dim, l))
	}
	return lines[:min(len(lines), max(1, h))]
}

// about returns all details of one view: what it shows, how old its count is, and who owns it.
func (p *viewPicker) about(v savedView) string {
	words := []string{p.describe(v.View)}
	if !p.views.at.IsZero() {
		words = append(words, p.d.Tr("counted %s", p.d.Ago(p.views.at)))
	}
	if v.shared {
		words = append(words, p.d.Tr("for everybody, from the configuration"))
	}
	switch {
	case v.Waiting == nil:
	case v.Waiting.Duration == 0:
		words = append(words, p.d.Tr("no reply is marked with !"))
	default:
		words = append(words, p.d.Tr("replies are marked with ! after %s", p.d.Words(v.Waiting.Duration)))
	}
	return strings.Join(words, " · ")
}
