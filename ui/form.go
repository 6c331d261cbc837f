package ui

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// draftName is the name under which Keep holds a half-written campaign.
const draftName = "draft"

// form writes a campaign: fields with live limits, then the check of the audience. What the vendor
// lacks is shown with the reason instead of being left out.
type form struct {
	d         *deck
	key       string // makes a repeated submit harmless; made when the form opens
	fields    []*field
	at        int
	checker   slot
	saver     soon
	senders   slot
	lists     slot
	pause     slot // until the keys rest
	inspector slot
	reader    slot            // of a file with people
	pasted    slot            // of a large paste of phones
	reading   *progressOfFile // of the file that is being read; nil: none
	pulse     slot            // draws its progress anew
	proposed  string          // the sender that was put in because it was used last
	lastUsed  time.Time       // when it was
	preview   *preview
	tests     int // test sends so far
	busy      bool
	wrong     string // an error that belongs to no field
	cleared   draft  // what was in the form before it was emptied
}

// openForm opens the form with the draft that was left, if there is one.
func openForm(d *deck, c model.Campaign) tea.Cmd {
	store, operator := d.Store, d.Operator
	return ask(d, new(slot), func(ctx context.Context) (draft, error) { return readDraft(ctx, store, operator) },
		func(kept draft, err error) tea.Cmd {
			f := newForm(d)
			var told tea.Cmd
			if err == nil && len(kept.Fields) > 0 {
				reread := f.restore(kept)
				told = d.say(d.tr("your draft of %s; ctrl+x empties the form", d.when(kept.At)))
				told = tea.Batch(told, reread)
			} else if c.ID != 0 {
				f.fill(c)
			}
			d.open(f)
			return tea.Batch(told, f.readOffers(), f.inspect())
		})
}

// duplicate opens the form with the text and options of another campaign.
func duplicate(d *deck, c model.Campaign) tea.Cmd { return beginDraft(d, func(f *form) { f.fill(c) }) }

// beginDraft opens a new form that is filled in. A draft that is there is not lost unasked.
func beginDraft(d *deck, fill func(*form)) tea.Cmd {
	store, operator := d.Store, d.Operator
	fresh := func() tea.Cmd {
		f := newForm(d)
		fill(f)
		d.open(f)
		return tea.Batch(f.readOffers(), f.inspect())
	}
	return ask(d, new(slot), func(ctx context.Context) (draft, error) { return readDraft(ctx, store, operator) },
		func(kept draft, err error) tea.Cmd {
			if err != nil || len(kept.Fields) == 0 {
				return fresh()
			}
			d.open(newConfirm(d, d.tr("Replace your draft?"),
				[]string{d.tr("A draft of %s is there: “%s”.", d.when(kept.At), clip(kept.Fields["name"], 40))},
				"", "", fresh))
			return nil
		})
}

func newForm(d *deck) *form {
	f := &form{d: d}
	f.preview = &preview{d: d, content: f.shown}
	f.empty()
	return f
}

// clear empties the form. What was in it can be brought back as long as the form is open.
func (f *form) clear() tea.Cmd {
	if was := f.draft(); !was.empty {
		f.cleared = was
	}
	f.empty()
	return tea.Batch(f.save(), f.readOffers(), f.d.say(f.d.tr("the form is empty; ctrl+z brings back what was in it")))
}

// bringBack fills the form with what was in it before it was emptied.
func (f *form) bringBack() tea.Cmd {
	was := f.cleared
	f.cleared = draft{}
	f.empty()
	return tea.Batch(f.restore(was), f.save(), f.readOffers(), f.inspect(),
		f.d.say(f.d.tr("what was in the form is back")))
}

// empty begins anew, with a key of its own.
func (f *form) empty() {
	f.key = fmt.Sprintf("%s-%d", f.d.Session, f.d.now.UnixNano())
	f.pasted.forget()
	f.fields, f.at, f.wrong, f.busy = newFields(f.d), 0, "", false
	f.proposed, f.reading = "", nil
	f.checker.forget()
	f.saver.forget()
	f.pause.forget()
	f.inspector.forget()
	f.reader.forget()
	f.preview.look(nil, model.Survey{})
	f.fields[0].focus(true)
	f.limit()
}

func (f *form) wantsFull()    {}
func (f *form) title() string { return f.d.tr("New campaign") }
func (f *form) hint() string {
	if f.busy {
		return f.d.tr("checking…")
	}
	return f.d.tr("Tab next  ctrl+s check  ctrl+p preview  ctrl+t test  ctrl+x empty  Esc keeps it")
}

