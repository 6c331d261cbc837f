package ui

import (
	tea "charm.land/bubbletea/v2"

	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

// wheelRows is how many rows one step of the wheel scrolls.
const wheelRows = 3

// clickable is a screen whose rows can be clicked; y counts from its first line.
type clickable interface {
	Click(y int) tea.Cmd
}

// toggleMouse enables the mouse for the program, or returns it to the terminal, whose own text
// selection then works.
func (r *Root) toggleMouse() tea.Cmd {
	if r.mouse = !r.mouse; r.mouse {
		return r.d.Say(r.d.Tr("mouse on: tabs, rows and the wheel; m gives it back to the terminal, to select text"))
	}
	return r.d.Say(r.d.Tr("mouse off: select text as usual"))
}

// wheel scrolls what is in front, like the arrow keys.
func (r *Root) wheel(msg tea.MouseWheelMsg) tea.Cmd {
	key := tea.KeyPressMsg{Code: tea.KeyDown}
	switch msg.Button {
	case tea.MouseWheelUp:
		key = tea.KeyPressMsg{Code: tea.KeyUp}
	case tea.MouseWheelDown:
	default:
		return nil
	}
	var cmds []tea.Cmd
	for range wheelRows {
		switch front := r.screens[r.front]; {
		case r.d.Top() != nil:
			cmds = append(cmds, r.d.ToDialog(key))
		case front.Typing():
			cmds = append(cmds, front.Typed(key))
		default:
			if b, ok := kit.Find(key.String(), front.Keys()...); ok {
				cmds = append(cmds, b.Do())
			}
		}
	}
	return tea.Batch(cmds...)
}

// Click brings the tab under the mouse to the front, or puts the cursor on the row under it. It
// never acts on a row, and a dialog ignores it: a slip of the hand must not answer what requires a
// key.
func (r *Root) Click(msg tea.MouseClickMsg) tea.Cmd {
	if msg.Button != tea.MouseLeft || r.d.Top() != nil {
		return nil
	}
	head := 0
	if r.h >= leastHeightOfTabs {
		head = 1
	}
	if msg.Y < head {
		if i, ok := r.tabAt(msg.X); ok {
			return r.showTab(i)
		}
		return nil
	}
	if c, ok := r.screens[r.front].(clickable); ok && !r.screens[r.front].Typing() {
		return c.Click(msg.Y - head)
	}
	return nil
}

// tabAt returns the tab at a column of the tab bar.
func (r *Root) tabAt(x int) (int, bool) {
	at := 0
	for i, label := range r.tabLabels(r.w) {
		if at += term.WidthOf(label); x < at {
			return i, true
		}
	}
	return 0, false
}
