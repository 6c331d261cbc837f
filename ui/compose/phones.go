package compose

import (
	"slices"
	"strings"

	"viberdeck/model"
)

// PhoneSet is phones as a person typed or pasted them.
type PhoneSet struct {
	Phones     []model.Phone
	contacts   []string // of people who are not known by a phone
	columns    columnsOf
	duplicates int64
	Bad        []model.BadRow
	Origin     string     // the filter they were frozen from, and when; "" for typed ones
	file       peopleFile // the list they were read from; no path: none
}

// total is how many entries were given.
func (b PhoneSet) total() int64 {
	return int64(len(b.Phones)) + int64(len(b.contacts)) + b.duplicates + int64(len(b.Bad)) + b.file.audience.Total
}

// audience gives the bag as what a plan is made of. It looks at every phone, so it belongs into a
// command.
func (b PhoneSet) audience() model.Audience {
	a := model.Audience{Total: b.total() - b.file.audience.Total, Duplicates: b.duplicates, Invalid: int64(len(b.Bad)),
		BadRows: b.Bad}
	var people []model.Recipient
	for _, p := range b.Phones {
		people = append(people, model.Recipient{Phone: p, Vars: b.columns[p.String()]})
	}
	for _, c := range b.contacts {
		people = append(people, model.Recipient{Contact: c, Vars: b.columns[c]})
	}
	a.People = model.PeopleOf(people...)
	return a.With(b.file.audience)
}

// fewPhones are added by looking for each among those that are there.
const fewPhones = 8

// ReadPhones adds the phones of a text to those that are there. They may be separated by anything:
// lines, commas, semicolons, bars, tabs, or spaces where what stands between them is a phone by
// itself.
func ReadPhones(country string, have []model.Phone, text string) PhoneSet {
	b := PhoneSet{Phones: have}
	reader := model.NewPhoneReader(country)
	all := pieces(text, reader)
	known := func(p model.Phone) bool { return slices.Contains(b.Phones, p) }
	if len(all) > fewPhones { // to look through all that are there once for each would take longer than to note them
		seen := make(map[model.Phone]bool, len(have)+len(all))
		for _, p := range have {
			seen[p] = true
		}
		known = func(p model.Phone) bool {
			was := seen[p]
			seen[p] = true
			return was
		}
	}
	for _, piece := range all {
		p, _, err := reader.Read(piece)
		switch {
		case err != nil:
			b.Bad = append(b.Bad, model.BadRow{Line: int(b.total()) + 1, Text: model.SanitiseLine(piece),
				Reason: model.TextOf(err)})
		case known(p):
			b.duplicates++
		default:
			b.Phones = append(b.Phones, p)
		}
	}
	return b
}

// pieces cuts a text where one phone ends and another begins.
func pieces(text string, reader model.PhoneReader) []string {
	var all []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("\n\r\t,;|\"", r) }) {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		if _, _, err := reader.Read(part); err == nil {
			all = append(all, part)
			continue
		}
		words := strings.Fields(strings.ReplaceAll(part, "+", " +"))
		all = append(all, joinPhones(words, reader)...)
	}
	return all
}

// joinPhones puts words together that make a phone only together, the fewest first.
func joinPhones(words []string, reader model.PhoneReader) []string {
	const most = 7 // +375 (29) 111 11 11 and the like
	var all []string
	for len(words) > 0 {
		n := 1
		for k := 1; k <= min(most, len(words)); k++ {
			if k > 1 && strings.HasPrefix(words[k-1], "+") {
				break
			}
			if _, _, err := reader.Read(strings.Join(words[:k], " ")); err == nil {
				n = k
				break
			}
		}
		all = append(all, strings.Join(words[:n], " "))
		words = words[n:]
	}
	return slices.Clip(all)
}

// with adds the phones of a text. The bag it is called on stays as it was.
func (b PhoneSet) with(text, country string) PhoneSet {
	all := ReadPhones(country, b.Phones, text)
	all.duplicates += b.duplicates
	all.Origin, all.file, all.contacts, all.columns = b.Origin, b.file, b.contacts, b.columns
	all.Bad = append(slices.Clip(b.Bad), all.Bad...)
	return all
}
