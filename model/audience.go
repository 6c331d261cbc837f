package model

// Join adds an imported list of recipients. People the audience has already are counted as duplicates.
func (a Audience) Join(list Import) Audience {
	seen := make(map[string]bool, len(a.People)+len(list.Rows))
	for _, r := range a.People {
		seen[r.who()] = true
	}
	for _, row := range list.Rows {
		r := Recipient{Phone: row.Phone, Vars: row.Vars}
		if r.Phone == 0 {
			r.Contact = row.Contact
		}
		if seen[r.who()] {
			a.Duplicates++
			continue
		}
		seen[r.who()] = true
		a.People = append(a.People, r)
	}
	a.Total += int64(len(list.Rows) + len(list.Bad) + len(list.Duplicates))
	a.Duplicates += int64(len(list.Duplicates))
	a.Invalid += int64(len(list.Bad))
	a.BadRows = append(a.BadRows, list.Bad...)
	return a
}

// who identifies the person within one audience.
func (r Recipient) who() string {
	if r.Phone != 0 {
		return r.Phone.String()
	}
	return r.Contact
}
