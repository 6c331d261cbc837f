package ui

import (
	"cmp"
	"encoding/xml"
	"flag"
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// pictures are the screens that the README and the guides show.
var pictures = map[string]func(d *driver){
	"replies":    func(*driver) {},
	"campaigns":  func(d *driver) { d.press("2") },
	"statistics": func(d *driver) { d.press("2", "enter", "4") },
	"confirmation": func(d *driver) {
		d.write("Winter sale", "Скидка 20 % на всё. Приходите к нам до воскресенья!",
			"+375 29 111-11-11\n+375 29 111-11-12\n+375 29 111-11-13\n+375 29 111-11-19")
		d.press("ctrl+s")
		d.wait(kit.IgnoreKeysFor)
	},
}

// pictureFolder is where they are kept: redrawn by `make golden` from the same screens that the
// golden files hold.
const pictureFolder = "../docs/pictures"

func TestThePicturesShowTheScreensAsTheyAre(t *testing.T) {
	t.Parallel()
	for name, open := range pictures {
		for _, language := range []model.Language{model.English, model.Russian} {
			for ground, base := range map[string]model.ThemeBase{"dark": model.ThemeDark, "light": model.ThemeLight} {
				file := fmt.Sprintf("%s-%s-%s.svg", name, language, ground)
				t.Run(file, func(t *testing.T) {
					t.Parallel()
					var screen string
					change := func(o *kit.Options, f *fakeStore) {
						o.Language, o.Theme.Base = language, base
						f.blocked[375291111119] = "opt-out"
					}
					drive(t, pictureWidth, pictureHeight, change, func(d *driver) {
						open(d)
						screen = d.root.View().Content
					})
					compareFile(t, filepath.Join(pictureFolder, file), svg(screen, ground == "dark"))
				})
			}
		}
	}
}

// compareFile holds a generated file to what it should be; with -update it is written first.
func compareFile(t *testing.T, path, want string) {
	t.Helper()
	if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("%s is not what the program makes (%v): run make golden", path, err)
	}
}

// The pictures' screen in cells, and a cell in points.
const (
	pictureWidth, pictureHeight = 100, 28
	cellWidth, cellHeight       = 8.4, 18
)

// svg draws a screen. Each run of cells of one look is a text of its own that is stretched to its
// cells, so that columns stay columns in any font.
func svg(screen string, dark bool) string {
	terminal := vt.NewEmulator(pictureWidth, pictureHeight)
	defer func() { _ = terminal.Close() }()
	_, _ = terminal.WriteString(strings.ReplaceAll(screen, "\n", "\r\n"))
	ink, paper := "#24292f", "#ffffff"
	if dark {
		ink, paper = "#d5d7de", "#1c1d26"
	}
	var b strings.Builder
	w, h := pictureWidth*cellWidth+20, float64(pictureHeight*cellHeight+20)
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" font-size="14" `+
		`font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" xml:space="preserve">`+"\n", w, h)
	fmt.Fprintf(&b, `<rect width="%.0f" height="%.0f" rx="8" fill="%s"/>`+"\n", w, h, paper)
	for y := range pictureHeight {
		for x := 0; x < pictureWidth; {
			first := terminal.CellAt(x, y)
			text, width := "", 0
			for x+width < pictureWidth {
				cell := terminal.CellAt(x+width, y)
				if cell == nil || first == nil || !cell.Style.Equal(&first.Style) {
					break
				}
				text += cmp.Or(cell.Content, " ")
				width += max(1, cell.Width)
			}
			if width == 0 {
				x++
				continue
			}
			drawRun(&b, x, y, width, text, first.Style, ink, paper)
			x += width
		}
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// drawRun writes the cells of one look.
func drawRun(b *strings.Builder, x, y, width int, text string, style uv.Style, ink, paper string) {
	fill := ink
	if style.Fg != nil {
		fill = hex(style.Fg)
	}
	left, top := 10+float64(x)*cellWidth, float64(10+y*cellHeight)
	if style.Attrs&uv.AttrReverse != 0 {
		fmt.Fprintf(b, `<rect x="%.1f" y="%.1f" width="%.1f" height="%d" fill="%s"/>`+"\n",
			left, top, float64(width)*cellWidth, cellHeight, fill)
		fill = paper
	}
	if strings.TrimSpace(text) == "" {
		return
	}
	weight := ""
	if style.Attrs&uv.AttrBold != 0 {
		weight = ` font-weight="bold"`
	}
	var escaped strings.Builder
	_ = xml.EscapeText(&escaped, []byte(text))
	fmt.Fprintf(b, `<text x="%.1f" y="%.1f" textLength="%.1f" lengthAdjust="spacingAndGlyphs" fill="%s"%s>%s</text>`+
		"\n",
		left, top+13.5, float64(width)*cellWidth, fill, weight, escaped.String())
}

func hex(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
