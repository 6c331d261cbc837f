package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// deck is what every screen works with: the options, what is known of the surroundings, and the
// ways to ask the store, to open a dialog and to tell a person something. Only Update changes it.
type deck struct {
	Options
	*language // what the program itself says; nil is English
	phoneWriter
	spoken     model.Language
	ctx        context.Context // ends with the program
	now        time.Time       // time of the message under way: screens never look at the clock
	style      theme
	overview   model.Overview
	dialogs    []opened
	saved      []model.View // the operator's own views, as they were read last; never changed in place
	born       time.Time    // when the program began
	touched    bool         // a key was pressed since
	toast      toast
	toastOut   slot
	lastCopied string
}

// slot is the place one kind of answer lands in. Asking again makes every earlier answer stale and
// ends the work for it.
type slot struct {
	generation uint64
	stop       context.CancelFunc // ends the question under way; nil: there was none
}

// answer is the result of a command, with the generation of its question. Root applies it unless it
// is stale.
type answer struct {
	slot       *slot
	generation uint64
	apply      func() tea.Cmd
}

func (a answer) stale() bool { return a.slot != nil && a.slot.generation != a.generation }

// forget makes the answers that are still under way stale. A search among a million rows must not
// go on for nobody, for the next one would wait for it.
func (s *slot) forget() {
	s.generation++
	if s.stop != nil {
		s.stop()
		s.stop = nil
	}
}

// ask puts a question to the store in a command. The question must capture values only. Then runs
// in Update with the answer, unless the slot was asked again meanwhile.
func ask[T any](d *deck, s *slot, question func(context.Context) (T, error), then func(T, error) tea.Cmd) tea.Cmd {
	s.forget()
	ctx, stop := context.WithCancel(d.ctx)
	s.stop = stop
	generation := s.generation
	return func() tea.Msg {
		defer stop()
		v, err := question(ctx)
		return answer{slot: s, generation: generation, apply: func() tea.Cmd { return then(v, err) }}
	}
}

// act carries out an intent in a command. Its answer is never stale: what was done is told.
func act(d *deck, intent func(context.Context) error, then func(error) tea.Cmd) tea.Cmd {
	ctx := d.ctx
	return func() tea.Msg {
		err := intent(ctx)
		return answer{apply: func() tea.Cmd { return then(err) }}
	}
}

// later runs then in Update after a while, unless the slot was used again meanwhile.
func later(s *slot, wait time.Duration, then func() tea.Cmd) tea.Cmd {
	s.forget()
	generation := s.generation
	return tea.Tick(wait, func(time.Time) tea.Msg {
		return answer{slot: s, generation: generation, apply: then}
	})
}

// toast is a message to the person. Information goes by itself, an error stays until a key is
// pressed.
type toast struct {
	text string
	bad  bool
}

// say shows a message long enough to read it. It does not cover an error that nobody has
// acknowledged.
func (d *deck) say(text string) tea.Cmd {
	if d.toast.bad {
		return nil
	}
	d.toast = toast{text: d.discreet(model.SanitiseLine(text))}
	wait := max(4*time.Second, time.Duration(len([]rune(text)))*60*time.Millisecond)
	return later(&d.toastOut, wait, func() tea.Cmd {
		d.toast = toast{}
		return nil
	})
}

// fail shows an error until a key is pressed.
func (d *deck) fail(err error) tea.Cmd {
	if d.ctx.Err() != nil {
		return nil
	}
	d.toastOut.forget()
	d.toast = toast{text: d.discreet(model.SanitiseLine(d.fault(err))), bad: true}
	return nil
}

// acknowledge takes the message away because a key was pressed.
func (d *deck) acknowledge() {
	if d.toast.bad {
		d.toast = toast{}
	}
}

// told gives the usual end of an intent: the sentence (as the person reads it), or the error.
func (d *deck) told(sentence string) func(error) tea.Cmd {
	return func(err error) tea.Cmd {
		if err != nil {
			return d.fail(err)
		}
		return d.say(sentence)
	}
}

// settling tells that the first reading from the vendors may still be filling the lists while
// nobody has touched a key: the cursor then stays at the beginning. Afterwards it stays with its
// row, whatever comes in.
func (d *deck) settling() bool { return !d.touched && d.now.Sub(d.born) < 5*time.Second }

// capabilities give what the account's vendor can do; ok is false for an account that is not
// configured here.
func (d *deck) capabilities(account string) (model.Capabilities, bool) {
	a, ok := d.account(account)
	if !ok {
		return model.Capabilities{}, false
	}
	c, ok := d.Options.Capabilities[a.Vendor]
	return c, ok
}

// whyNotOut gives the reason why nothing may leave through the account ("" names none), or "" when
// it may.
func (d *deck) whyNotOut(account string) string {
	if d.nothingLeaves() {
		return d.tr("read-only")
	}
	if a, ok := d.account(account); ok && a.ReadOnly {
		return d.tr("the account %s is read-only", account)
	}
	return ""
}

// speak changes the language of the screens.
func (d *deck) speak(which model.Language) {
	if which != d.spoken {
		d.spoken, d.language = which, newLanguage(which)
	}
}
