package model

// Audience gives an imported list as the audience of a campaign.
func (list Import) Audience() Audience {
	a := Audience{Total: int64(len(list.Rows) + len(list.Bad) + len(list.Duplicates)),
		Duplicates: int64(len(list.Duplicates)),
		Invalid:    int64(len(list.Bad)), BadRows: list.Bad, People: make([]Recipient, len(list.Rows)),
		Read: &list.ListFacts}
	for i, row := range list.Rows {
		a.People[i] = Recipient{Phone: row.Phone, Vars: row.Vars}
		if row.Phone == 0 {
			a.People[i].Contact = row.Contact
		}
	}
	return a
}

// Join adds an imported list of recipients, as With does.
func (a Audience) Join(list Import) Audience { return a.With(list.Audience()) }

// With adds the people of another audience. People this audience has already are counted as
// duplicates; neither audience is changed.
func (a Audience) With(b Audience) Audience {
	a.Total += b.Total
	a.Duplicates += b.Duplicates
	a.Invalid += b.Invalid
	a.BadRows = append(a.BadRows[:len(a.BadRows):len(a.BadRows)], b.BadRows...)
	if b.Read != nil {
		a.Read = b.Read
	}
	if len(a.People) == 0 {
		a.People = b.People
		return a
	}
	seen := make(map[string]bool, len(a.People))
	for _, r := range a.People {
		seen[r.who()] = true
	}
	people := make([]Recipient, len(a.People), len(a.People)+len(b.People))
	copy(people, a.People)
	for _, r := range b.People {
		if seen[r.who()] {
			a.Duplicates++
			continue
		}
		people = append(people, r)
	}
	a.People = people
	return a
}

// who identifies the person within one audience.
func (r Recipient) who() string {
	if r.Phone != 0 {
		return r.Phone.String()
	}
	return r.Contact
}
