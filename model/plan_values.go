package model

// personalCheck returns the check of one person's finished text and button address. If all receive
// the same, or the vendor fills in the text, there is nothing left to check.
func personalCheck(c Campaign, caps Capabilities, people People) (func(Recipient, *missingValues) error, error) {
	l := caps.Limits
	if !c.Personal() || caps.fills(c, people) {
		return func(Recipient, *missingValues) error { return nil }, nil
	}
	text, err := ParseTemplate(c.Message.Text)
	if err != nil {
		return nil, err
	}
	link, err := parseLink(c.Message.Button.URL)
	if err != nil {
		return nil, err
	}
	columns := text.Columns()
	bySMS := c.Fallback.Enabled() && c.Fallback.Text == "" // the text of the message
	return func(r Recipient, lacking *missingValues) error {
		finished, missing := text.Render(r.Vars)
		if bySMS {
			lacking.smsParts = max(lacking.smsParts, SMSParts(finished))
		}
		for _, column := range columns {
			if columnValue(r.Vars, column) == "" {
				lacking.empty[column]++
			}
		}
		lacking.add("text", r, missing)
		if err := checkText(finished, l); err != nil {
			return Errorf("the text for %s: %w", r.who(), err)
		}
		if link.Plain() {
			return nil
		}
		address, missing := link.Render(r.Vars)
		if lacking.add("button.url", r, missing); len(missing) > 0 {
			return nil // an address with a missing value is not checked
		}
		if err := checkAddress("button.url", address, l.LinkMax, false); err != nil {
			return Errorf("the button for %s: %w", r.who(), err)
		}
		return nil
	}, nil
}

// missingValues counts the people whose row leaves a column empty that has no fallback.
type missingValues struct {
	field, column string // the first column found
	first         string // the first person who lacks it
	people        map[string]int64
	empty         map[string]int64 // people without a value, by column of the text, with a fallback or not
	smsParts      int              // of the longest text that may go as an SMS
}

// FallbackUse is how many people get the fallback of a column, because their rows leave it empty.
type FallbackUse struct {
	Column   string `json:"column"`
	Fallback string `json:"fallback"`
	People   int64  `json:"people"`
}

// fallbacks returns what is in the text for people without a value.
func (l *missingValues) fallbacks(text string) []FallbackUse {
	t, err := ParseTemplate(text)
	if err != nil {
		return nil
	}
	var all []FallbackUse
	fallbacks := t.Fallbacks()
	for _, column := range t.Columns() {
		if n := l.empty[column]; n > 0 {
			all = append(all, FallbackUse{column, fallbacks[column], n})
		}
	}
	return all
}

// fallbackFacts says how many people get which fallback: if all do, the column may have another
// name in the list.
func (p Plan) fallbackFacts() []PlanFact {
	var all []PlanFact
	for _, f := range p.Fallbacks {
		fact := PlanFact{Text: Say("%s “%s” for {{%s}}", Counted(f.People, "person gets", "people get"), f.Fallback,
			f.Column)}
		if p.Recipients.Known && f.People == p.Recipients.N {
			fact = PlanFact{Text: Say("nobody has a value for {{%s}}: all get “%s”", f.Column, f.Fallback), Warns: true}
		}
		all = append(all, fact)
	}
	if len(all) > 0 {
		all[0].Label = Word{"confirm", "fallback"}
	}
	return all
}

func (l *missingValues) add(field string, r Recipient, columns []string) {
	for _, column := range columns {
		if l.column == "" {
			l.field, l.column, l.first = field, column, r.who()
		}
		l.people[columnKey(column)]++
	}
}

// err names the first column and how many people lack it; it is nil if nothing is missing.
func (l *missingValues) err() error {
	if l.column == "" {
		return nil
	}
	if n := l.people[columnKey(l.column)]; n > 1 {
		return Invalid(l.field,
			"%s {{%[2]s}}, %[3]s the first, and there is no fallback; write {{%[2]s|fallback}} or fix the file",
			Counted(n, "person has no value for", "people have no value for"), l.column, l.first)
	}
	return Invalid(l.field,
		"%s has no value for {{%[2]s}} and there is no fallback; write {{%[2]s|fallback}} or fix the file", l.first,
		l.column)
}
