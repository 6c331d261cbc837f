package model

import "unicode/utf8"

// Survey shows how people fill the placeholders of a message, before anything is checked or stored.
type Survey struct {
	Places []Place // each column the message uses, in order
	// Order holds the indices of the people, those who lack most first, otherwise in the order
	// given. It is nil for a message that is the same for all.
	Order []int32
	// Longest is the length of the longest finished text in characters, that of the person with
	// index LongestOf.
	Longest, LongestOf int
}

// Place is a column that a message uses.
type Place struct {
	Column      string
	Lacking     int64 // people without a value
	Fallback    string
	HasFallback bool // wherever the column occurs
}

// SurveyOf computes what each of the people would receive. It takes about a second for a million
// people. Errors are those of the templates.
func SurveyOf(m Message, people People) (Survey, error) {
	text, err := ParseTemplate(m.Text)
	if err != nil {
		return Survey{}, err
	}
	link, err := parseLink(m.Button.URL)
	if err != nil {
		return Survey{}, err
	}
	s := Survey{Places: placesOf(text, link)}
	if len(s.Places) == 0 {
		finished, _ := text.Render(nil)
		s.Longest = utf8.RuneCountInString(finished)
		return s, nil
	}
	lacks := make([]int, people.Len())
	starts := make([]int, len(s.Places)+2) // of the people who lack n, after those who lack more
	for i, r := range people.All() {
		for p := range s.Places {
			if columnValue(r.Vars, s.Places[p].Column) == "" {
				s.Places[p].Lacking++
				lacks[i]++
			}
		}
		starts[len(s.Places)-lacks[i]+1]++
		finished, _ := text.Render(r.Vars)
		if n := utf8.RuneCountInString(finished); n > s.Longest {
			s.Longest, s.LongestOf = n, i
		}
	}
	for i := 1; i < len(starts); i++ {
		starts[i] += starts[i-1]
	}
	s.Order = make([]int32, people.Len())
	for i, n := range lacks {
		at := &starts[len(s.Places)-n]
		s.Order[*at] = int32(i)
		*at++
	}
	return s, nil
}

// placesOf returns the columns of templates, each once.
func placesOf(templates ...Template) []Place {
	var places []Place
	at := map[string]int{}
	for _, t := range templates {
		for _, p := range t.parts {
			if p.column == "" {
				continue
			}
			key := columnKey(p.column)
			i, known := at[key]
			if !known {
				i = len(places)
				at[key] = i
				places = append(places, Place{Column: p.column, Fallback: p.fallback, HasFallback: true})
			}
			places[i].HasFallback = places[i].HasFallback && p.hasFallback
			if places[i].Fallback == "" {
				places[i].Fallback = p.fallback
			}
		}
	}
	return places
}

// Unfilled returns the first column that some people lack and that has no fallback, nil if the
// message can be finished for all.
func (s Survey) Unfilled() *Place {
	for i, p := range s.Places {
		if p.Lacking > 0 && !p.HasFallback {
			return &s.Places[i]
		}
	}
	return nil
}
