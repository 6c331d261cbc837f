// Package kit contains what all screens share: the deck, with its ways to query the store and to
// show messages, dialogs, pagers, lists with their columns, filters, views and exports, and the
// clipboard.
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

// Deck is shared by all screens: it holds the options and the state of the environment, and can
// query the store, open dialogs and show messages. Only Update changes it.
type Deck struct {
	Options
	*lang.Language // the program's own messages; nil is English
	PhoneWriter
	Spoken     model.Language
	Ctx        context.Context // ends when the program does
	Now        time.Time       // time of the message being handled: screens never read the clock
	Style      *term.Theme
	Overview   model.Overview
	Dialogs    []OpenDialog
	Steps      []Step       // the operator's steps that can be undone, newest last
	saved      []model.View // the operator's own views as last read; never changed in place
	Born       time.Time    // when the program started
	Large      bool         // the terminal is large enough to show details beside a list
	Message    Message
	Pressed    int // number of keys so far
	noticeOut  Slot
	LastCopied string
	// spreadsheets says that exports write CSV in the form that spreadsheets open, as chosen by the
	// operator.
	spreadsheets bool
	// Sent runs when a campaign has been stored for sending and its dialogs are closed; nil: no
	// screen shows it.
	Sent func(model.CampaignID) tea.Cmd
	// Changed reads again what is on screen of the given topics; nil: nothing is.
	Changed func([]model.Topic) tea.Cmd
}

// Slot is where the answer to one kind of question arrives. Asking again makes every earlier answer
// stale and cancels the work on it.
type Slot struct {
	generation uint64
	stop       context.CancelFunc // cancels the current question; nil: there was none
}

// Result is the result of a command, with the generation of its question. Root applies it unless it
// is stale.
type Result struct {
	slot       *Slot
	generation uint64
	Apply      func() tea.Cmd
}

// Stale reports whether its question has been asked again in the meantime.
func (a Result) Stale() bool { return a.slot != nil && a.slot.generation != a.generation }

// Forget makes pending answers stale. A search among a million rows must not continue when its
// result is no longer needed, because the next search would wait for it.
func (s *Slot) Forget() {
	s.generation++
	if s.stop != nil {
		s.stop()
		s.stop = nil
	}
}

// Ask sends a question to the store in a command. The question must capture only values. then runs
// in Update with the answer, unless the slot was used again in the meantime.
func Ask[T any](d *Deck, s *Slot, question func(context.Context) (T, error), then func(T, error) tea.Cmd) tea.Cmd {
	s.Forget()
	ctx, stop := context.WithCancel(d.Ctx)
	s.stop = stop
	generation := s.generation
	return func() tea.Msg {
		defer stop()
		v, err := question(ctx)
		return Result{slot: s, generation: generation, Apply: func() tea.Cmd { return then(v, err) }}
	}
}

// Act carries out an intent in a command. Its answer is never stale: the result is always shown.
func Act(d *Deck, intent func(context.Context) error, then func(error) tea.Cmd) tea.Cmd {
	ctx := d.Ctx
	return func() tea.Msg {
		err := intent(ctx)
		return Result{Apply: func() tea.Cmd { return then(err) }}
	}
}

// Later runs then in Update after a delay, unless the slot was used again in the meantime.
func Later(s *Slot, wait time.Duration, then func() tea.Cmd) tea.Cmd {
	s.Forget()
	generation := s.generation
	return tea.Tick(wait, func(time.Time) tea.Msg {
		return Result{slot: s, generation: generation, Apply: then}
	})
}

// Message is a message to the person. Information disappears by itself, an error stays until a key
// is pressed.
type Message struct {
	Text  string
	Bad   bool
	Firm  bool      // not an error, but stays until a key is pressed
	since time.Time // when it was shown
	keys  int       // number of keys pressed by then
}

// Say shows a message long enough to be read. It does not cover an error that has not been
// acknowledged.
func (d *Deck) Say(text string) tea.Cmd {
	if d.Message.Bad || d.Message.Firm {
		return nil
	}
	d.Message = Message{Text: d.Discreet(model.SanitiseLine(text)), since: d.Now, keys: d.Pressed}
	wait := max(4*time.Second, time.Duration(len([]rune(text)))*60*time.Millisecond)
	return Later(&d.noticeOut, wait, func() tea.Cmd {
		d.Message = Message{}
		return nil
	})
}

// Fail shows an error until a key is pressed.
func (d *Deck) Fail(err error) tea.Cmd {
	if d.Ctx.Err() != nil {
		return nil
	}
	d.noticeOut.Forget()
	d.Message = Message{Text: d.Discreet(model.SanitiseLine(d.Fault(err))), Bad: true, since: d.Now,
		keys: d.Pressed}
	return nil
}

