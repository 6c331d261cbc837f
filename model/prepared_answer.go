package model

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
)

// PreparedAnswer is a text for answering replies, kept under a name for everybody. Its text has
// placeholders like those of a campaign: {{name}}, {{campaign}}, {{operator}} and the other columns
// of the person.
type PreparedAnswer struct {
	Name     string    `toml:"name"`
	Text     string    `toml:"text"`
	Language string    `toml:"language"` // two letters, as in "ru"; "": any
	Labels   []string  `toml:"labels"`   // of the replies it is meant for
	By       string    `toml:"-"`        // who wrote it in the program; "": it is in the configuration
	At       time.Time `toml:"-"`        // when
}

// Validate lists everything that is wrong with the answer; the fields of the errors are its own.
func (a PreparedAnswer) Validate() []*Error {
	var errs []*Error
	add := func(field, format string, args ...any) { errs = append(errs, Invalid(field, format, args...)) }
	if !shortName(a.Name, longestLabel) {
		add("name", "a prepared answer needs a name in one line, %s at most",
			Counted(longestLabel, "character", "characters"))
	}
	if strings.TrimSpace(a.Text) == "" {
		add("text", "a prepared answer needs a text")
	} else if _, err := ParseTemplate(a.Text); err != nil {
		add("text", "%s", reasonOf(err))
	}
	if l := a.Language; l != "" && (len(l) != 2 || strings.Trim(l, "abcdefghijklmnopqrstuvwxyz") != "") {
		add("language", "%q is not a language; write two small letters like en or ru", l)
	}
	for _, l := range a.Labels {
		if _, err := Label(l); err != nil {
			add("labels", "%s", reasonOf(err))
		}
	}
	return errs
}

// validateAnswers checks the prepared answers of a configuration. Names must be unique, ignoring
// case.
func validateAnswers(answers []PreparedAnswer) []error {
	var errs []error
	seen := map[string]bool{}
	for i, a := range answers {
		for _, err := range a.Validate() {
			err.Field = fmt.Sprintf("answer[%d].%s", i, err.Field)
			errs = append(errs, err)
		}
		if name := Fold(a.Name); name != "" && seen[name] {
			errs = append(errs, Invalid(fmt.Sprintf("answer[%d].name", i), "two answers are called %q", a.Name))
		} else {
			seen[name] = true
		}
	}
	return errs
}

// Fill returns the text with its placeholders filled in. A placeholder without a value and without
// a fallback is an error that names it.
func (a PreparedAnswer) Fill(values map[string]string) (string, error) {
	t, err := ParseTemplate(a.Text)
	if err != nil {
		return "", err
	}
	text, missing := t.Render(values)
	if len(missing) > 0 {
		return "", Invalid("text",
			"%q has no value here for {{%s}} and no fallback; write {{%s|a fallback}} in it, or "+
				"take another answer", a.Name, strings.Join(missing, "}}, {{"), missing[0])
	}
	return strings.ReplaceAll(text, "{{", `\{{`), nil // braces in a value are plain text
}

// AnswerUses counts how often a prepared answer was used.
type AnswerUses struct {
	Here int64 // for the same campaign, or for replies with one of the same labels
	All  int64
}

// Answerbook is what is available for answering a reply, apart from one's own words.
type Answerbook struct {
	Written []PreparedAnswer      // written in the program
	Uses    map[string]AnswerUses // by folded name
	Columns map[string]string     // the person's columns in the campaign the reply answers
}

// nameColumns are the columns in which lists keep a person's name, in order of preference.
var nameColumns = []string{"name", "first_name", "firstname", "имя", "імя", "ім'я", "όνομα"}

// Values returns the values for the placeholders of a prepared answer to a reply.
func (b Answerbook) Values(r Reply, operator string) map[string]string {
	values := maps.Clone(b.Columns)
	if values == nil {
		values = map[string]string{}
	}
	for _, column := range nameColumns {
		if name := columnValue(b.Columns, column); name != "" {
			values["name"] = name
			break
		}
	}
	values["campaign"], values["operator"] = r.CampaignName, operator
	return values
}

// All returns the prepared answers, by name. One written in the program replaces one of the
// configuration with the same name.
func (b Answerbook) All(configured []PreparedAnswer) []PreparedAnswer {
	all := slices.Clone(b.Written)
	for _, a := range configured {
		if _, ok := FindPrepared(b.Written, a.Name); !ok {
			all = append(all, a)
		}
	}
	slices.SortFunc(all, func(a, b PreparedAnswer) int { return cmp.Compare(Fold(a.Name), Fold(b.Name)) })
	return all
}

// For returns the prepared answers, the most likely for a reply first: those used most with its
// campaign or its labels, then those with one of its labels, those in its script, and those used
// most anywhere.
func (b Answerbook) For(r Reply, configured []PreparedAnswer) []PreparedAnswer {
	all := b.All(configured)
	worth := func(a PreparedAnswer) []int64 {
		uses := b.Uses[Fold(a.Name)]
		var labelled, spoken int64
		if slices.ContainsFunc(a.Labels, func(l string) bool { return slices.Contains(r.Labels, l) }) {
			labelled = 1
		}
		if sameScript(a.Text, r.Text) {
			spoken = 1
		}
		return []int64{uses.Here, labelled, spoken, uses.All}
	}
	slices.SortStableFunc(all, func(a, b PreparedAnswer) int { return slices.Compare(worth(b), worth(a)) })
	return all
}

// FindPrepared finds a prepared answer by its name, ignoring case.
func FindPrepared(answers []PreparedAnswer, name string) (PreparedAnswer, bool) {
	i := slices.IndexFunc(answers, func(a PreparedAnswer) bool { return Fold(a.Name) == Fold(strings.TrimSpace(name)) })
	if i < 0 {
		return PreparedAnswer{}, false
	}
	return answers[i], true
}

// sameScript reports whether the first letters of two texts belong to the same script.
func sameScript(a, b string) bool {
	script := func(s string) *unicode.RangeTable {
		for _, r := range s {
			for _, t := range []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek} {
				if unicode.Is(t, r) {
					return t
				}
			}
		}
		return nil
	}
	return script(a) == script(b)
}
