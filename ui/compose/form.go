// Package compose is where a campaign is written and confirmed: the form, its live checks, the
// preview, the audience and the confirmation.
package compose

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

// Form edits a campaign: fields with live limits, then the check of the audience. Fields that the
// vendor does not support are shown with the reason instead of being left out.
type Form struct {
	d         *kit.Deck
	Key       string // makes a repeated submit harmless; created when the form opens
	Fields    []*Field
	At        int
	checker   kit.Slot
	saver     kit.Debounce
	offers    kit.Slot
	pause     kit.Slot // until typing pauses
	inspector kit.Slot
	reader    kit.Slot        // for a file with people
	pasted    kit.Slot        // for a large paste of phones
	reading   *progressOfFile // progress of the file that is being read; nil: none
	pulse     kit.Slot        // redraws its progress
	proposed  string          // the sender that was filled in because it was used last
	lastUsed  time.Time       // when it was used
	preview   *Preview
	tests     int // test sends so far
	Busy      bool
	checked   recipients     // of the latest check
	unlinked  bool           // link checks are switched off, or on, against the configuration
	unfolded  bool           // fields that this vendor does not use are shown, with the reason
	wrong     string         // an error that does not belong to a field
	carried   model.Carried  // parts of a copied campaign that have no field
	copied    model.Campaign // the campaign of which the form is a copy, if any
	cleared   Draft          // the content of the form before it was cleared
}

// OpenForm opens the form with the unfinished draft, if there is one.
func OpenForm(d *kit.Deck, c model.Campaign) tea.Cmd {
	store, operator := d.Store, d.Operator
	return kit.Ask(d, new(kit.Slot), func(ctx context.Context) (Draft, error) {
		return ReadDraft(ctx, store, operator)
	},
		func(kept Draft, err error) tea.Cmd {
			f := newForm(d)
			var notice tea.Cmd
			if err == nil && len(kept.Fields) > 0 {
				reread := f.restore(kept)
				notice = d.Say(d.Tr("your draft of %s; ctrl+x empties the form", d.When(kept.At)))
				notice = tea.Batch(notice, reread)
			} else if c.ID != 0 {
				f.fill(c)
			}
			d.Open(f)
			return tea.Batch(notice, f.readOffers(), f.inspect(), f.freeName())
		})
}

// Duplicate opens the form with the text and options of another campaign.
func Duplicate(d *kit.Deck, c model.Campaign) tea.Cmd {
	return beginDraft(d, func(f *Form) { f.fill(c) })
}

// beginDraft opens a new form that is already filled in. An existing draft is not discarded without
// asking.
func beginDraft(d *kit.Deck, fill func(*Form)) tea.Cmd {
	store, operator := d.Store, d.Operator
	fresh := func() tea.Cmd {
		f := newForm(d)
		fill(f)
		d.Open(f)
		return tea.Batch(f.readOffers(), f.inspect(), f.freeName())
	}
	return kit.Ask(d, new(kit.Slot), func(ctx context.Context) (Draft, error) {
		return ReadDraft(ctx, store, operator)
	},
		func(kept Draft, err error) tea.Cmd {
			if err != nil || len(kept.Fields) == 0 {
				return fresh()
			}
			d.Open(kit.NewConfirm(d, d.Tr("Replace your draft?"),
				[]string{d.Tr("A draft of %s is there: “%s”.", d.When(kept.At), term.Clip(kept.Fields["name"], 40))},
				"", "", fresh))
			return nil
		})
}

func newForm(d *kit.Deck) *Form {
	f := &Form{d: d}
	f.preview = &Preview{D: d, Content: f.Written}
	f.empty()
	return f
}

// clear empties the form. Its content can be restored as long as the form is open.
func (f *Form) clear() tea.Cmd {
	if was := f.draft(); !was.empty {
		f.cleared = was
	}
	f.empty()
	return tea.Batch(f.save(), f.readOffers(), f.d.Say(f.d.Tr("the form is empty; ctrl+z brings back what was in it")))
}

// Undoes reports whether ctrl+z brings back what was cleared.
func (f *Form) Undoes() bool { return !f.cleared.empty && len(f.cleared.Fields) > 0 }

// bringBack restores the form's content from before it was cleared.
func (f *Form) bringBack() tea.Cmd {
	was := f.cleared
	f.cleared = Draft{}
	f.empty()
	return tea.Batch(f.restore(was), f.save(), f.readOffers(), f.inspect(),
		f.d.Say(f.d.Tr("what was in the form is back")))
}

// empty starts a new form, with a new key.
func (f *Form) empty() {
	f.Key = fmt.Sprintf("%s-%d", f.d.Session, f.d.Now.UnixNano())
	f.outdate()
	f.Fields, f.At = newFields(f.d), 0
	f.proposed, f.reading, f.carried = "", nil, model.Carried{}
	f.pasted.Forget()
	f.saver.Forget()
	f.pause.Forget()
	f.inspector.Forget()
	f.reader.Forget()
	f.preview.Look(model.People{}, model.Survey{})
	f.Fields[0].focus(true)
	f.limit()
}

// WantsFull marks a dialog that takes the whole screen.
func (f *Form) WantsFull() {}

// Title names the dialog.
func (f *Form) Title() string { return f.d.Tr("New campaign") }