// ShowUntilKey shows a message until a key is pressed by a person who can have read it. It reports
// whether there was room for it.
func (d *Deck) ShowUntilKey(text string) bool {
	if d.Message.Bad || d.Message.Firm {
		return false
	}
	d.noticeOut.Forget()
	d.Message = Message{Text: d.Discreet(model.SanitiseLine(text)), Firm: true, since: d.Now, keys: d.Pressed}
	return true
}

// readable is how long such a message must have been on screen before a key dismisses it: a person
// who was typing when it appeared has not read it.
const readable = 2 * time.Second

// DismissMessage removes the message because a key was pressed.
func (d *Deck) DismissMessage() {
	d.Pressed++
	if d.Message.Bad || d.Message.Firm && d.Now.Sub(d.Message.since) >= readable {
		d.Message = Message{}
	}
}

// DropOld removes information about an earlier key's action, because another screen or dialog is
// now in front.
func (d *Deck) DropOld() {
	if !d.Message.Bad && !d.Message.Firm && d.Message.keys < d.Pressed {
		d.Message = Message{}
	}
}

// SayOrFail returns the usual end of an intent, which shows the sentence (in the person's language)
// or the error. What it changed is read at once: a report of changes comes only after their burst.
func (d *Deck) SayOrFail(sentence string) func(error) tea.Cmd {
	return func(err error) tea.Cmd {
		if err != nil {
			return d.Fail(err)
		}
		if d.Changed == nil {
			return d.Say(sentence)
		}
		return tea.Batch(d.Say(sentence), d.Changed(model.Topics()))
	}
}

// Touched reports whether a key has been pressed since the start.
func (d *Deck) Touched() bool { return d.Pressed > 0 }

// StartingUp reports whether the first reading from the vendors may still be filling the lists and
// no key has been pressed: the cursor then stays at the beginning. Afterwards it stays with its
// row, whatever arrives.
func (d *Deck) StartingUp() bool { return !d.Touched() && d.Now.Sub(d.Born) < 5*time.Second }

// Capabilities returns what the account's vendor can do; ok is false for an account that is not
// configured here.
func (d *Deck) Capabilities(account string) (model.Capabilities, bool) {
	a, ok := d.Account(account)
	if !ok {
		return model.Capabilities{}, false
	}
	c, ok := d.Options.Capabilities[a.Vendor]
	return c, ok
}

// WhyNotOut returns the reason why nothing may leave through the account ("" names none), or ""
// when it may.
func (d *Deck) WhyNotOut(account string) string {
	if why := d.Unusable[account]; !why.IsZero() && !d.NothingLeaves() {
		return d.Text(why)
	}
	return d.WhyReadOnly(account)
}

// WhyReadOnly returns the reason why this dashboard changes nothing of the account, "" if it may.
func (d *Deck) WhyReadOnly(account string) string {
	if d.NothingLeaves() {
		return d.Tr("read-only")
	}
	if a, ok := d.Account(account); ok && a.ReadOnly {
		return d.Tr("the account %s is read-only", account)
	}
	return ""
}

// WhyNotSend returns the reason why no campaign can be sent through the account, "" if one can.
func (d *Deck) WhyNotSend(account string) string {
	if why := d.WhyNotOut(account); why != "" {
		return why
	}
	caps, ok := d.Capabilities(account)
	if !ok {
		return d.Tr("this version cannot send through %s", account)
	}
	return d.Text(caps.Why(model.ActSend))
}

// ForCommand returns a copy with which a command can write times, phones and sentences: the deck
// itself changes in Update.
func (d *Deck) ForCommand() *Deck {
	return &Deck{Options: d.Options, Language: d.Language, Now: d.Now, PhoneWriter: PhoneWriter{Masked: d.Masked}}
}

// Speak changes the language of the screens.
func (d *Deck) Speak(which model.Language) {
	if which != d.Spoken {
		d.Spoken, d.Language = which, lang.LanguageOf(which)
	}
}

// PermanentBlockLines returns, for each account whose vendor accepts a block but does not allow it
// to be lifted from here, why not.
func (d *Deck) PermanentBlockLines() []string {
	var lines []string
	for _, a := range d.Accounts {
		if why := d.WhyPermanent(a.Name); why != "" {
			lines = append(lines, d.Tr("Once %s knows of it, it stays there: %s", a.Name, why))
		}
	}
	return lines
}

// PermanentBlockNote names the accounts in PermanentBlockLines in a short sentence; "" if there are
// none.
func (d *Deck) PermanentBlockNote() string {
	var names []string
	for _, a := range d.Accounts {
		if d.WhyPermanent(a.Name) != "" {
			names = append(names, a.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return d.Tr("after that it stays at %s", strings.Join(names, ", "))
}

// WhyPermanent returns the reason why a block at an account cannot be lifted from here, "" if it
// can or if the vendor supports no blocks.
func (d *Deck) WhyPermanent(account string) string {
	caps, ok := d.Capabilities(account)
	if !ok || !caps.Can(model.ActBlacklistAdd) || caps.Can(model.ActBlacklistRemove) {
		return ""
	}
	return d.Text(caps.Why(model.ActBlacklistRemove))
}
