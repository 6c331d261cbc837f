package ui

import (
	tea "charm.land/bubbletea/v2"
)

// Actions of every screen.
const (
	actHelp     action = "help"
	actPalette  action = "palette"
	actBack     action = "back"
	actQuit     action = "quit"
	actBrake    action = "brake"
	actUndo     action = "undo"
	actRefresh  action = "refresh"
	actFind     action = "person…"
	actMask     action = "mask phones"
	actLanguage action = "language"
	actPlain    action = "plain text"
	actMouse    action = "mouse"
)

// globalKeys are the keys that are the same everywhere.
func (r *Root) globalKeys() []binding {
	d := r.d
	opens := func(dlg func() dialog) func() tea.Cmd {
		return func() tea.Cmd {
			d.open(dlg())
			return nil
		}
	}
	return []binding{
		{action: actHelp, keys: []string{"?"}, short: "help", help: "the keys of this screen",
			do: opens(func() dialog { return newHelp(d, r.tables(), r.title()) })},
		{action: actPalette, keys: []string{":"}, help: "find an action by its name", do: opens(r.palette)},
		{action: actUndo, keys: []string{"u"}, help: "take back your last step on replies or in the archive",
			do: r.undo},
		{action: actRefresh, keys: []string{"r", "ctrl+l"}, help: "read this screen again and draw it anew",
			do: r.refresh},
		{action: actBrake, keys: []string{"B"}, help: "stop (or allow) everything that has not left this host",
			dangerous: true, do: opens(r.brake), why: r.whyNotBrake},
		{action: actBack, keys: []string{"esc"}, help: "one level up; never leaves the program", do: r.back},
		{action: actQuit, keys: []string{"q"}, short: "back/quit",
			help: "one level up; at the top level it ends the program", do: r.backOrQuit},
		{action: actFind, keys: []string{"F"},
			help: "find a person by phone in any spelling: everything that happened, at all vendors",
			do:   func() tea.Cmd { return askPerson(d) }},
		{action: actMask, keys: []string{"M"},
			help: "show phones with stars, for whoever looks on, or whole again, which is written down", do: r.mask},
		{action: actLanguage, keys: []string{"L"},
			help: "the screens in English or in Russian; remembered for you", do: r.nextLanguage},
		{action: actPlain, keys: []string{"Y"},
			help: "what was copied last as plain text, to select it with the terminal's own means",
			do:   opens(func() dialog { return newPlainText(d) }), why: r.whyNotPlain},
		{action: actMouse, keys: []string{"m"},
			help: "the mouse for tabs, rows and scrolling, or back to the terminal to select text", do: r.toggleMouse},
	}
}

// why tells why a binding cannot be used now.
func (r *Root) why(b binding) string {
	if b.outgoing && r.d.nothingLeaves() {
		return r.d.tr("read-only")
	}
	return b.whyNot()
}

func (r *Root) whyNotBrake() string {
	if r.d.overview.Brake.On && r.d.nothingLeaves() {
		return r.d.tr("read-only: the brake can be put on, not taken off")
	}
	return ""
}

func (r *Root) whyNotPlain() string {
	if r.d.lastCopied == "" {
		return r.d.tr("nothing was copied yet; y copies")
	}
	return ""
}

func (r *Root) refresh() tea.Cmd {
	return tea.Batch(tea.ClearScreen, r.screens[r.front].show(), r.beat())
}

// back goes one level up, but never out.
func (r *Root) back() tea.Cmd {
	cmd, ok := r.screens[r.front].back()
	if !ok {
		return r.d.say(r.d.tr("this is the top level; q ends the program"))
	}
	return cmd
}

// backOrQuit goes one level up, and at the top level out.
func (r *Root) backOrQuit() tea.Cmd {
	if cmd, ok := r.screens[r.front].back(); ok {
		return cmd
	}
	return r.askQuit()
}
