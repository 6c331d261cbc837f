// Package lang translates the program's own text into the person's language: sentences, plurals,
// numbers and dates. English is in the code; each other language is one table and one row.
package lang

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/leonelquinteros/gotext"
	"github.com/leonelquinteros/gotext/plurals"

	"viberdeck/model"
)

// tables holds the messages, one gettext (PO) table per language, named by the language. English
// has none because it is in the code.
//
//go:embed messages/*.po
var tables embed.FS

// languages are read when a screen first speaks them. All screens of a process share one, which has
// thousands of sentences.
var languages = func() map[model.Language]func() *Language {
	all := map[model.Language]func() *Language{}
	for _, which := range model.Languages() {
		all[which] = sync.OnceValue(func() *Language {
			table, err := tables.ReadFile("messages/" + string(which) + ".po")
			if err != nil {
				return nil
			}
			return ReadLanguage(table)
		})
	}
	return all
}()

// Language translates the program's own text. The nil language is English. It never changes once it
// is made, so that screens may use it without a lock.
type Language struct {
	Texts  map[string]string
	Inside map[string]map[string]string // by context, for words that have different meanings in different places
	Forms  map[string][]string          // of a counted noun, by its English singular
	form   plurals.Expression           // selects the form for a count
}

// LanguageOf returns the language, nil for English and for a language without a table.
func LanguageOf(which model.Language) *Language {
	if language, ok := languages[which]; ok {
		return language()
	}
	return nil
}

// ReadLanguage reads a table.
func ReadLanguage(table []byte) *Language {
	l := &Language{Texts: map[string]string{}, Inside: map[string]map[string]string{}, Forms: map[string][]string{}}
	po := gotext.NewPo()
	po.Parse(table)
	for id, t := range po.GetDomain().GetTranslations() {
		switch {
		case id == "" || !t.IsTranslated():
		case t.PluralID != "":
			for n := 0; t.Trs[n] != ""; n++ {
				l.Forms[id] = append(l.Forms[id], t.Trs[n])
			}
			l.Texts[id] = t.Trs[0]
		default:
			l.Texts[id] = t.Trs[0]
		}
	}
	for context, words := range po.GetDomain().GetCtxTranslations() {
		if l.Inside[context] == nil {
			l.Inside[context] = map[string]string{}
		}
		for id, t := range words {
			if t.IsTranslated() {
				l.Inside[context][id] = t.Trs[0]
			}
		}
	}
	if _, rule, ok := strings.Cut(strings.ReplaceAll(po.GetDomain().PluralForms, " ", ""), "plural="); ok {
		if form, err := plurals.Compile(strings.TrimSuffix(rule, ";")); err == nil {
			l.form = form
		}
	}
	return l
}

// Tr translates a sentence of the screens, as Text does. A sentence without a translation stays
// English; a test finds it.
func (l *Language) Tr(format string, args ...any) string {
	if len(args) == 0 {
		return l.Phrase(format)
	}
	if l == nil {
		return fmt.Sprintf(format, args...)
	}
	return l.Text(model.Say(format, args...))
}

// Text translates a sentence. Its format is translated, and so are the arguments that are our own
// words; a string in it is data and stays as it is.
func (l *Language) Text(t model.Text) string {
	if t.IsZero() {
		return t.String()
	}
	t.Format = l.Phrase(t.Format)
	if len(t.Args) > 0 {
		args := make([]any, len(t.Args))
		for i, a := range t.Args {
			if l == nil {
				args[i] = inEnglish(a)
				continue
			}
			args[i] = l.argument(a)
		}
		t.Args = args
	}
	return t.String()
}

// inEnglish returns the value for a gap of an English sentence: only amounts are written
// differently on a screen than in a file.
func inEnglish(v any) any {
	var english *Language
	switch v := v.(type) {
	case model.Money:
		return english.Money(v)
	case model.Text:
		return english.Text(v)
	}
	return v
}

// Phrase translates a text without gaps, or the format of a sentence.
func (l *Language) Phrase(english string) string {
	if l != nil {
		if own, ok := l.Texts[english]; ok {
			return own
		}
	}
	return english
}

// argument returns the value for a gap of a sentence.
func (l *Language) argument(v any) any {
	switch v := v.(type) {
	case string:
		return l.put(v)
	case model.Word:
		return l.put(l.Word(v.Context, v.Text))
	case model.Count:
		return l.put(l.Plural(v.N, v.One, v.Many))
	case model.Span:
		return l.put(l.Words(time.Duration(v)))
	case model.Moment:
		return l.put(l.Date(v.At, v.Layout))
	case model.Money:
		return l.put(l.Money(v))
	case model.Text:
		return l.put(l.Text(v))
	case model.Series:
		words := make([]string, len(v.Items))
		for i, item := range v.Items {
			words[i] = fmt.Sprint(l.argument(item))
		}
		return l.put(strings.Join(words, v.Sep))
	}
	return v // a number
}

// put converts a text for a gap; %q adds the quotes of the language.
func (l *Language) put(s string) any {
	return quotable{s, l}
}

type quotable struct {
	text string
	in   *Language
}

// Format writes the text for fmt.
func (q quotable) Format(f fmt.State, verb rune) {
	if verb == 'q' {
		if own, ok := q.in.Inside["quotes"][`"%s"`]; ok {
			_, _ = fmt.Fprintf(f, own, q.text)
			return
		}
	}
	_, _ = fmt.Fprintf(f, fmt.FormatString(f, verb), q.text)
}

// Fault translates an error.
func (l *Language) Fault(err error) string {
	return l.Text(model.TextOf(err))
}

// Word translates a word that has different meanings in different places, such as a state or an
// action, by its context.
func (l *Language) Word(context, text string) string {
	if l == nil || text == "" {
		return text
	}
	if own, ok := l.Inside[context][text]; ok {
		return own
	}
	return l.Phrase(text)
}

// Plural formats "1 person" or "3 people".
func (l *Language) Plural(n int64, one, many string) string {
	if l != nil && l.form != nil {
		if forms, at := l.Forms[one],
			l.form.Eval(uint32(max(n, -n)%1_000_000_000)); at < len(forms) {
			return Count(n) + " " + forms[at]
		}
	}
	if n == 1 {
		return "1 " + one
	}
	return Count(n) + " " + many
}

// Decimal formats a number with the decimal separator of the language.
func (l *Language) Decimal(s string) string {
	if l == nil {
		return s
	}
	return strings.Replace(s, ".", l.Word("decimal sign", "."), 1)
}

// Date formats a time by a layout of package time, with month and weekday names in the language.
func (l *Language) Date(t time.Time, layout string) string {
	month, day := t.Format("Jan"), t.Format("Mon")
	text := strings.Replace(t.Format(layout), month, l.Word("month", month), 1)
	if !strings.Contains(layout, "Mon") {
		return text
	}
	return strings.Replace(text, day, l.Word("weekday", day), 1)
}

// After returns the language after one, in the order of their table; the first one follows the
// last.
func After(which model.Language) model.Language {
	all := model.Languages()
	return all[(slices.Index(all, which)+1)%len(all)]
}
