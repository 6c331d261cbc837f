package model

import (
	"strings"
	"time"
)

// Zone returns a time zone by its name, in any case: Europe/Athens, europe/athens, utc. An empty
// name is UTC.
func Zone(name string) (*time.Location, error) {
	zone, err := time.LoadLocation(name)
	for _, spelled := range []string{strings.ToUpper(name), zoneSpelling(name)} {
		if err == nil {
			break
		}
		if other, found := time.LoadLocation(spelled); found == nil {
			zone, err = other, nil
		}
	}
	return zone, err
}

// checkZone checks the name of a time zone that a field of the configuration gives.
func checkZone(field, name string) error {
	if _, err := Zone(name); err != nil {
		return Invalid(field, "%q is not a time zone; write it like Europe/Minsk", name)
	}
	return nil
}

// zoneSpelling writes a zone's name as in the list of zones: each word with a capital except small
// words, abbreviations in capitals.
func zoneSpelling(name string) string {
	name = strings.ToLower(name)
	var b strings.Builder
	for name != "" {
		end := strings.IndexAny(name, "/_-+")
		word := name
		if end >= 0 {
			word = name[:end]
		}
		b.WriteString(zoneWord(word, b.Len() > 0))
		if end < 0 {
			break
		}
		b.WriteByte(name[end])
		name = name[end+1:]
	}
	return b.String()
}

func zoneWord(word string, inside bool) string {
	switch word {
	case "":
		return ""
	case "of", "es", "au":
		if inside {
			return word
		}
	case "utc", "gmt", "uct":
		return strings.ToUpper(word)
	case "mcmurdo":
		return "McMurdo"
	case "dumontdurville":
		return "DumontDUrville"
	}
	return strings.ToUpper(word[:1]) + word[1:]
}
