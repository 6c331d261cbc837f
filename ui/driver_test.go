package ui

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// driver runs the dashboard without a program: Update is called here, a command runs in a goroutine
// of the synctest bubble until it answers or waits, one after the other, so that everything happens
// in one order and in virtual time.
type driver struct {
	t        *testing.T
	root     *Root
	store    *fakeStore
	answers  chan tea.Msg
	quit     bool
	hold     bool // answers are kept back
	kept     []tea.Msg
	messages []tea.Msg // everything that was answered, in order
}

// start is the time at which every test begins, in Minsk a Tuesday noon.
var start = time.Date(2026, 2, 3, 9, 0, 0, 0, time.UTC)

// minsk is the operator's zone; a fixed one, so that no test needs the machine's zone files.
var minsk = time.FixedZone("+03", 3*60*60)

// options are those of a test program.
func options(store kit.Store) kit.Options {
	born := time.Now()
	return kit.Options{
		Store: store, Operator: "olga", Session: "s1", Mode: kit.Live,
		Settings:     kit.Settings{Zone: minsk, DefaultCountry: "BY", Patience: model.Config{}.Patience()},
		Accounts:     []model.Account{{Name: "minsk", Vendor: model.SMSBy}, {Name: "shop", Vendor: model.SendPulse}},
		Capabilities: testCapabilities(),
		PerCall:      func(model.Campaign) int { return 1000 },
		Prepare: func(context.Context, model.Campaign) (model.Prepared, error) {
			return model.Prepared{VendorID: "77", People: model.Known(320)}, nil
		},
		Now: func() time.Time { return start.Add(time.Since(born)) },
	}
}

// drive runs a test with the dashboard on a screen of that size.
func drive(t *testing.T, w, h int, change func(*kit.Options, *fakeStore), test func(d *driver)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore(start)
		o := options(store)
		if change != nil {
			change(&o, store)
		}
		d, end := begin(t, o, store, w, h)
		defer func() {
			end()
			time.Sleep(time.Hour) // timers that are no longer awaited run out
		}()
		test(d)
	})
}

// begin starts the dashboard, within a synctest bubble; end is how a killed process ends: nothing
// is kept that was not kept before.
func begin(t *testing.T, o kit.Options, store *fakeStore, w, h int) (d *driver, end func()) {
	t.Helper()
	ctx, end := context.WithCancel(t.Context())
	store.now = o.Now
	d = &driver{t: t, root: New(o), store: store, answers: make(chan tea.Msg, 10000)}
	d.root.d.Ctx = ctx
	d.send(tea.WindowSizeMsg{Width: w, Height: h})
	d.run(d.root.Init())
	d.settle()
	return d, end
}

// send hands a message to Update and lets what follows from it happen.
func (d *driver) send(msg tea.Msg) {
	d.t.Helper()
	d.update(msg)
	d.settle()
}

func (d *driver) update(msg tea.Msg) {
	d.t.Helper()
	d.store.inUpdate.Store(true)
	_, cmd := d.root.Update(msg)
	d.root.View()
	d.store.inUpdate.Store(false)
	d.run(cmd)
}

// run carries out a command; commands that wait for the clock or for changes keep waiting.
func (d *driver) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() { d.answers <- cmd() }()
	synctest.Wait()
}

// settle handles answers until none is left.
func (d *driver) settle() {
	d.t.Helper()
	for range 10000 {
		select {
		case msg := <-d.answers:
			d.take(msg)
		default:
			return
		}
	}
	d.t.Fatal("the program does not come to rest")
}

func (d *driver) take(msg tea.Msg) {
	switch msg := msg.(type) {
	case nil:
	case tea.QuitMsg:
		d.quit = true
	case tea.BatchMsg:
		for _, cmd := range msg {
			d.run(cmd)
		}
	default:
		if v := reflect.ValueOf(msg); v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
			for i := range v.Len() { // a sequence
				if cmd := v.Index(i).Interface().(tea.Cmd); cmd != nil {
					d.run(cmd)
					d.settle()
				}
			}
			return
		}
		d.messages = append(d.messages, msg)
		if _, ok := msg.(kit.Result); ok && d.hold {
			d.kept = append(d.kept, msg)
			return
		}
		d.update(msg)
	}
}

// release lets the answers that were kept back arrive, in the given order.
func (d *driver) release(order ...int) {
	kept := d.kept
	d.hold, d.kept = false, nil
	for _, i := range order {
		d.send(kept[i])
	}
}

// answerKept lets the answers that are kept back arrive, and keeps back what follows from them.
func (d *driver) answerKept() {
	d.t.Helper()
	kept := d.kept
	d.kept = nil
	for _, msg := range kept {
		d.send(msg)
	}
}

// press types keys by their names: "j", "enter", "ctrl+c", "О".
func (d *driver) press(keys ...string) {
	d.t.Helper()
	for _, k := range keys {
		d.send(pressed(k))
	}
}

// typeText types a text letter by letter.
func (d *driver) typeText(s string) {
	d.t.Helper()
	for _, r := range s {
		d.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// wait lets time pass.
func (d *driver) wait(span time.Duration) {
	d.t.Helper()
	time.Sleep(span)
	synctest.Wait()
	d.settle()
}

func pressed(name string) tea.KeyPressMsg {
	special := map[string]rune{"enter": tea.KeyEnter, "esc": tea.KeyEscape, "up": tea.KeyUp, "down": tea.KeyDown,
		"left":  tea.KeyLeft,
		"right": tea.KeyRight, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd,
		"tab":       tea.KeyTab,
		"backspace": tea.KeyBackspace}
	if code, ok := special[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	if name == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	if name == "shift+tab" {
		return tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift}
	}
	if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: []rune(rest)[0], Mod: tea.ModCtrl}
	}
	r := []rune(name)[0]
	return tea.KeyPressMsg{Code: r, Text: name}
}

// screen returns what a person sees, without styles and without spaces at line ends.
func (d *driver) screen() string {
	lines := strings.Split(ansi.Strip(d.root.View().Content), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// frame returns the screen below the tab bar.
func (d *driver) frame() string {
	screen := d.screen()
	if d.root.h < leastHeightOfTabs {
		return screen
	}
	_, below, _ := strings.Cut(screen, "\n")
	return below
}

// sees fails unless each text is on the screen.
func (d *driver) sees(texts ...string) {
	d.t.Helper()
	for _, s := range texts {
		if !strings.Contains(d.screen(), s) {
			d.t.Errorf("the screen does not show %q:\n%s", s, d.screen())
		}
	}
}

// seesNot fails when one of the texts is on the screen.
func (d *driver) seesNot(texts ...string) {
	d.t.Helper()
	for _, s := range texts {
		if strings.Contains(d.screen(), s) {
			d.t.Errorf("the screen shows %q:\n%s", s, d.screen())
		}
	}
}

// selected returns the line of the screen with the cursor's mark.
func (d *driver) selected() string {
	for line := range strings.SplitSeq(d.screen(), "\n") {
		if strings.HasPrefix(line, "▸") || strings.HasPrefix(line, "◆") {
			return line
		}
	}
	return ""
}
