package kit

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// IgnoreKeysFor is how long no key must be pressed before a dialog that opened by itself accepts
// keys: a half-typed word must not answer it.
const IgnoreKeysFor = 400 * time.Millisecond

// Dialog is shown in front of a screen and receives all keys. It decides itself when it is done.
type Dialog interface {
	// Update handles a key, a paste or a resize; done closes the dialog.
	Update(msg tea.Msg) (cmd tea.Cmd, done bool)
	Title() string
	// Body returns at most h lines of at most w columns.
	Body(w, h int) []string
	// Hint is the line of keys below.
	Hint() string
}

// FullScreen is a dialog that needs the whole screen.
type FullScreen interface{ WantsFull() }

// Ticking is a dialog whose content changes by the second, or when the cache changes.
type Ticking interface {
	Tick() tea.Cmd
}

// Undoer is a dialog in which ctrl+z may bring something back; otherwise it suspends the program.
type Undoer interface{ Undoes() bool }

// Followed is a dialog about something that colleagues may change: it is refreshed when the cache
// changes, even behind another dialog.
type Followed interface {
	Follow() tea.Cmd
}

// Follow refreshes the dialogs that follow their subject.
func (d *Deck) Follow() tea.Cmd {
	var cmds []tea.Cmd
	for _, o := range d.Dialogs {
		if dlg, ok := o.Dialog.(Followed); ok {
			cmds = append(cmds, dlg.Follow())
		}
	}
	return tea.Batch(cmds...)
}

// busy is a dialog that does some work. The first ctrl+c stops that work, not the program;
// interrupt reports whether there was something to stop.
type busy interface{ interrupt() bool }

// Interrupted stops the work of the dialog in front, if it does any.
func (d *Deck) Interrupted() bool {
	if o := d.Top(); o != nil {
		b, ok := o.Dialog.(busy)
		return ok && b.interrupt()
	}
	return false
}

// OpenDialog is a dialog on the stack.
type OpenDialog struct {
	Dialog
	ignoreUntil  time.Time     // ignores keys before this time; each stray key postpones it
	ignoreAtMost time.Time     // from then on it accepts keys in any case
	about        func() string // what has happened to the rows it was opened from, "" if nothing; nil: no rows
}

// longestIgnore is the longest time for which a dialog ignores keys, however many are pressed.
const longestIgnore = 1500 * time.Millisecond

// Deciding is a dialog that acts on the rows it was opened from when a certain key is pressed.
type Deciding interface {
	Decides(key tea.KeyPressMsg) bool
}

// About sets the subject of all dialogs beyond the first since ones.
func (d *Deck) About(since int, about func() string) {
	for i := since; i < len(d.Dialogs) && about != nil; i++ {
		d.Dialogs[i].about = about
	}
}

// KeepsVisible is a screen that keeps the subject of a dialog visible: a dialog about its rows
// covers only the area returned by Free, from the upper left corner.
type KeepsVisible interface{ Free(w, h int) (int, int) }

// AsksAboutRows reports whether the dialog in front is about the rows it was opened from and
// directly in front of the screen.
func (d *Deck) AsksAboutRows() bool {
	o := d.Top()
	if o == nil || o.about == nil {
		return false
	}
	return !slices.ContainsFunc(d.Dialogs, func(o OpenDialog) bool {
		_, full := o.Dialog.(FullScreen)
		return full
	})
}

// Open puts a dialog in front because a key asked for it.
func (d *Deck) Open(dlg Dialog) {
	d.DropOld()
	d.Dialogs = append(d.Dialogs, OpenDialog{Dialog: dlg})
}

// OpenUnasked puts a dialog in front that did not follow from a key press.
func (d *Deck) OpenUnasked(dlg Dialog) {
	if !d.Message.Bad && !d.Message.Firm {
		d.Message = Message{} // it was about what was in front before
	}
	d.Dialogs = append(d.Dialogs, OpenDialog{Dialog: dlg, ignoreUntil: d.Now.Add(IgnoreKeysFor),
		ignoreAtMost: d.Now.Add(longestIgnore)})
}

// Top returns the dialog in front, nil when there is none.
func (d *Deck) Top() *OpenDialog {
	if len(d.Dialogs) == 0 {
		return nil
	}
	return &d.Dialogs[len(d.Dialogs)-1]
}

// Holds reports whether a dialog is open, in front or behind another.
func (d *Deck) Holds(dlg Dialog) bool {
	return slices.ContainsFunc(d.Dialogs, func(o OpenDialog) bool { return o.Dialog == dlg })
}

// Close removes a dialog, wherever it is in the stack.
func (d *Deck) Close(dlg Dialog) {
	for i := len(d.Dialogs) - 1; i >= 0; i-- {
		if d.Dialogs[i].Dialog == dlg {
			d.Dialogs = append(d.Dialogs[:i:i], d.Dialogs[i+1:]...)
			return
		}
	}
}

// ToDialog passes a message to the dialog in front.
func (d *Deck) ToDialog(msg tea.Msg) tea.Cmd {
	o := d.Top()
	switch msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg:
		if d.Now.Before(o.ignoreUntil) && d.Now.Before(o.ignoreAtMost) {
			o.ignoreUntil = d.Now.Add(IgnoreKeysFor)
			return d.Say(d.Tr("this opened just now: what you typed was not taken; read it and type again"))
		}
	}
	if key, ok := msg.(tea.KeyPressMsg); ok && o.about != nil {
		if dlg, ok := o.Dialog.(Deciding); ok && dlg.Decides(key) {
			if what := o.about(); what != "" {
				return d.Fail(model.Errorf("%s: nothing was done; Esc goes back to the list", what))
			}
		}
	}
	dlg, notice, since, about := o.Dialog, d.Message, len(d.Dialogs), o.about
	cmd, done := dlg.Update(msg)
	d.About(since, about)
	if done {
		d.Close(dlg)
		if d.Message == notice && !notice.Bad && !notice.Firm {
			d.Message = Message{} // it was about what has just been closed
		}
	}
	return cmd
}
