package replies

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/textarea"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

// preparedUse records what the box took from the prepared answers.
type preparedUse struct {
	name string // of the one inserted last, "" for none
	text string // the content of the box at that time, if there was nothing else in it
}

// showPrepared searches the prepared answers by name and text. Enter inserts one at the cursor,
// filled in. Those that lack a value come last and say so after their text.
func (b *answerBox) showPrepared() tea.Cmd {
	d := b.d
	answers, values := b.book.For(b.reply, d.Answers), b.book.Values(b.reply, d.Operator)
	if len(answers) == 0 {
		return d.Say(d.Tr("no answer is prepared yet: write one, then ctrl+g keeps it for everybody"))
	}
	var choices, lacking []kit.Choice
	var complete, incomplete []model.PreparedAnswer
	for _, a := range answers {
		text, err := a.Fill(values)
		if err == nil {
			choices = append(choices, kit.Choice{Name: a.Name, Note: model.SanitiseLine(text)})
			complete = append(complete, a)
			continue
		}
		lacking = append(lacking, kit.Choice{Name: a.Name, Note: model.SanitiseLine(a.Text) + " · " + d.Fault(err),
			Off: true})
		incomplete = append(incomplete, a)
	}
	choices, answers = append(choices, lacking...), append(complete, incomplete...)
	p := kit.NewPicker(d, d.Tr("Prepared answers"), choices, func(i int, _ string) tea.Cmd {
		text, err := answers[i].Fill(values)
		if err != nil {
			return d.Fail(err)
		}
		return b.insert(answers[i].Name, text)
	})
	p.Tall = true
	p.Other = map[string]func(int) tea.Cmd{
		"ctrl+e": func(i int) tea.Cmd { return b.editPrepared(answers[i]) },
		"ctrl+x": func(i int) tea.Cmd { return b.deletePrepared(answers[i]) },
	}
	p.Keys = d.Tr("↑↓ Enter insert   ctrl+e change   ctrl+x delete   Esc cancel")
	d.Open(p)
	return nil
}

// insert puts a prepared answer at the cursor.
func (b *answerBox) insert(name, text string) tea.Cmd {
	alone := strings.TrimSpace(b.area.Value()) == ""
	b.area.InsertString(text)
	b.used = preparedUse{name: name}
	if alone {
		b.used.text = b.area.Value()
	}
	b.changed()
	return tea.Batch(b.take(), b.saver.Changed(b.save))
}

// keepPrepared asks for the name under which everyone can use the content of the box.
func (b *answerBox) keepPrepared() tea.Cmd {
	text := strings.TrimSpace(model.Sanitise(b.area.Value()))
	if text == "" {
		return b.d.Say(b.d.Tr("write the answer first; ctrl+g keeps it for everybody"))
	}
	return b.editPrepared(model.PreparedAnswer{Text: text, Labels: b.reply.Labels})
}

func (b *answerBox) editPrepared(a model.PreparedAnswer) tea.Cmd {
	f := &preparedForm{b: b, was: a, name: b.d.Style.NewInput(b.d.Tr("its name")),
		area: b.d.Style.NewArea(b.d.Tr("the answer; {{name|friend}}, {{campaign}} and {{operator}} are filled in"), 3)}
	f.name.SetValue(a.Name)
	f.area.SetValue(a.Text)
	f.to(a.Name != "")
	b.d.Open(f)
	return nil
}

// deletePrepared asks before it deletes an answer that everyone shares.
func (b *answerBox) deletePrepared(a model.PreparedAnswer) tea.Cmd {
	d := b.d
	if a.By == "" {
		return d.Say(d.Tr("%s is in the configuration: delete it there", a.Name))
	}
	store, operator := d.Store, d.Operator
	d.Open(kit.NewConfirm(d, d.Tr("Delete the prepared answer %s?", a.Name),
		[]string{d.Tr("It disappears for everybody."), a.Text}, "", "", func() tea.Cmd {
			return b.withBook(func(ctx context.Context) error { return store.DeletePrepared(ctx, operator, a.Name) },
				d.Tr("the prepared answer %s is deleted", a.Name))
		}))
	return nil
}

