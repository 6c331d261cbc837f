package model

import (
	"slices"
	"strings"
)

// FilterHelp is a row of the filter language reference: what to write and what it finds. The
// screens, the manual page and the documents all show these rows.
type FilterHelp struct {
	Write string
	Help  string // a sentence that the screens translate
}

// FilterReference is the filter language in rows.
func FilterReference() []FilterHelp {
	return []FilterHelp{
		{Write: "sale autumn", Help: "rows with both words, in any spelling of case and ё"},
		{Write: `"20 % off"`, Help: "these words one after the other"},
		{Write: "-word  -field:value", Help: "not this"},
		{Write: "field:a,b", Help: "one of several values; everything else in a filter must hold together"},
		{Write: "account:minsk", Help: "through this account"},
		{Write: "vendor:smsby", Help: "at this vendor, as the configuration names it"},
		{Write: "campaign:autumn", Help: "of campaigns with this in their name"},
		{Write: "status:failed,expired", Help: "recipients by delivery status"},
		{Write: "state:paused", Help: "campaigns, batches and replies by state"},
		{Write: "is:open", Help: "by a property: open snoozed done unread read optout claimed unclaimed mine blocked " +
			"final unknown archived"},
		{Write: "phone:+375291234567", Help: "this phone, in any spelling; phone:+37529 finds all that begin so"},
		{Write: "from:+375291234567", Help: "replies from this phone"},
		{Write: "sender:brand", Help: "sent in this name"},
		{Write: "label:delivery", Help: "replies with this label"},
		{Write: "reason:money", Help: "with this in the reason"},
		{Write: "text:price", Help: "with this in the text"},
		{Write: "before:2d  after:2026-11-01",
			Help: "by time: 2d, 3h, 30m, 1w, today, yesterday, a date, or a date and time"},
		{Write: "done:today", Help: "replies that were done at this time or later"},
	}
}

// CompleteFilter completes the last word of a filter: a field, or a value of a field that takes
// only certain words or one of the accounts, in English or in Russian. It returns whole filters,
// none if nothing fits.
func CompleteFilter(typed string, accounts ...Account) []string {
	at := strings.LastIndexByte(typed, ' ') + 1
	before, word := typed[:at], typed[at:]
	if strings.HasPrefix(word, "-") {
		before, word = before+"-", word[1:]
	}
	var words []string
	if name, values, ok := strings.Cut(word, ":"); ok {
		last := strings.LastIndexByte(values, ',') + 1
		before, word = before+name+":"+values[:last], values[last:]
		words = filterValues(name, accounts)
	} else {
		for _, f := range FilterFields() {
			words = append(words, f+":")
		}
		for name := range russianFields {
			words = append(words, name+":")
		}
	}
	word = strings.ToLower(word)
	words = slices.DeleteFunc(words, func(w string) bool { return !strings.HasPrefix(strings.ToLower(w), word) })
	slices.Sort(words)
	for i := range words {
		words[i] = before + words[i]
	}
	return words
}

// filterValues returns the words that a field takes, in the language its name is written in; none
// for a field that takes any text.
func filterValues(name string, accounts []Account) []string {
	name = strings.ToLower(name)
	field, russian := russianFields[name]
	if !russian {
		field = Field(name)
	}
	var words []string
	switch {
	case field == FieldAccount:
		for _, a := range accounts {
			words = append(words, a.Name)
		}
		return words
	case field == FieldVendor:
		for _, a := range accounts {
			if v := string(a.Vendor); !slices.Contains(words, v) {
				words = append(words, v)
			}
		}
		return words
	case russian:
		for _, spelled := range russianWords[field] {
			words = append(words, strings.ReplaceAll(spelled[0], " ", "-"))
		}
		return words
	}
	switch field {
	case FieldIs:
		words = FilterIsValues()
	case FieldStatus:
		for _, s := range Statuses() {
			words = append(words, s.String())
		}
	case FieldState:
		for _, s := range CampaignStates() {
			words = append(words, string(s))
		}
		words = append(words, string(ReplySnoozed), string(ReplyDone), string(ReplyOpen))
	}
	return words
}