// field gives the field with that key.
func (f *form) field(key string) *field {
	for _, x := range f.fields {
		if x.key == key {
			return x
		}
	}
	return &field{}
}

// update handles the keys of the form; everything else goes to the field in focus. A newline, typed
// or pasted, never submits.
func (f *form) update(msg tea.Msg) (tea.Cmd, bool) {
	now := f.fields[f.at]
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch k := key.String(); {
		case k == "esc":
			return f.save(), true
		case k == "ctrl+s":
			return f.check(false), false
		case k == "ctrl+x":
			return f.clear(), false
		case k == "ctrl+z" && !f.cleared.empty && len(f.cleared.Fields) > 0:
			return f.bringBack(), false
		case k == "tab", k == "down" && now.kind != areaField:
			f.step(1)
			return nil, false
		case k == "shift+tab", k == "up" && now.kind != areaField:
			f.step(-1)
			return nil, false
		case k == "ctrl+n" && now.kind == lineField:
			if !now.nextOffer() {
				return f.d.say(f.d.tr("nothing that could be chosen here is known")), false
			}
			return f.changed(), false
		case k == "ctrl+p":
			f.d.open(&fullPreview{preview: f.preview})
			return nil, false
		case k == "ctrl+o":
			return f.chooseFile(), false
		case k == "enter" && now.kind == phonesField && fileNamed(now.input.Value()) != "":
			return f.readFile(fileNamed(now.input.Value()), time.Time{}), false
		case k == "ctrl+t":
			return f.check(true), false
		case k == "enter" && now.kind == buttonField:
			return f.check(false), false
		case k == "enter" && now.kind != areaField && (now.kind != phonesField || now.input.Value() == ""):
			f.step(1)
			return nil, false
		}
	}
	if paste, ok := msg.(tea.PasteMsg); ok && now.kind == phonesField {
		switch {
		case fileNamed(paste.Content) != "":
			return f.readFile(fileNamed(paste.Content), time.Time{}), false
		case now.why == "" && now.busy == "" && len(paste.Content) > pasteAtOnce:
			return f.readPaste(paste.Content), false
		}
	}
	account, list := f.field("account").value(), f.field("list").value()
	cmd, changed := now.update(msg, f.d.DefaultCountry)
	if !changed {
		return cmd, false
	}
	f.wrong = ""
	f.checker.forget()
	f.busy = false
	cmds := []tea.Cmd{cmd, f.changed()}
	if account != f.field("account").value() {
		f.limit()
		for _, x := range f.fields {
			x.wrong = "" // what the other vendor refused
		}
	}
	if account != f.field("account").value() || list != f.field("list").value() {
		cmds = append(cmds, f.readOffers())
	}
	return tea.Batch(cmds...), false
}

// step goes to the next or previous field that can be used.
func (f *form) step(by int) {
	f.fields[f.at].focus(false)
	for range f.fields {
		f.at = (f.at + by + len(f.fields)) % len(f.fields)
		if f.fields[f.at].why == "" {
			break
		}
	}
	f.fields[f.at].focus(true)
}

// goTo puts the focus on a field.
func (f *form) goTo(key string) {
	for i, x := range f.fields {
		if x.key == key {
			f.fields[f.at].focus(false)
			f.at = i
			x.focus(true)
		}
	}
}

// readOffers asks which senders and lists the account has, so that they can be chosen.
func (f *form) readOffers() tea.Cmd {
	store, account := f.d.Store, f.field("account").value()
	list := f.field("list").value()
	senders := ask(f.d, &f.senders, func(ctx context.Context) (senderOffers, error) {
		return readSenders(ctx, store, account, list)
	},
		func(all senderOffers, err error) tea.Cmd {
			if err != nil {
				return f.d.fail(err)
			}
			f.offerSenders(all)
			return f.inspect()
		})
	lists := ask(f.d, &f.lists, func(ctx context.Context) ([]model.List, error) { return store.Lists(ctx, account) },
		func(all []model.List, err error) tea.Cmd {
			if err != nil {
				return f.d.fail(err)
			}
			f.offerLists(all)
			return nil
		})
	return tea.Batch(senders, lists)
}

