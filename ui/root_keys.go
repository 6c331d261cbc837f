package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/person"
)

// Actions of every screen.
const (
	actHelp     kit.Action = "help"
	actPalette  kit.Action = "palette"
	actBack     kit.Action = "back"
	actQuit     kit.Action = "quit"
	actBrake    kit.Action = "brake"
	actNeeds    kit.Action = "what needs you"
	actNews     kit.Action = "since you left"
	actHandover kit.Action = "hand-over"
	actUndo     kit.Action = "undo"
	actRefresh  kit.Action = "refresh"
	actGo       kit.Action = "go…"
	actFind     kit.Action = "person…"
	actMask     kit.Action = "mask phones"
	actLanguage kit.Action = "language"
	actPlain    kit.Action = "plain text"
	actMouse    kit.Action = "mouse"
	actDrill    kit.Action = "fire drill"

	actNextView     kit.Action = "next view"
	actPreviousView kit.Action = "previous view"
)

// globalKeys are the keys that are the same everywhere.
func (r *Root) globalKeys() []kit.Binding {
	d := r.d
	opens := func(dlg func() kit.Dialog) func() tea.Cmd {
		return func() tea.Cmd {
			d.Open(dlg())
			return nil
		}
	}
	var drilling []kit.Binding
	if d.Drill != nil {
		drilling = []kit.Binding{{Action: actDrill, Keys: []string{"K"},
			Help: "the story of the fire drill: what needs you, and what was done well", Do: r.openDrill}}
	}
	return kit.For(kit.GoalAlways, append(drilling, []kit.Binding{
		{Action: actHelp, Keys: []string{"?"}, Short: "help", Help: "the keys of this screen",
			Do: opens(func() kit.Dialog { return newHelp(d, r.tables(), r.title()) })},
		{Action: actPalette, Keys: []string{":"}, Help: "find an action by its name", Do: opens(r.palette)},
		{Action: actNeeds, Keys: []string{"!"}, Help: "what needs a person now; Enter leads there", Do: r.openNeeds},
		{Action: actNews, Keys: []string{"I"},
			Help: "since you left: what colleagues did with the replies, what came, what is late", Do: r.openNews},
		{Action: actHandover, Keys: []string{"T"},
			Help: "the state of the work for the next shift, as text to copy", Do: r.openHandover},
		{Action: actUndo, Wants: model.IntentTriage, Keys: []string{"u"},
			Help: "take back your last step on replies or in the archive",
			Do:   r.undo},
		{Action: actRefresh, Keys: []string{"r", "ctrl+l"}, Help: "reload and redraw this screen",
			Do: r.refresh},
		{Action: actBrake, Wants: model.IntentStop, Keys: []string{"B"},
			Help:      "stop (or allow) everything that has not left this host",
			Dangerous: true, Do: opens(r.brake), Why: r.whyNotBrake},
		{Action: actBack, Keys: []string{"esc"}, Help: "one level up; never leaves the program", Do: r.back},
		{Action: actQuit, Keys: []string{"q"}, Short: "back/quit",
			Help: "one level up; quits at the top level", Do: r.backOrQuit},
		{Action: actFind, Keys: []string{"F"},
			Help: "find a person by phone in any spelling: everything that happened, at all vendors",
			Do:   func() tea.Cmd { return person.AskPerson(d) },
			With: func(text string) (tea.Cmd, error) { return person.Find(d, text) }, Takes: "80291111111"},
		{Action: actGo, Keys: []string{"ctrl+p"},
			Help: "open a view by its name, or a campaign by its id or a part of its name",
			Do:   r.askWhere, With: r.goTo, Takes: "c12"},
		{Action: actMask, Keys: []string{"M"},
			Help: "mask phones on all screens, or show them whole (showing is logged)", Do: r.mask},
		{Action: actLanguage, Keys: []string{"L"},
			Help: "the screens in English or in Russian; remembered for you", Do: r.nextLanguage},
		{Action: actPlain, Keys: []string{"Y"},
			Help: "show what was copied last as plain text, to select it with the mouse",
			Do:   opens(func() kit.Dialog { return kit.NewPlainText(d) }), Why: r.whyNotPlain},
		{Action: actMouse, Keys: []string{"m"},
			Help: "use the mouse here, or give it back to the terminal to select text", Do: r.toggleMouse},
	}...))
}

