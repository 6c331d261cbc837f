package compose

import (
	"errors"
	"slices"
	"strings"

	"viberdeck/model"
)

// PhoneSet is the phones that a person typed or pasted.
type PhoneSet struct {
	Phones     []model.Phone
	contacts   []string // people identified by something other than a phone
	columns    columnsOf
	duplicates int64
	Bad        []model.BadRow
	Origin     string     // the filter from which they were frozen, and when; "" for typed ones
	file       peopleFile // the list from which they were read; no path: none
}

// total is the number of entries.
func (b PhoneSet) total() int64 {
	return int64(len(b.Phones)) + int64(len(b.contacts)) + b.duplicates + int64(len(b.Bad)) + b.file.audience.Total
}

// audience returns the set as the audience of a plan. It processes every phone, so it belongs in a
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

// fewPhones is how many phones are added by searching the existing ones for each.
const fewPhones = 8

// ReadPhones adds the phones in a text to the existing ones. They may be separated by lines,
// commas, semicolons, bars, tabs, or by spaces if the text between them is a phone by itself.
func ReadPhones(country string, have []model.Phone, text string) PhoneSet {
	b := PhoneSet{Phones: have}
	reader := model.NewPhoneReader(country)
	all := pieces(text, reader)
	known := func(p model.Phone) bool { return slices.Contains(b.Phones, p) }
	if len(all) > fewPhones { // searching all existing ones for each would take longer than indexing them
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
			reason := model.TextOf(err)
			if e, ok := errors.AsType[*model.Error](err); ok {
				reason = e.Text // without the field, which is always a phone
			}
			b.Bad = append(b.Bad, model.BadRow{Line: int(b.total()) + 1, Text: model.SanitiseLine(piece),
				Reason: reason})
		case known(p):
			b.duplicates++
		default:
			b.Phones = append(b.Phones, p)
		}
	}
	return b
}

// pieces splits a text between phones.
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

// joinPhones joins words that are a phone only together, as few as possible.
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

// with adds the phones of a text and leaves the original set unchanged.
func (b PhoneSet) with(text, country string) PhoneSet {
	all := ReadPhones(country, b.Phones, text)
	all.duplicates += b.duplicates
	all.Origin, all.file, all.contacts, all.columns = b.Origin, b.file, b.contacts, b.columns
	all.Bad = append(slices.Clip(b.Bad), all.Bad...)
	return all
}
