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
	v := tea.NewView(r.shown())
	v.AltScreen = true
	if r.mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
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
	if h >= leastHeightOfTabs {
		head = []string{strings.Join(r.tabLabels(w), "")}
	}
	if h >= 10 || r.d.toast.text != "" && h >= 3 {
		foot = append(foot, r.footer(w, max(1, h/4))...)
	}
	if h >= 3 {
		foot = append(foot, r.statusLine(w))
	}
	room := h - len(head) - len(foot)
	var middle []string
	under := r.screens[r.front].view
	for _, o := range r.d.dialogs {
		if isFull(o.dialog) {
			under = o.body
		}
	}
	middle = box(under(w, room), w, room)
	if o := r.d.top(); o != nil && !isFull(o.dialog) {
		middle = r.overlay(middle, o.dialog, w, room)
	}
	return strings.Join(slices.Concat(box(head, w, len(head)), middle, box(foot, w, len(foot))), "\n")
}

func isFull(d dialog) bool {
	_, ok := d.(full)
	return ok
}

// overlay draws a dialog in the middle of the screen, or where there is no room for a frame in
// place of it.
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
	canvas.Compose(lipgloss.NewCompositor(lipgloss.NewLayer(strings.Join(under, "\n")),
		lipgloss.NewLayer(frame).X(left).Y(top).Z(1)))
	return box(strings.Split(canvas.Render(), "\n"), w, h)
}

// footer gives the message, if there is one, in at most so many lines, or else one line of the keys
// that are most used here.
func (r *Root) footer(w, most int) []string {
	if r.d.toast.text == "" {
		return []string{r.keyLine(w)}
	}
	sign, as := " · ", good
	if r.d.toast.bad {
		sign, as = " ! ", bad
	}
	lines := wrap(r.d.toast.text, max(1, w-3))
	if len(lines) > most {
		lines = append(lines[:most-1:most-1], strings.Join(lines[most-1:], " "))
	}
	for i, l := range lines {
		lines[i] = r.d.style.paint(as, cut(sign+l, w))
		sign = "   "
	}
	return lines
}

// keyLine gives the keys that are most used here.
func (r *Root) keyLine(w int) string {
	if o := r.d.top(); o != nil {
		return r.d.style.paint(dim, cut(" "+hintWithin(o.hint(), w-1), w))
	}
	if r.screens[r.front].typing() {
		return r.d.style.paint(dim,
			cut(" "+r.d.tr("Enter keeps the filter   Esc goes back   fields: account vendor campaign status state "+
				"is phone from label reason text before after"), w))
	}
	line := ""
	for _, table := range r.tables() {
		for _, b := range table {
			if b.short == "" || b.whyNot() != "" {
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

// hintWithin leaves out keys of a dialog's line that does not fit, but neither the first nor the
// last, which leads out of it.
func hintWithin(hint string, w int) string {
	gap := "   "
	if !strings.Contains(hint, gap) {
		gap = "  "
	}
	parts := strings.Split(hint, gap)
	for len(parts) > 2 && widthOf(strings.Join(parts, gap)) > w {
		parts = slices.Delete(parts, len(parts)-2, len(parts)-1)
	}
	return strings.Join(parts, gap)
}