// Hint returns the key hints of the dialog.
func (f *Form) Hint() string {
	if f.Busy {
		return f.d.Tr("checking…  ctrl+l without asking the links")
	}
	return f.d.Tr("Tab next  ctrl+s check  ctrl+p preview  ctrl+t test  ctrl+x empty  Esc keeps it")
}

// Field returns the field with that key.
func (f *Form) Field(key string) *Field {
	for _, x := range f.Fields {
		if x.Key == key {
			return x
		}
	}
	return &Field{}
}

// Update handles the keys of the form; everything else goes to the field in focus. A newline, typed
// or pasted, never submits.
func (f *Form) Update(msg tea.Msg) (tea.Cmd, bool) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		if key.String() == "esc" {
			return f.save(), true
		}
		if cmd, taken := f.command(key.String()); taken {
			return cmd, false
		}
		if cmd, taken := f.fieldCommand(f.Fields[f.At], key.String()); taken {
			return cmd, false
		}
	}
	return f.edit(msg), false
}

// command carries out a key of the whole form.
func (f *Form) command(key string) (cmd tea.Cmd, taken bool) {
	switch key {
	case "ctrl+s":
		return f.check(thePeople), true
	case "ctrl+t":
		return f.check(theStaff), true
	case "ctrl+x":
		return f.clear(), true
	case "ctrl+z":
		if f.Undoes() {
			return f.bringBack(), true
		}
		return nil, false
	case "ctrl+l":
		return f.switchLinks(), true
	case "ctrl+o":
		return f.chooseFile(), true
	case "ctrl+g":
		f.unfolded = !f.unfolded
	case "ctrl+p":
		f.d.Open(&fullPreview{Preview: f.preview})
	case "tab":
		f.step(1)
	case "shift+tab":
		f.step(-1)
	default:
		return nil, false
	}
	return nil, true
}

// fieldCommand carries out a key that means something in the field in focus.
func (f *Form) fieldCommand(now *Field, key string) (cmd tea.Cmd, taken bool) {
	file := ""
	if now.kind == phonesField {
		file = FileNamed(now.input.Value())
	}
	switch {
	case key == "ctrl+n" && now.kind == lineField:
		if !now.nextOffer() {
			return f.d.Say(f.d.Tr("there are no known values for this field")), true
		}
		return f.changed(), true
	case key == "ctrl+r" && now.kind == lineField:
		return f.choose(now), true
	case key == "enter" && file != "":
		return f.readFile(file, time.Time{}), true
	case key == "enter" && now.kind == buttonField:
		return f.check(thePeople), true
	case key == "down" && now.kind != areaField,
		key == "enter" && now.kind != areaField && (now.kind != phonesField || now.input.Value() == ""):
		f.step(1)
	case key == "up" && now.kind != areaField:
		f.step(-1)
	default:
		return nil, false
	}
	return nil, true
}

// edit passes a message to the field in focus. Large lists of people are read in a command.
func (f *Form) edit(msg tea.Msg) tea.Cmd {
	now := f.Fields[f.At]
	if paste, ok := msg.(tea.PasteMsg); ok && now.kind == phonesField {
		switch file := FileNamed(paste.Content); {
		case file != "":
			return f.readFile(file, time.Time{})
		case now.why == "" && now.busy == "" && len(paste.Content) > pasteAtOnce:
			return f.readPaste(paste.Content)
		}
	}
	account, list := f.Field("account").Value(), f.Field("list").Value()
	cmd, changed := now.update(msg, f.d.DefaultCountry)
	if !changed {
		return cmd
	}
	f.outdate()
	cmds := []tea.Cmd{cmd, f.changed()}
	if account != f.Field("account").Value() {
		f.limit()
		for _, x := range f.Fields {
			x.Wrong = "" // the refusal of the previous vendor
		}
	}
	if account != f.Field("account").Value() || list != f.Field("list").Value() {
		cmds = append(cmds, f.readOffers())
	}
	return tea.Batch(cmds...)
}

// outdate discards the result of a check, because the form has changed since.
func (f *Form) outdate() {
	f.wrong, f.Busy = "", false
	f.checker.Forget()
}

// step goes to the next or previous usable field.
func (f *Form) step(by int) {
	f.Fields[f.At].focus(false)
	for range f.Fields {
		f.At = (f.At + by + len(f.Fields)) % len(f.Fields)
		if f.Fields[f.At].why == "" && !f.hides(f.Fields[f.At]) {
			break
		}
	}
	f.Fields[f.At].focus(true)
}

// hides reports whether a field does not apply yet: where a campaign waits for its time applies
// only if it has a time, and the name of a file only if it has an address.
func (f *Form) hides(x *Field) bool {
	if x.Value() != "" && x.Key != "hand_over" {
		return false
	}
	after := ""
	switch part, _, _ := strings.Cut(x.Key, "."); {
	case x.Key == "hand_over":
		after = "send_at"
	case part == "file" || part == "video":
		after = part + ".url"
	}
	return after != "" && after != x.Key && f.Field(after).Value() == ""
}

// GoTo puts the focus on a field.
func (f *Form) GoTo(key string) {
	for i, x := range f.Fields {
		if x.Key == key {
			f.Fields[f.At].focus(false)
			f.At = i
			x.focus(true)
		}
	}
}
