// Package compose is where a campaign is written and confirmed: the form, its live checks, the
// preview, the audience and the confirmation.
package compose

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

// draftName is the name under which Keep stores an unfinished campaign.
const draftName = "draft"

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
	f.pasted.Forget()
	f.Fields, f.At, f.wrong, f.Busy = newFields(f.d), 0, "", false
	f.proposed, f.reading, f.carried = "", nil, model.Carried{}
	f.checker.Forget()
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
	now := f.Fields[f.At]
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch k := key.String(); {
		case k == "esc":
			return f.save(), true
		case k == "ctrl+s":
			return f.check(thePeople), false
		case k == "ctrl+x":
			return f.clear(), false
		case k == "ctrl+z" && f.Undoes():
			return f.bringBack(), false
		case k == "tab", k == "down" && now.kind != areaField:
			f.step(1)
			return nil, false
		case k == "shift+tab", k == "up" && now.kind != areaField:
			f.step(-1)
			return nil, false
		case k == "ctrl+n" && now.kind == lineField:
			if !now.nextOffer() {
				return f.d.Say(f.d.Tr("there are no known values for this field")), false
			}
			return f.changed(), false
		case k == "ctrl+r" && now.kind == lineField:
			return f.choose(now), false
		case k == "ctrl+l":
			return f.switchLinks(), false
		case k == "ctrl+g":
			f.unfolded = !f.unfolded
			return nil, false
		case k == "ctrl+p":
			f.d.Open(&fullPreview{Preview: f.preview})
			return nil, false
		case k == "ctrl+o":
			return f.chooseFile(), false
		case k == "enter" && now.kind == phonesField && FileNamed(now.input.Value()) != "":
			return f.readFile(FileNamed(now.input.Value()), time.Time{}), false
		case k == "ctrl+t":
			return f.check(theStaff), false
		case k == "enter" && now.kind == buttonField:
			return f.check(thePeople), false
		case k == "enter" && now.kind != areaField && (now.kind != phonesField || now.input.Value() == ""):
			f.step(1)
			return nil, false
		}
	}
	if paste, ok := msg.(tea.PasteMsg); ok && now.kind == phonesField {
		switch {
		case FileNamed(paste.Content) != "":
			return f.readFile(FileNamed(paste.Content), time.Time{}), false
		case now.why == "" && now.busy == "" && len(paste.Content) > pasteAtOnce:
			return f.readPaste(paste.Content), false
		}
	}
	account, list := f.Field("account").Value(), f.Field("list").Value()
	cmd, changed := now.update(msg, f.d.DefaultCountry)
	if !changed {
		return cmd, false
	}
	f.wrong = ""
	f.checker.Forget()
	f.Busy = false
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
	return tea.Batch(cmds...), false
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

// Draft is the stored form of an unfinished campaign.
type Draft struct {
	Key      string            `json:"key"`
	At       time.Time         `json:"at"`
	empty    bool              // it contains nothing that a person entered
	Fields   map[string]string `json:"fields"`
	Phones   []model.Phone     `json:"phones"`
	Contacts []string          `json:"contacts,omitempty"`
	Columns  columnsOf         `json:"columns,omitempty"`
	Carried  model.Carried     `json:"carried,omitzero"`
	Origin   string            `json:"origin"`         // the filter from which the phones were frozen
	File     string            `json:"file,omitempty"` // the list from which the people were read, and its time
	FileAt   time.Time         `json:"file_at,omitzero"`
	FileRead listChoice        `json:"file_read,omitzero"`
}

// ReadDraft reads a draft as written by Draft.text.
func ReadDraft(ctx context.Context, store kit.Store, operator string) (Draft, error) {
	var kept Draft
	text, ok, err := store.Setting(ctx, operator, draftName)
	if err != nil || !ok || text == "" {
		return kept, err
	}
	if json.Unmarshal([]byte(text), &kept) != nil {
		kept = Draft{} // from another version: start again
	}
	return kept, nil
}

// save stores the draft. It is encoded in the command, because it may hold many phones.
func (f *Form) save() tea.Cmd {
	store, operator, kept := f.d.Store, f.d.Operator, f.draft()
	return kit.Act(f.d, func(ctx context.Context) error {
		return store.SaveSetting(ctx, operator, draftName, kept.text())
	},
		unkept(f.d))
}

// Setting returns the draft for storage when the program ends.
func (f *Form) Setting() kit.Setting { return kit.Setting{Name: draftName, Value: f.draft().text()} }

// text encodes the draft for storage.
func (d Draft) text() string {
	if d.empty {
		return ""
	}
	b, err := json.Marshal(d)
	if err != nil {
		return ""
	}
	return string(b)
}

// draft returns the current content of the form.
func (f *Form) draft() Draft {
	to := f.Field("phones").People
	kept := Draft{
		Key:      f.Key,
		At:       f.d.Now,
		Fields:   map[string]string{},
		Phones:   to.Phones,
		Contacts: to.contacts,
		Columns:  to.columns,
		Carried:  f.carried,
		Origin:   to.Origin,
		File:     to.file.path,
		FileAt:   to.file.at,
		FileRead: to.file.chosen,
	}
	kept.empty = len(kept.Phones)+len(kept.Contacts) == 0 && kept.File == ""
	for _, x := range f.Fields {
		if v := x.Value(); v != "" && x.kind != buttonField {
			kept.Fields[x.Key] = v
			kept.empty = kept.empty && (x.kind == choiceField || x.Key == "sender") // these are filled automatically
		}
	}
	return kept
}

func keepDraft(d *kit.Deck, text string) tea.Cmd {
	return d.Keep(kit.Setting{Name: draftName, Value: text}, unkept(d))
}

// unkept returns the end of storing a draft, which reports a failure.
func unkept(d *kit.Deck) func(error) tea.Cmd {
	return func(err error) tea.Cmd {
		if err != nil {
			return d.Fail(model.Errorf("the draft could not be kept: %w", err))
		}
		return nil
	}
}

// restore fills the form from a draft, including the key, so that a submitted campaign is not
// submitted again. A list in a file is read again.
func (f *Form) restore(kept Draft) tea.Cmd {
	f.Key = cmp.Or(kept.Key, f.Key)
	f.Field("account").Set(kept.Fields["account"])
	f.limit()
	f.carry(kept.Carried)
	for key, v := range kept.Fields {
		f.Field(key).Set(v)
	}
	f.Field("phones").People = PhoneSet{Phones: kept.Phones, contacts: kept.Contacts, columns: kept.Columns,
		Origin: kept.Origin}
	if kept.File == "" {
		return nil
	}
	return f.readList(kept.File, kept.FileRead, kept.FileAt)
}
