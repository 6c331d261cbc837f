package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// stray is how long the keys must rest before a dialog that opened by itself listens: a half-typed
// word must not answer it.
const stray = 400 * time.Millisecond

// dialog is what stands in front of a screen and takes all keys. It says itself when it is done.
type dialog interface {
	// update handles a key, a paste or a resize; done closes the dialog.
	update(msg tea.Msg) (cmd tea.Cmd, done bool)
	title() string
	// body gives at most h lines of at most w columns.
	body(w, h int) []string
	// hint is the line of keys below.
	hint() string
}

// full is a dialog that wants the whole screen.
type full interface{ wantsFull() }

// lively is a dialog that shows something that changes by the second, or when the cache changes.
type lively interface {
	tick() tea.Cmd
}

// busy is a dialog that works on something. The first ctrl+c stops that, not the program; interrupt
// tells whether there was something to stop.
type busy interface{ interrupt() bool }

// interrupted stops the work of the dialog in front, if it does any.
func (d *deck) interrupted() bool {
	if o := d.top(); o != nil {
		b, ok := o.dialog.(busy)
		return ok && b.interrupt()
	}
	return false
}

// opened is a dialog on the stack.
type opened struct {
	dialog
	deaf time.Time // it takes no keys before this time; each stray key moves it
}

// open puts a dialog in front because a key asked for it.
func (d *deck) open(dlg dialog) { d.dialogs = append(d.dialogs, opened{dialog: dlg}) }

// openUnasked puts a dialog in front that no key asked for just now.
func (d *deck) openUnasked(dlg dialog) {
	if !d.toast.bad {
		d.toast = toast{} // what was told before would hide the keys of the dialog
	}
	d.dialogs = append(d.dialogs, opened{dialog: dlg, deaf: d.now.Add(stray)})
}

// top gives the dialog in front, nil when there is none.
func (d *deck) top() *opened {
	if len(d.dialogs) == 0 {
		return nil
	}
	return &d.dialogs[len(d.dialogs)-1]
}

// close takes a dialog away, wherever it is in the stack.
func (d *deck) close(dlg dialog) {
	for i := len(d.dialogs) - 1; i >= 0; i-- {
		if d.dialogs[i].dialog == dlg {
			d.dialogs = append(d.dialogs[:i:i], d.dialogs[i+1:]...)
			return
		}
	}
}

// toDialog hands a message to the dialog in front.
func (d *deck) toDialog(msg tea.Msg) tea.Cmd {
	o := d.top()
	switch msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg:
		if d.now.Before(o.deaf) {
			o.deaf = d.now.Add(stray)
			return nil
		}
	}
	dlg, told := o.dialog, d.toast
	cmd, done := dlg.update(msg)
	if done {
		d.close(dlg)
		if d.toast == told && !told.bad {
			d.toast = toast{} // it was about what is closed now
		}
	}
	return cmd
}
