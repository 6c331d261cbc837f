package model

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Personal reports whether the message differs from person to person: a text that is filled in, or
// a template whose variables come from the list.
func (p Plan) Personal() bool { return p.Campaign.Personal() || len(p.templateColumns()) > 0 }

// Example returns the text as the person at index i gets it, or the values of the template for that
// person; it is empty if all get the same.
func (p Plan) Example(i int) string {
	if i >= p.People.Len() {
		return ""
	}
	vars := p.People.At(i).Vars
	if columns := p.templateColumns(); len(columns) > 0 {
		var values []string
		for _, name := range columns {
			if value := cmp.Or(vars[name], p.Campaign.Options.Variables[name]); value != "" {
				values = append(values, name+" = "+value)
			}
		}
		return strings.Join(values, "; ")
	}
	if !p.Campaign.Personal() {
		return ""
	}
	parsed, err := ParseTemplate(p.Campaign.Message.Text)
	if err != nil {
		return ""
	}
	text, _ := parsed.Render(vars)
	return text
}

// templateColumns returns the columns of the list that are sent to the vendor for each person to
// fill in the template.
func (p Plan) templateColumns() []string {
	if p.Campaign.Message.Template == "" {
		return nil
	}
	found := map[string]bool{}
	for i := range min(p.People.Len(), lookedAt) {
		for name, value := range p.People.At(i).Vars {
			if value != "" && !slices.Contains(p.unsent, strings.TrimSpace(name)) {
				found[name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// templateLines says which template is used and what fills it in.
func (p Plan) templateLines(v PlanView) []Text {
	o := p.Campaign.Options
	words := []string{v.Account.templateTitle(p.Campaign.Message.Template)}
	for _, name := range slices.Sorted(maps.Keys(o.Variables)) {
		words = append(words, name+" = "+o.Variables[name])
	}
	all := []Text{Say("%s", ListedBy("; ", words))}
	if columns := p.templateColumns(); len(columns) > 0 {
		all = append(all, Say("from the list, for each person: %s", Listed(columns)))
	}
	return all
}

// classLine returns the class that the vendor will use.
func (caps Capabilities) classLine(c Campaign) Text {
	switch {
	case caps.NoClass:
		return Say("%s, as a note of yours: %s does not get it", c.Class, caps.Name)
	case c.Class == ClassTransactional && caps.takesAsTransactional(c):
		return Say("%s, as %s takes every text alone", c.Class, caps.Name)
	}
	return Say("%s", c.Class)
}

// SMSText returns the text of the SMS to people whom Viber does not reach, empty if there is none.
func (c Campaign) SMSText() string {
	if !c.Fallback.Enabled() {
		return ""
	}
	return cmp.Or(c.Fallback.Text, c.Message.Text)
}

// smsLines says who the SMS comes from, when it is sent, and its text.
func (p Plan) smsLines() []Text {
	c, f := p.Campaign, p.Campaign.Fallback
	first := Say("to those Viber does not reach")
	if f.After > 0 {
		first = Say("to those Viber does not reach within %s", spelled(f.After))
	}
	all := []Text{first}
	if f.Sender != "" {
		all = append(all, Say("from %s", cmp.Or(p.FallbackSender, f.Sender)))
	}
	parts := Counted(max(p.SMSParts, SMSParts(c.SMSText())), "part", "parts")
	if f.Text == "" && c.Personal() {
		return append(all, Say("at most %s, each charged: the text as each of them gets it", parts))
	}
	return append(all, Say("%s, each charged: %s", parts, c.SMSText()))
}
