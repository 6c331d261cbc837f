package ui

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// byLayout returns the keys as the Russian layout types them.
func byLayout(keys []string) []string {
	own := make([]string, len(keys))
	for i, k := range keys {
		own[i] = inPlaceOf(k)
	}
	return own
}

func TestGoldenRussianScreens(t *testing.T) {
	t.Parallel()
	for _, v := range goldenViews {
		for _, size := range goldenSizes[:3] {
			t.Run(fmt.Sprintf("%s/%dx%d", v.name, size[0], size[1]), func(t *testing.T) {
				t.Parallel()
				drive(t, size[0], size[1], inRussian, func(d *driver) {
					d.press(byLayout(v.keys)...)
					golden.RequireEqual(t, d.frame())
				})
			})
		}
	}
}

// latin are words that stay as they are on a Russian screen, and why.
var latin = map[string]string{
	"names and texts of the test's store": "minsk shop anna olga Brand Shop Sale Autumn Summer sale Customers Reply " +
		"to received message please call me back tomorrow after lunch " +
		"because I am at work now complaint called her asked by phone The name is a trade mark of somebody else " +
		"host submitted people",
	"words of vendors and of their interface": "Viber smsby sms.by sendpulse SendPulse wooxy routee READ not a " +
		"Viber user GET api getViberMessages too many requests again in " +
		"the vendor lists no mailing of that name promotional",
	"what the test's vendors lack": "sms.by has no lifetime does not send gradually cannot stop a mailing " +
		"SendPulse gives no replies",
	"keys": "Enter Esc Tab PgUp PgDn Backspace ctrl shift tab space home end",
	"formats, and commands for the shell": "CSV JSON Lines jsonl csv https SMS EUR OSC viberdeck work campaigns " +
		"recipients replies senders blacklist outbox log filter is:open",
	"the language":               "English",
	"a key of the configuration": "[[macro]]",
}

var (
	latinRun  = regexp.MustCompile(`[A-Za-z]{4,}`)
	explained = sync.OnceValue(func() []string {
		return latinRun.FindAllString(strings.Join(slices.Collect(maps.Values(latin)), " "), -1)
	})
)

// english returns the unexplained Latin words of a screen. A word that is cut is the beginning or
// the end of one.
func english(screen string) []string {
	return slices.DeleteFunc(latinRun.FindAllString(screen, -1), func(word string) bool {
		return slices.ContainsFunc(explained(), func(known string) bool {
			return strings.HasPrefix(known, word) || strings.HasSuffix(known, word)
		})
	})
}

func TestNothingEnglishIsLeftOnARussianScreen(t *testing.T) {
	t.Parallel()
	var guard sync.Mutex
	found := map[string]string{} // a place where it occurs
	note := func(place, text string) {
		guard.Lock()
		defer guard.Unlock()
		for _, word := range english(text) {
			if found[word] == "" {
				found[word] = place + "\n" + text
			}
		}
	}
	t.Run("tabs", func(t *testing.T) {
		for _, row := range tabs() {
			tab := row.key
			t.Run("actions of "+tab, func(t *testing.T) {
				t.Parallel()
				drive(t, 80, 24, inRussian, func(d *driver) { everyAction(d, tab, note) })
			})
			t.Run("panes of "+tab, func(t *testing.T) {
				t.Parallel()
				drive(t, 200, 60, inRussian, func(d *driver) { everyPane(d, tab, note) })
			})
		}
		t.Run("states", func(t *testing.T) {
			t.Parallel()
			drive(t, 80, 24, inRussian, func(d *driver) { everyState(d, note) })
		})
	})
	for _, word := range slices.Sorted(maps.Keys(found)) {
		t.Errorf("%q stands on the Russian screen: %s", word, found[word])
	}
}

// goHome leaves all dialogs and opens a tab as it begins.
func (d *driver) goHome(tab string) {
	for range 12 {
		if d.root.d.Top() == nil {
			break
		}
		d.wait(kit.IgnoreKeysFor)
		d.press("esc")
	}
	for d.root.screens[d.root.front].Typing() {
		d.press("esc")
	}
	d.press(tab)
}

// everyAction carries out the actions of a tab and of what Enter opens there, one at a time, and
// records the screen after each. Actions that are the same on all tabs are checked on the first
// one.
func everyAction(d *driver, tab string, note func(place, text string)) {
	elsewhere := []kit.Action{kit.ActUp, kit.ActDown, kit.ActHalfUp, kit.ActHalfDown,
		kit.ActPageUp, kit.ActPageDown, kit.ActFirst, kit.ActLast}
	if tab != "1" {
		elsewhere = append(elsewhere, actUndo, actBrake, actFind, actMask, actMouse)
		for _, t := range tabs() {
			elsewhere = append(elsewhere, t.action)
		}
	}
	seen := map[kit.Action]bool{actQuit: true, actBack: true, actLanguage: true}
	for _, a := range elsewhere {
		seen[a] = true
	}
	for _, open := range [][]string{nil, {"enter"}} {
		begin := func() {
			d.goHome(tab)
			d.press(open...)
		}
		begin()
		if d.root.d.Top() != nil {
			continue
		}
		for _, c := range d.root.palette().(*kit.Picker).Choices {
			note("tab "+tab+", the palette", c.Name+" "+c.Note)
		}
		note("tab "+tab+", help",
			ansi.Strip(strings.Join(newHelp(d.root.d, d.root.tables(), d.root.title()).Body(100, 1000), "\n")))
		for _, table := range d.root.bindings() {
			for _, b := range table {
				if seen[b.Action] {
					continue
				}
				seen[b.Action] = true
				begin()
				d.press(b.Keys[0])
				place := fmt.Sprintf("tab %s %v, then %s", tab, open, b.Action)
				note(place, d.screen())
				d.wait(kit.IgnoreKeysFor)
				for _, key := range []string{"down", "enter", "й", "enter"} {
					if d.root.d.Top() != nil {
						d.press(key)
						place += ", " + key
						note(place, d.screen())
					}
				}
				note(place, d.screen())
			}
		}
	}
}

// everyPane goes through the parts of a tab and of what Enter opens there.
func everyPane(d *driver, tab string, note func(place, text string)) {
	for _, open := range [][]string{nil, {"enter"}} {
		d.goHome(tab)
		d.press(open...)
		for i := range 5 {
			note(fmt.Sprintf("tab %s %v, pane %d", tab, open, i), d.screen())
			d.press("tab")
		}
	}
}

// everyState shows campaigns in every state, and what can and cannot be done with them.
func everyState(d *driver, note func(place, text string)) {
	for _, state := range model.CampaignStates() {
		d.store.mu.Lock()
		for i := range d.store.campaigns {
			d.store.campaigns[i].State = state
		}
		d.store.mu.Unlock()
		d.goHome("2")
		d.press("r")
		note("campaigns that are "+string(state), d.screen())
		for _, key := range []string{"P", "X", "v", "W", "D"} {
			d.press(key)
			note("a campaign that is "+string(state)+", then "+key, d.screen())
			d.goHome("2")
		}
	}
}
