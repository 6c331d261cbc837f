package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

// View draws the screen. It only reads what Update left.
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
	if r.d.Mode == kit.Demo {
		title += " DEMO"
	}
	if n := r.d.Overview.OpenReplies; n > 0 {
		title = fmt.Sprintf("(%d) %s", n, title)
	}
	return title
}

// draw returns exactly h lines of exactly w columns.
func (r *Root) draw() string {
	w, h := r.w, r.h
	if w <= 0 || h <= 0 {
		return ""
	}
	var head, foot []string
	if h >= leastHeightOfTabs {
		head = []string{strings.Join(r.tabLabels(w), "")}
	}
	if h >= 10 || r.d.Message.Text != "" && h >= 3 {
		foot = append(foot, r.footer(w, max(1, h/3))...)
	}
	if h >= 3 {
		foot = append(foot, r.statusLine(w))
	}
	room := h - len(head) - len(foot)
	var middle []string
	under := r.screens[r.front].View
	for _, o := range r.d.Dialogs {
		if isFull(o.Dialog) {
			under = o.Body
		}
	}
	middle = term.Box(under(w, room), w, room)
	if o := r.d.Top(); o != nil && !isFull(o.Dialog) {
		freeW, freeH := w, room
		if a, ok := r.screens[r.front].(kit.KeepsVisible); ok && r.d.AsksAboutRows() {
			freeW, freeH = a.Free(w, room)
		}
		middle = r.overlay(middle, o.Dialog, freeW, freeH)
	}
	return strings.Join(slices.Concat(term.Box(head, w, len(head)), middle, term.Box(foot, w, len(foot))), "\n")
}

func isFull(d kit.Dialog) bool {
	_, ok := d.(kit.FullScreen)
	return ok
}

// A screen of this size has room for what otherwise takes a key.
const largeWidth, largeHeight = 120, 36

const (
	widestDialog = 76 // columns of text in a dialog
	leastBeside  = 8  // columns of the list that must remain on each side of a dialog
)

// overlay draws a dialog in the middle of the free part of the screen, or, if there is no room for
// a frame, in place of it.
func (r *Root) overlay(under []string, dlg kit.Dialog, w, h int) []string {
	title := func(width int) string { return r.d.Style.Paint(term.Accent, term.Clip(dlg.Title(), width)) }
	if w < 50 || len(under) < 14 || h < 9 {
		h = min(max(h, 2), len(under))
		return append(term.Box(append([]string{title(r.w)}, dlg.Body(r.w, max(1, h-1))...), r.w, h),
			under[h:]...)
	}
	inner := widestDialog
	if w < widestDialog+2*leastBeside {
		inner = w - 4 // its frame takes the whole width: a strip of the list beside it would look like a fault
	}
	content := append([]string{title(inner)}, dlg.Body(inner, h-4)...)
	for i := range content {
		content[i] = term.Fit(content[i], inner)
	}
	frame := r.d.Style.Box.Width(inner + 4).Render(strings.Join(content, "\n"))
	left, top := (w-inner-4)/2, max(0, (h-lipgloss.Height(frame))/2)
	over, width := strings.Split(frame, "\n"), inner+4
	if left > 0 { // a space on each side: words of the list that touch the frame look like part of it
		left, width = left-1, width+2
		for i := range over {
			over[i] = " " + over[i]
		}
	}
	shown := term.Box(under, r.w, len(under))
	for i, line := range over[:min(len(over), len(shown)-top)] {
		shown[top+i] = term.Splice(shown[top+i], line, left, width)
	}
	return shown
}

// footer returns the message, if there is one, in at most the given number of lines, otherwise one
// line of the most used keys. The keys of a dialog or a field stay below a message.
func (r *Root) footer(w, most int) []string {
	if r.d.Message.Text == "" {
		return []string{r.keyLine(w)}
	}
	var keys []string
	if most > 1 && (r.d.Top() != nil || r.screens[r.front].Typing()) {
		keys = []string{r.keyLine(w)}
	}
	sign, as := " · ", term.Good
	if r.d.Message.Bad {
		sign, as = " ! ", term.Bad
	}
	lines := term.Wrap(r.d.Message.Text, max(1, w-3))
	if len(lines) > most {
		lines = append(lines[:most-1:most-1], strings.Join(lines[most-1:], " "))
	}
	for i, l := range lines {
		lines[i] = r.d.Style.Paint(as, term.Cut(sign+l, w))
		sign = "   "
	}
	return append(lines, keys...)
}

// keyLine returns the most used keys of the screen.
func (r *Root) keyLine(w int) string {
	if o := r.d.Top(); o != nil {
		return r.d.Style.Paint(term.Dim, term.Cut(" "+hintWithin(o.Hint(), w-1), w))
	}
	if r.screens[r.front].Typing() {
		return r.d.Style.Paint(term.Dim,
			term.Cut(" "+r.d.Tr(
				"Enter keeps the filter   Esc goes back   Tab completes   ? explains"), w))
	}
	line := ""
	for _, table := range r.tables() {
		for _, b := range table {
			if b.Short == "" || b.WhyNot() != "" {
				continue
			}
			part := " " + b.Key() + " " + r.d.Word("key", b.Short) + " "
			if term.WidthOf(line+part) > w {
				return r.d.Style.Paint(term.Dim, line)
			}
			line += part
		}
	}
	return r.d.Style.Paint(term.Dim, line)
}

// hintWithin drops keys from a dialog's line that does not fit, but neither the first nor the last,
// which closes the dialog.
func hintWithin(hint string, w int) string {
	gap := "   "
	if !strings.Contains(hint, gap) {
		gap = "  "
	}
	parts := strings.Split(hint, gap)
	for len(parts) > 2 && term.WidthOf(strings.Join(parts, gap)) > w {
		parts = slices.Delete(parts, len(parts)-2, len(parts)-1)
	}
	return strings.Join(parts, gap)
}
