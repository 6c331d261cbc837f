package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// View draws the screen. It reads what Update left and nothing else.
func (r *Root) View() tea.View {
	content := r.draw()
	if r.signs != nil {
		content = r.signs.Replace(content)
	}
	v := tea.NewView(content)
	v.AltScreen = true
	v.WindowTitle = r.windowTitle()
	return v
}

func (r *Root) windowTitle() string {
	title := "viberdeck"
	if r.d.Mode == Demo {
		title += " DEMO"
	}
	if n := r.d.overview.OpenReplies; n > 0 {
		title = fmt.Sprintf("(%d) %s", n, title)
	}
	return title
}

// draw gives exactly h lines of exactly w columns.
func (r *Root) draw() string {
	w, h := r.w, r.h
	if w <= 0 || h <= 0 {
		return ""
	}
	var head, foot []string
	if h >= 4 {
		head = []string{r.tabs(w)}
	}
	if h >= 10 || r.d.toast.text != "" && h >= 3 {
		foot = append(foot, r.footer(w))
	}
	if h >= 3 {
		foot = append(foot, r.statusLine(w))
	}
	room := h - len(head) - len(foot)
	var middle []string
	o := r.d.top()
	if o != nil && isFull(o.dialog) {
		middle = box(o.body(w, room), w, room)
		o = nil
	} else {
		middle = box(r.screens[r.front].view(w, room), w, room)
	}
	if o != nil {
		middle = r.overlay(middle, o.dialog, w, room)
	}
	return strings.Join(slices.Concat(box(head, w, len(head)), middle, box(foot, w, len(foot))), "\n")
}

func isFull(d dialog) bool {
	_, ok := d.(full)
	return ok
}

// overlay draws a dialog in the middle of the screen, or where there is no room for a frame in place of it.
func (r *Root) overlay(under []string, dlg dialog, w, h int) []string {
	title := func(width int) string { return r.d.style.paint(accent, clip(dlg.title(), width)) }
	if w < 50 || h < 14 {
		return box(append([]string{title(w)}, dlg.body(w, max(1, h-1))...), w, h)
	}
	inner := min(w-6, 76)
	content := append([]string{title(inner)}, dlg.body(inner, h-4)...)
	for i := range content {
		content[i] = fit(content[i], inner)
	}
	frame := r.d.style.box.Width(inner + 4).Render(strings.Join(content, "\n"))
	left, top := (w-inner-4)/2, max(0, (h-lipgloss.Height(frame))/2)
	canvas := lipgloss.NewCanvas(w, h)
	canvas.Compose(lipgloss.NewCompositor(lipgloss.NewLayer(strings.Join(under, "\n")), lipgloss.NewLayer(frame).X(left).Y(top).Z(1)))
	return box(strings.Split(canvas.Render(), "\n"), w, h)
}

// tabs draws the tab bar: full words, short ones, or numbers with the front tab's word, whatever fits.
func (r *Root) tabs(w int) string {
	const full, shorter, numbers = 0, 1, 2
	for level := full; level < numbers; level++ {
		if line, width := r.tabLine(level == shorter, false); width <= w {
			return line
		}
	}
	line, _ := r.tabLine(true, true)
	return line
}

func (r *Root) tabLine(shorter, numbers bool) (line string, width int) {
	var b strings.Builder
	for i, s := range r.screens {
		word, short := s.name()
		if shorter {
			word = short
		}
		word = r.d.tr(word)
		label := fmt.Sprintf("%d %s", i+1, word)
		if n := r.d.overview.OpenReplies; i == 0 && n > 0 {
			label += " " + count(n)
		}
		if numbers && i != r.front {
			label = fmt.Sprint(i + 1)
		}
		if i == r.front {
			label = r.d.style.paint(accent, "["+label+"]")
		} else {
			label = r.d.style.paint(dim, " "+label+" ")
		}
		b.WriteString(label)
		width += widthOf(label)
	}
	return b.String(), width
}

// footer gives the message, if there is one, or else the keys that are most used here.
func (r *Root) footer(w int) string {
	if t := r.d.toast; t.text != "" {
		if t.bad {
			return r.d.style.paint(bad, cut(" ! "+t.text, w))
		}
		return r.d.style.paint(good, cut(" · "+t.text, w))
	}
	if o := r.d.top(); o != nil {
		return r.d.style.paint(dim, cut(" "+o.hint(), w))
	}
	if r.screens[r.front].typing() {
		return r.d.style.paint(dim, cut(" "+r.d.tr("Enter keeps the filter   Esc goes back   fields: account vendor campaign status state is phone from label reason text before after"), w))
	}
	line := ""
	for _, table := range r.tables() {
		for _, b := range table {
			if b.short == "" || r.screens[r.front].why(b.action) != "" {
				continue
			}
			part := " " + b.key() + " " + r.d.word("key", b.short) + " "
			if widthOf(line+part) > w {
				return r.d.style.paint(dim, line)
			}
			line += part
		}
	}
	return r.d.style.paint(dim, line)
}
