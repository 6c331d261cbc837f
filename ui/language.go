package ui

import (
	"embed"
	"fmt"
	"strings"
	"time"

	"github.com/leonelquinteros/gotext"

	"viberdeck/model"
)

// tables holds the messages, one table per language in the format of gettext (PO). English is what
// the code itself says, so it has none.
//
//go:embed messages/*.po
var tables embed.FS

// language says what the program itself says in the words of a person. The nil language is English.
// It never changes once it is made, so that screens may ask it without a lock.
type language struct {
	texts    map[string]string
	inside   map[string]map[string]string // by context, for words that mean different things in different places
	forms    map[string][]string          // of a counted thing, by its English singular
	patterns patterns
}

// newLanguage gives the language, nil for English.
func newLanguage(which model.Language) *language {
	if which != model.Russian {
		return nil
	}
	table, err := tables.ReadFile("messages/" + string(which) + ".po")
	if err != nil {
		return nil
	}
	l := &language{texts: map[string]string{}, inside: map[string]map[string]string{}, forms: map[string][]string{}}
	l.read(table)
	l.learn()
	return l
}

// read takes the entries of a table.
func (l *language) read(table []byte) {
	po := gotext.NewPo()
	po.Parse(table)
	for id, t := range po.GetDomain().GetTranslations() {
		switch {
		case id == "" || !t.IsTranslated():
		case t.PluralID != "":
			l.forms[id] = []string{t.Trs[0], t.Trs[1], t.Trs[2]}
		default:
			l.texts[id] = t.Trs[0]
		}
	}
	for context, words := range po.GetDomain().GetCtxTranslations() {
		if l.inside[context] == nil {
			l.inside[context] = map[string]string{}
		}
		for id, t := range words {
			if t.IsTranslated() {
				l.inside[context][id] = t.Trs[0]
			}
		}
	}
}

// tr gives a sentence of the program in the language. Its arguments are put in afterwards, as fmt
// does it. What has no translation stays English; a test finds it.
func (l *language) tr(text string, args ...any) string {
	if l != nil {
		if own, ok := l.texts[text]; ok {
			text = own
		}
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// word gives a word that means different things in different places, such as a state or an action,
// by its context.
func (l *language) word(context, text string) string {
	if l == nil || text == "" {
		return text
	}
	if own, ok := l.inside[context][text]; ok {
		return own
	}
	return l.tr(text)
}

// plural writes "1 person" or "3 people".
func (l *language) plural(n int64, one, many string) string {
	if l != nil {
		if forms, ok := l.forms[one]; ok {
			return count(n) + " " + forms[russianForm(n)]
		}
	}
	if n == 1 {
		return "1 " + one
	}
	return count(n) + " " + many
}

// decimal writes a number with the decimal sign of the language.
func (l *language) decimal(s string) string {
	if l == nil {
		return s
	}
	return strings.Replace(s, ".", ",", 1)
}

// date writes a time by a layout of package time, with the name of the month in the language.
func (l *language) date(t time.Time, layout string) string {
	month := t.Format("Jan")
	return strings.Replace(t.Format(layout), month, l.word("month", month), 1)
}

// russianForm gives which of the three forms a count takes: 1 строка, 2 строки, 5 строк.
func russianForm(n int64) int {
	n = max(n, -n)
	switch {
	case n%10 == 1 && n%100 != 11:
		return 0
	case n%10 >= 2 && n%10 <= 4 && (n%100 < 12 || n%100 > 14):
		return 1
	}
	return 2
}