// draft is a form that was left, as it is kept.
type draft struct {
	Key    string            `json:"key"`
	At     time.Time         `json:"at"`
	empty  bool              // nothing of it is a person's work
	Fields map[string]string `json:"fields"`
	Phones []model.Phone     `json:"phones"`
	Origin string            `json:"origin"`         // the filter the phones were frozen from
	File   string            `json:"file,omitempty"` // the list the people were read from, and as of when
	FileAt time.Time         `json:"file_at,omitzero"`
}

func readDraft(ctx context.Context, store Store, operator string) (draft, error) {
	var kept draft
	text, ok, err := store.Kept(ctx, operator, draftName)
	if err != nil || !ok || text == "" {
		return kept, err
	}
	if json.Unmarshal([]byte(text), &kept) != nil {
		kept = draft{} // of another version: begin anew
	}
	return kept, nil
}

// save keeps the draft. It is written down in the command, for it may hold many phones.
func (f *form) save() tea.Cmd {
	store, operator, kept := f.d.Store, f.d.Operator, f.draft()
	return act(f.d, func(ctx context.Context) error { return store.Keep(ctx, operator, draftName, kept.text()) },
		unkept(f.d))
}

// keepsake gives the draft for the end of the program.
func (f *form) keepsake() keepsake { return keepsake{draftName, f.draft().text()} }

// text gives the draft as it is kept.
func (d draft) text() string {
	if d.empty {
		return ""
	}
	b, err := json.Marshal(d)
	if err != nil {
		return ""
	}
	return string(b)
}

// draft gives what is in the form now.
func (f *form) draft() draft {
	to := f.field("phones").bag
	kept := draft{Key: f.key, At: f.d.now, Fields: map[string]string{}, Phones: to.phones, Origin: to.origin,
		File: to.file.path, FileAt: to.file.at}
	kept.empty = len(kept.Phones) == 0 && kept.File == ""
	for _, x := range f.fields {
		if v := x.value(); v != "" && x.kind != buttonField {
			kept.Fields[x.key] = v
			kept.empty = kept.empty && (x.kind == choiceField || x.key == "sender") // those fill themselves
		}
	}
	return kept
}

func keepDraft(d *deck, text string) tea.Cmd {
	return d.keep(keepsake{draftName, text}, unkept(d))
}

// unkept gives the end of keeping a draft: it says when that failed.
func unkept(d *deck) func(error) tea.Cmd {
	return func(err error) tea.Cmd {
		if err != nil {
			return d.fail(model.Errorf("the draft could not be kept: %w", err))
		}
		return nil
	}
}

// restore fills the form from a draft. The key comes along: what was submitted already is not
// submitted again. A list in a file is read again.
func (f *form) restore(kept draft) tea.Cmd {
	f.key = cmp.Or(kept.Key, f.key)
	f.field("account").set(kept.Fields["account"])
	f.limit()
	for key, v := range kept.Fields {
		f.field(key).set(v)
	}
	f.field("phones").input.SetValue("")
	f.field("phones").bag = bag{phones: kept.Phones, origin: kept.Origin}
	if kept.File == "" {
		return nil
	}
	return f.readFile(kept.File, kept.FileAt)
}

// view parts: one line of title, the fields around the one in focus, one line for what belongs to
// no field.
func (f *form) body(w, h int) []string {
	return withPreview(w, h, f.preview, func(w int) []string { return f.written(w, h) })
}

func (f *form) written(w, h int) []string {
	t := f.d.style
	var lines []string
	from, to := 0, 0
	for i, x := range f.fields {
		part := x.lines(f.d, w, i == f.at, f.hintFor(x))
		if i == f.at {
			from, to = len(lines), len(lines)+len(part)
		}
		lines = append(lines, part...)
	}
	room := max(1, h-1)
	top := 0
	if to > room {
		top = min(from, to-room)
	}
	top = max(0, min(top, len(lines)-1))
	head := t.paint(accent, " "+f.d.tr("New campaign")) +
		t.paint(dim, "   "+f.d.tr("nothing leaves before you type the number of people"))
	switch {
	case f.wrong != "":
		head = t.paint(bad, clip(" ! "+f.wrong, w))
	case f.reading != nil:
		head = t.paint(accent, cut(" "+f.reading.words(f.d), w))
	case f.busy:
		head = t.paint(accent, " "+f.d.tr("Checking the audience…"))
	}
	return append([]string{head}, lines[top:min(len(lines), top+room)]...)
}
