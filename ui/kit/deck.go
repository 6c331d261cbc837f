// Package kit is what every screen is made of: the deck with its ways to ask the store and to tell
// a person something, dialogs, fields, grids, lists, columns, filters, export and copy.
package kit

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// Deck is what every screen works with: the options, what is known of the surroundings, and the
// ways to ask the store, to open a dialog and to tell a person something. Only Update changes it.
type Deck struct {
	Options
	*lang.Language // what the program itself says; nil is English
	PhoneWriter
	Spoken     model.Language
	Ctx        context.Context // ends with the program
	Now        time.Time       // time of the message under way: screens never look at the clock
	Style      *term.Theme
	Overview   model.Overview
	Dialogs    []OpenDialog
	Steps      []Step       // of the operator that may be taken back, the newest last
	saved      []model.View // the operator's own views, as they were read last; never changed in place
	Born       time.Time    // when the program began
	Touched    bool         // a key was pressed since
	Large      bool         // the screen has room for what is otherwise a key away
	Notice     Notice
	Pressed    int // keys so far
	noticeOut  Slot
	LastCopied string
	// spreadsheets says that exports write CSV as a spreadsheet opens it; the operator chose so.
	spreadsheets bool
	// Sent runs when a campaign was stored for sending, with its dialogs closed; nil: nobody shows
	// it.
	Sent func(model.CampaignID) tea.Cmd
}

// Slot is the place one kind of answer lands in. Asking again makes every earlier answer stale and
// ends the work for it.
type Slot struct {
	generation uint64
	stop       context.CancelFunc // ends the question under way; nil: there was none
}

// Answer is the result of a command, with the generation of its question. Root applies it unless it
// is stale.
type Answer struct {
	slot       *Slot
	generation uint64
	Apply      func() tea.Cmd
}

// Stale says that its question was asked again meanwhile.
func (a Answer) Stale() bool { return a.slot != nil && a.slot.generation != a.generation }

// Forget makes the answers that are still under way stale. A search among a million rows must not
// go on for nobody, for the next one would wait for it.
func (s *Slot) Forget() {
	s.generation++
	if s.stop != nil {
		s.stop()
		s.stop = nil
	}
}

// Ask puts a question to the store in a command. The question must capture values only. Then runs
// in Update with the answer, unless the slot was asked again meanwhile.
func Ask[T any](d *Deck, s *Slot, question func(context.Context) (T, error), then func(T, error) tea.Cmd) tea.Cmd {
	s.Forget()
	ctx, stop := context.WithCancel(d.Ctx)
	s.stop = stop
	generation := s.generation
	return func() tea.Msg {
		defer stop()
		v, err := question(ctx)
		return Answer{slot: s, generation: generation, Apply: func() tea.Cmd { return then(v, err) }}
	}
}

// Act carries out an intent in a command. Its answer is never stale: what was done is shown.
func Act(d *Deck, intent func(context.Context) error, then func(error) tea.Cmd) tea.Cmd {
	ctx := d.Ctx
	return func() tea.Msg {
		err := intent(ctx)
		return Answer{Apply: func() tea.Cmd { return then(err) }}
	}
}

// Later runs then in Update after a while, unless the slot was used again meanwhile.
func Later(s *Slot, wait time.Duration, then func() tea.Cmd) tea.Cmd {
	s.Forget()
	generation := s.generation
	return tea.Tick(wait, func(time.Time) tea.Msg {
		return Answer{slot: s, generation: generation, Apply: then}
	})
}

// Notice is a message to the person. Information goes by itself, an error stays until a key is
// pressed.
type Notice struct {
	Text  string
	Bad   bool
	Firm  bool      // no error, and stays until a key is pressed all the same
	since time.Time // when it was told
	keys  int       // how many keys had been pressed then
}

// Say shows a message long enough to read it. It does not cover an error that has not been
// acknowledged.
func (d *Deck) Say(text string) tea.Cmd {
	if d.Notice.Bad || d.Notice.Firm {
		return nil
	}
	d.Notice = Notice{Text: d.Discreet(model.SanitiseLine(text)), since: d.Now, keys: d.Pressed}
	wait := max(4*time.Second, time.Duration(len([]rune(text)))*60*time.Millisecond)
	return Later(&d.noticeOut, wait, func() tea.Cmd {
		d.Notice = Notice{}
		return nil
	})
}

