package ui

import (
	"fmt"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// lookSizes are the sizes at which every view has to look right.
var lookSizes = [][2]int{{40, 10}, {80, 24}, {120, 40}, {200, 60}}

// looks are the terminals on which every view has to look right.
var looks = map[string]func(*kit.Options, *fakeStore){
	"dark":    func(o *kit.Options, _ *fakeStore) { o.Theme.Base = model.ThemeDark },
	"light":   func(o *kit.Options, _ *fakeStore) { o.Theme.Base = model.ThemeLight },
	"ascii":   func(o *kit.Options, _ *fakeStore) { o.Env = []string{"LANG=C"} },
	"russian": inRussian,
}

// reversed gives what is drawn in reverse in each line of a screen.
func reversed(screen string, w, h int) []string {
	terminal := vt.NewEmulator(w, h)
	defer func() { _ = terminal.Close() }()
	_, _ = terminal.WriteString(strings.ReplaceAll(screen, "\n", "\r\n"))
	lines := make([]string, h)
	for y := range lines {
		for x := range w {
			if cell := terminal.CellAt(x, y); cell != nil && cell.Style.Attrs&uv.AttrReverse != 0 {
				lines[y] += cell.Content
			}
		}
	}
	return lines
}

func TestTheRowUnderTheCursorIsABarFromItsMarkThroughItsName(t *testing.T) {
	t.Parallel()
	for name, change := range looks {
		for _, size := range lookSizes {
			t.Run(fmt.Sprintf("%s/%dx%d", name, size[0], size[1]), func(t *testing.T) {
				t.Parallel()
				drive(t, size[0], size[1], change, func(d *driver) {
					for _, view := range []string{"1", "2", "3", "5", "6", "7", "8"} {
						d.press(view)
						mark := "▸ "
						if name == "ascii" {
							mark = "> "
						}
						rows := reversed(d.root.View().Content, size[0], size[1])
						bars := 0
						for y, line := range strings.Split(ansi.Strip(d.root.View().Content), "\n") {
							switch first, _, _ := strings.Cut(strings.TrimPrefix(line, mark), "  "); {
							case !strings.HasPrefix(line, mark):
							case len(rows[y]) <= len(mark) || !strings.HasPrefix(mark+first, rows[y]):
								t.Errorf("view %s: %q is reversed in %q", view, rows[y], line)
							default:
								bars++
							}
						}
						if bars != 1 {
							t.Errorf("view %s: %d rows look chosen", view, bars)
						}
					}
				})
			})
		}
	}
}