// withBook changes the prepared answers and reads them again; the picker in front, which is out of
// date, is closed.
func (b *answerBox) withBook(change func(context.Context) error, sentence string) tea.Cmd {
	d := b.d
	store, id := d.Store, b.reply.ID
	if o := d.Top(); o != nil {
		if p, ok := o.Dialog.(*kit.Picker); ok {
			d.Close(p)
		}
	}
	return kit.Ask(d, new(kit.Slot), func(ctx context.Context) (model.Answerbook, error) {
		if err := change(ctx); err != nil {
			return model.Answerbook{}, err
		}
		return store.Answerbook(ctx, id)
	}, func(book model.Answerbook, err error) tea.Cmd {
		if err != nil {
			return d.Fail(err)
		}
		b.book = book
		return d.Say(sentence)
	})
}

// preparedForm edits a prepared answer: its name and its text, including placeholders.
type preparedForm struct {
	b     *answerBox
	was   model.PreparedAnswer
	name  textinput.Model
	area  textarea.Model
	below bool // the cursor is in the text
	wrong string
}

// to puts the cursor into the text or the name.
func (f *preparedForm) to(below bool) {
	if f.below = below; below {
		f.name.Blur()
		f.area.Focus()
		return
	}
	f.area.Blur()
	f.name.Focus()
}

// Title names the dialog.
func (f *preparedForm) Title() string { return f.b.d.Tr("Prepared answer for everybody") }

// Hint returns the key hints of the dialog.
func (f *preparedForm) Hint() string { return f.b.d.Tr("ctrl+s save   Tab next   Esc cancel") }

// Update handles a message and reports whether the dialog has ended.
func (f *preparedForm) Update(msg tea.Msg) (tea.Cmd, bool) {
	key, isKey := msg.(tea.KeyPressMsg)
	switch {
	case isKey && key.String() == "esc":
		return nil, true
	case isKey && (key.String() == "tab" || key.String() == "shift+tab"):
		f.to(!f.below)
		return nil, false
	case isKey && (key.String() == "ctrl+s" || key.String() == "enter" && !f.below):
		return f.save()
	}
	f.wrong = ""
	var cmd tea.Cmd
	if f.below {
		f.area, cmd = f.area.Update(msg)
	} else {
		f.name, cmd = f.name.Update(msg)
	}
	return cmd, false
}

func (f *preparedForm) save() (tea.Cmd, bool) {
	d, a := f.b.d, f.was
	a.Name, a.Text = strings.TrimSpace(f.name.Value()), strings.TrimSpace(model.Sanitise(f.area.Value()))
	if errs := a.Validate(); len(errs) > 0 {
		f.wrong = d.Fault(errs[0])
		return nil, false
	}
	if _, taken := model.FindPrepared(f.b.book.All(d.Answers), a.Name); taken &&
		model.Fold(a.Name) != model.Fold(f.was.Name) {
		f.wrong = d.Tr("there is a prepared answer %s already; change that one, or take another name", a.Name)
		return nil, false
	}
	store, operator := d.Store, d.Operator
	d.Close(f)
	return f.b.withBook(func(ctx context.Context) error { return store.SavePrepared(ctx, operator, a) },
		d.Tr("the prepared answer %s is saved; everybody has it", a.Name)), true
}

// Body draws the dialog within the given width and height.
func (f *preparedForm) Body(w, h int) []string {
	d := f.b.d
	term.Widen(&f.name, max(1, w-3))
	var tail []string
	if f.wrong != "" {
		tail = d.Style.PaintWrapped(term.Warn, f.wrong, w)
	}
	f.area.SetWidth(max(4, w-2))
	f.area.SetHeight(max(1, min(6, h-2-len(tail))))
	lines := append([]string{"> " + f.name.View()}, term.Indent(strings.Split(f.area.View(), "\n"), "  ")...)
	return append(lines, tail...)
}
