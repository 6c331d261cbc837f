package routee

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"viberdeck/model"
)

// Check verifies what capabilities cannot express.
func (a *Adapter) Check(c model.Campaign) error {
	var errs []error
	add := func(field, format string, args ...any) { errs = append(errs, model.Invalid(field, format, args...)) }
	if kind, err := c.Message.Kind(); err == nil && c.Class == model.ClassSession &&
		!slices.Contains(sessionKinds(), kind) {
		add("class", "a session message at Routee is a text, an image or a file alone; this one is %s", kind)
	}
	if link, err := model.ParseTemplate(c.Message.Button.URL); err == nil && !link.Plain() {
		add("button.url", "Routee fills in {{columns}} in the text only; give everybody the same address")
	}
	if t, err := model.ParseTemplate(c.Message.Text); err == nil && !t.Plain() {
		for _, column := range t.Columns() {
			if strings.ContainsAny(column, "[]{}~\n") {
				add("text", "%q cannot be the name of a label at Routee", column)
			}
		}
		if n := utf8.RuneCountInString(withLabels(t)); n > Capabilities().Limits.TextMax {
			add("text", "%s with Routee's labels in place of the {{columns}}, the limit is %d", model.Characters(n),
				Capabilities().Limits.TextMax)
		}
	}
	return errors.Join(append(errs, c.CheckReachable(a.base))...)
}

// sessionKinds are the layouts of a session message.
func sessionKinds() []model.MessageKind {
	return []model.MessageKind{model.KindText, model.KindImage, model.KindFile}
}