// why says why a binding cannot be used now.
func (r *Root) why(b kit.Binding) string {
	if b.Outgoing && r.d.NothingLeaves() {
		return r.d.Tr("read-only")
	}
	if why := r.roleForbids(b.Wants); why != "" {
		return why
	}
	if w, ok := r.screens[r.front].(kit.Watched); ok && b.Changes {
		if why := w.WhyNotNow(); why != "" {
			return why
		}
		if r.stroke.repeats {
			return r.d.Tr("a key that is held down changes nothing more")
		}
	}
	return b.WhyNot()
}

// repeatPause is the shortest time in which a person presses a key twice. A key that is held down
// first repeats after heldFrom to heldTo, and then more often than repeatPause.
const (
	repeatPause = 80 * time.Millisecond
	heldFrom    = 210 * time.Millisecond
	heldTo      = 1100 * time.Millisecond
)

// stroke is the key that was pressed last.
type stroke struct {
	key     string
	at      time.Time
	repeats bool // the same key again, faster than a person can press it
	unsure  bool // possibly the first repeat of a key that is held down: the next one will show
}

// next returns the state after a key.
func (p stroke) next(msg tea.KeyPressMsg, now time.Time) stroke {
	key, gap := kit.Command(msg), now.Sub(p.at)
	same := key == p.key
	return stroke{key: key, at: now, repeats: msg.IsRepeat || same && gap < repeatPause,
		unsure: same && gap >= heldFrom && gap <= heldTo}
}

// waitForRepeat delays the action of a key that may be held down until it is clear that no repeat
// follows. In the meantime it shows what comes next.
func (r *Root) waitForRepeat(b kit.Binding) tea.Cmd {
	r.waiting = b
	var ahead tea.Cmd
	if b.Ahead != nil {
		ahead, r.undoPeek = b.Ahead()
	}
	return tea.Batch(ahead, kit.Later(&r.waits, repeatPause, func() tea.Cmd { return r.runWaiting(true) }))
}

// runWaiting ends the wait for a repeat: the waiting key's action runs, or nothing does.
func (r *Root) runWaiting(do bool) tea.Cmd {
	b := r.waiting
	if b.Do == nil {
		return nil
	}
	r.waiting = kit.Binding{}
	r.waits.Forget()
	if back := r.undoPeek; back != nil {
		r.undoPeek = nil
		if cmd, there := back(do); !do || !there {
			return cmd
		}
	}
	if !do {
		return nil
	}
	return r.run(b)
}

// roleForbids says that the person's role is insufficient, "" if it suffices. The cache checks
// again.
func (r *Root) roleForbids(wanted model.Intent) string {
	if r.d.Role == "" || wanted == "" {
		return ""
	}
	if err := (model.Operator{Role: r.d.Role}).May(wanted); err != nil {
		return r.d.Text(model.TextOf(err))
	}
	return ""
}

func (r *Root) whyNotBrake() string {
	if r.d.Overview.Brake.On {
		if why := r.roleForbids(model.IntentRelease); why != "" {
			return why
		}
	}
	if r.d.Overview.Brake.On && r.d.NothingLeaves() {
		return r.d.Tr("read-only: the brake can be put on, not taken off")
	}
	return ""
}

func (r *Root) whyNotPlain() string {
	if r.d.LastCopied == "" {
		return r.d.Tr("nothing was copied yet; y copies")
	}
	return ""
}

// suspend returns the terminal to the shell until the program is brought to the foreground. A
// person on another host must not stop the program here, because others use it too.
func (r *Root) suspend() tea.Cmd {
	if r.d.Elsewhere {
		return r.d.Say(r.d.Tr("ctrl+z stops nothing over this line; q ends the session"))
	}
	return tea.Suspend
}

// undoes reports whether ctrl+z brings something back in the dialog in front.
func (r *Root) undoes() bool {
	top := r.d.Top()
	if top == nil {
		return false
	}
	u, ok := top.Dialog.(kit.Undoer)
	return ok && u.Undoes()
}

func (r *Root) refresh() tea.Cmd {
	show := r.screens[r.front].Show
	if s, ok := r.screens[r.front].(kit.Refreshed); ok {
		show = s.Refresh
	}
	return tea.Batch(tea.ClearScreen, show(), r.beat())
}

// back goes one level up, but never quits.
func (r *Root) back() tea.Cmd {
	cmd, ok := r.screens[r.front].Back()
	if !ok {
		return r.d.Say(r.d.Tr("this is the top level; q ends the program"))
	}
	return cmd
}

// backOrQuit goes one level up, and quits at the top level.
func (r *Root) backOrQuit() tea.Cmd {
	if cmd, ok := r.screens[r.front].Back(); ok {
		return cmd
	}
	return r.askQuit()
}