// Fail shows an error until a key is pressed.
func (d *Deck) Fail(err error) tea.Cmd {
	if d.Ctx.Err() != nil {
		return nil
	}
	d.noticeOut.Forget()
	d.Notice = Notice{Text: d.Discreet(model.SanitiseLine(d.Fault(err))), Bad: true, since: d.Now,
		keys: d.Pressed}
	return nil
}

// Insist shows a message until a key is pressed by somebody who can have read it. It reports
// whether there was room for it.
func (d *Deck) Insist(text string) bool {
	if d.Notice.Bad || d.Notice.Firm {
		return false
	}
	d.noticeOut.Forget()
	d.Notice = Notice{Text: d.Discreet(model.SanitiseLine(text)), Firm: true, since: d.Now, keys: d.Pressed}
	return true
}

// readable is how long a message that insists must have been on screen before a key takes it away:
// whoever was typing when it came has not read it.
const readable = 2 * time.Second

// Acknowledge takes the message away because a key was pressed.
func (d *Deck) Acknowledge() {
	d.Pressed++
	if d.Notice.Bad || d.Notice.Firm && d.Now.Sub(d.Notice.since) >= readable {
		d.Notice = Notice{}
	}
}

// Outlived takes information away that an earlier key was about: what is in front now is something
// else.
func (d *Deck) Outlived() {
	if !d.Notice.Bad && !d.Notice.Firm && d.Notice.keys < d.Pressed {
		d.Notice = Notice{}
	}
}

// Told gives the usual end of an intent: the sentence (as the person reads it), or the error.
func (d *Deck) Told(sentence string) func(error) tea.Cmd {
	return func(err error) tea.Cmd {
		if err != nil {
			return d.Fail(err)
		}
		return d.Say(sentence)
	}
}

// StartingUp says that the first reading from the vendors may still be filling the lists while
// nobody has touched a key: the cursor then stays at the beginning. Afterwards it stays with its
// row, whatever comes in.
func (d *Deck) StartingUp() bool { return !d.Touched && d.Now.Sub(d.Born) < 5*time.Second }

// Capabilities give what the account's vendor can do; ok is false for an account that is not
// configured here.
func (d *Deck) Capabilities(account string) (model.Capabilities, bool) {
	a, ok := d.Account(account)
	if !ok {
		return model.Capabilities{}, false
	}
	c, ok := d.Options.Capabilities[a.Vendor]
	return c, ok
}

// WhyNotOut gives the reason why nothing may leave through the account ("" names none), or "" when
// it may.
func (d *Deck) WhyNotOut(account string) string {
	if d.NothingLeaves() {
		return d.Tr("read-only")
	}
	if why := d.Unusable[account]; !why.IsZero() {
		return d.Text(why)
	}
	if a, ok := d.Account(account); ok && a.ReadOnly {
		return d.Tr("the account %s is read-only", account)
	}
	return ""
}

// Speak changes the language of the screens.
func (d *Deck) Speak(which model.Language) {
	if which != d.Spoken {
		d.Spoken, d.Language = which, lang.NewLanguage(which)
	}
}

// StaysAt says, for each account whose vendor takes a block and does not let it be taken off from
// here, why not.
func (d *Deck) StaysAt() []string {
	var lines []string
	for _, a := range d.Accounts {
		if why := d.WhyStays(a.Name); why != "" {
			lines = append(lines, d.Tr("Once told, %s keeps it: %s", a.Name, why))
		}
	}
	return lines
}

// KeptAt names the accounts that StaysAt speaks of, in a short sentence; "" when there is none.
func (d *Deck) KeptAt() string {
	var names []string
	for _, a := range d.Accounts {
		if d.WhyStays(a.Name) != "" {
			names = append(names, a.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return d.Tr("after that it stays at %s", strings.Join(names, ", "))
}

// WhyStays gives the reason why a block at an account cannot be taken off from here, "" when it can
// or the vendor has none.
func (d *Deck) WhyStays(account string) string {
	caps, ok := d.Capabilities(account)
	if !ok || !caps.Can(model.ActBlacklistAdd) || caps.Can(model.ActBlacklistRemove) {
		return ""
	}
	return d.Text(caps.Why(model.ActBlacklistRemove))
}
