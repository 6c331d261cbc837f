package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"viberdeck/ui/kit"
)

// goldenSizes are the sizes every view is drawn at.
var goldenSizes = [][2]int{{40, 10}, {80, 24}, {120, 40}, {200, 60}}

// wholeView is the view that is compared with its tab bar. All others are compared below it, and
// the bar by a test of its own.
const wholeView = "replies"

// goldenViews are the views with the keys that lead to them.
var goldenViews = []struct {
	name string
	keys []string
}{
	{"replies", nil},
	{"replies-marked", []string{"space", "space", "o"}},
	{"reply", []string{"j", "enter"}},
	{"filter", []string{"/", "y", "e"}},
	{"snooze", []string{"z"}},
	{"campaigns", []string{"2"}},
	{"campaign-recipients", []string{"2", "enter"}},
	{"campaign-message", []string{"2", "enter", "tab", "tab"}},
	{"campaign-activity", []string{"2", "enter", "shift+tab"}},
	{"form", []string{"2", "N"}},
	{"recipients", []string{"3"}},
	{"statistics", []string{"2", "enter", "4"}},
	{"statistics-by-sender", []string{"4", "tab", "tab"}},
	{"compare", []string{"2", "space", "j", "space", "space", "C", "j"}},
	{"senders", []string{"5"}},
	{"blacklist", []string{"6"}},
	{"blacklist-remove", []string{"6", "x", "o", "k", "enter"}},
	{"outbox", []string{"7"}},
	{"outbox-resolve", []string{"7", "enter"}},
	{"log", []string{"8"}},
	{"help", []string{"?"}},
	{"palette", []string{"2", ":", "r", "e"}},
	{"brake", []string{"B"}},
}

func TestGoldenScreens(t *testing.T) {
	t.Parallel()
	for _, v := range goldenViews {
		for _, size := range goldenSizes {
			t.Run(fmt.Sprintf("%s/%dx%d", v.name, size[0], size[1]), func(t *testing.T) {
				t.Parallel()
				drive(t, size[0], size[1], nil, func(d *driver) {
					d.press(v.keys...)
					if v.name == wholeView {
						golden.RequireEqual(t, d.screen())
						return
					}
					golden.RequireEqual(t, d.frame())
				})
			})
		}
	}
}

func TestEveryTabHasAGoldenView(t *testing.T) {
	t.Parallel()
	for i, tab := range tabs() {
		found := i == 0 // the first one is in front at the start
		for _, v := range goldenViews {
			found = found || len(v.keys) > 0 && v.keys[0] == tab.key
		}
		if !found {
			t.Errorf("no golden view begins with %s (%s)", tab.key, tab.name)
		}
	}
}

func TestGoldenTabBar(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*kit.Options, *fakeStore){"english": nil, "russian": inRussian} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			drive(t, 80, 24, change, func(d *driver) {
				var bars strings.Builder
				for _, tab := range tabs() {
					d.press(tab.key)
					for _, w := range []int{20, 40, 60, 80, 100, 200} {
						d.send(tea.WindowSizeMsg{Width: w, Height: 24})
						bar, _, _ := strings.Cut(d.screen(), "\n")
						bars.WriteString(bar + "\n")
					}
				}
				golden.RequireEqual(t, bars.String())
			})
		})
	}
}

func TestGoldenSendConfirmation(t *testing.T) {
	t.Parallel()
	for _, size := range goldenSizes {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			change := func(_ *kit.Options, f *fakeStore) { f.blocked[375291111119] = "opt-out" }
			drive(t, size[0], size[1], change, func(d *driver) {
				d.write("Winter sale", "Скидка 20 %",
					"+375 29 111-11-11\n80291111112;375291111113, +375291111119 +375291111111\nabc")
				d.press("ctrl+s")
				golden.RequireEqual(t, d.frame())
			})
		})
	}
}
