// Package ui is the dashboard: one Bubble Tea program on top of the local cache.
//
// Its rules, each enforced by a test: Update and View do no I/O, take no lock and start no
// goroutine; every query to the store is a command, and only the newest answer counts; screens are
// plain structs and only Root is a tea.Model; a key is a row of a table; selection and marks are
// ids; text from strangers is made harmless again when it is drawn.
package ui

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/campaigns"
	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

// Root is the dashboard. It is the only tea.Model; everything it shows comes from the store through
// commands.
type Root struct {
	d        *kit.Deck
	focus    *campaigns.Focus
	tabs     []tab
	screens  []kit.Screen  // one for each tab, in their order
	global   []kit.Binding // the keys of every screen
	front    int
	w, h     int
	ascii    *strings.Replacer // replaces the program's own signs by ASCII; nil if the locale has Unicode
	light    bool              // the terminal reported a light background
	mouse    bool              // the program handles the mouse
	chosen   model.Language    // by the person; "": by configuration and locale
	stroke   stroke
	waiting  kit.Binding                   // its key may turn out to be held down; it runs in a moment
	undoPeek func(do bool) (tea.Cmd, bool) // to the row of that key, if the next one is shown
	waits    kit.Slot
	pasted   string // text pasted outside of a field, as a filter, until the next key

	latency      latency
	changes      kit.Slot // waits for the next change of the cache
	changesPause kit.Slot // waits before it waits again
	saved        kit.Slot
	overview     kit.Slot
	clock        kit.Slot
	heartbeat    time.Time
	reading      model.ReplyID // the reply that is open here
	readingSlot  kit.Slot
	handover     kit.Slot
	news         kit.Slot
	lastHere     time.Time // when the operator was last here before this session
	fast         bool      // the clock ticks every second

	needs      needs
	drill      drill
	saver      kit.Debounce
	restored   bool // the memory of the previous session has been read
	remindedAt time.Time
	noticed    int64 // the last notice shown to the operator
	arrivals   arrivals
}

// New makes the dashboard. It does not use the store before it runs.
func New(o kit.Options) *Root {
	d := &kit.Deck{Options: o.WithDefaults(), Style: &term.Theme{}, Ctx: context.Background()}
	d.Speak(d.Options.ScreenLanguage())
	d.Now = d.Options.Now()
	d.Born = d.Now
	r := &Root{d: d, w: 80, h: 24, tabs: tabs(), focus: &campaigns.Focus{}}
	for _, t := range r.tabs {
		r.screens = append(r.screens, t.open(d, r.focus))
	}
	d.Changed = r.changed
	r.global = append(r.globalKeys(), r.tabKeys()...)
	r.latency.remote = o.Env.OverSSH()
	r.restyle()
	return r
}

// Init requests everything the first frame needs.
func (r *Root) Init() tea.Cmd {
	d := r.d
	store, operator := d.Store, d.Operator
	remembered := kit.Ask(d, new(kit.Slot), func(ctx context.Context) (string, error) {
		v, _, err := store.Setting(ctx, operator, model.DashboardSetting)
		return v, err
	}, func(v string, err error) tea.Cmd {
		var was memory
		if err == nil {
			was = r.restore(v)
		}
		return tea.Batch(r.screens[r.front].Show(), r.welcome(was.Seen))
	})
	return tea.Batch(tea.RequestBackgroundColor, remembered, r.d.LoadViews(), r.beat(), r.watch(), r.reread(),
		r.Tick())
}

// Update handles one message. It never waits.
func (r *Root) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	r.d.Now = r.d.Options.Now()
	cmd := tea.Batch(r.handle(msg), r.pace(msg))
	if !r.fast && r.counting() {
		cmd = tea.Batch(cmd, r.Tick())
	}
	return r, tea.Batch(cmd, r.announceReading())
}

func (r *Root) handle(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		r.w, r.h = msg.Width, msg.Height
		r.d.Large = r.w >= largeWidth && r.h >= largeHeight
	case tea.BackgroundColorMsg:
		r.light = !msg.IsDark()
		r.restyle()
	case tea.ResumeMsg:
		return r.refresh()
	case kit.Result:
		if !msg.Stale() {
			return msg.Apply()
		}
	case tea.CursorPositionMsg:
		r.latency.answered(r.d.Now)
	case tea.KeyPressMsg:
		if r.latency.echoes(msg) {
			return nil
		}
		var cmd tea.Cmd
		for _, key := range strokes(kit.OnLatinLayout(msg)) {
			cmd = tea.Batch(cmd, r.key(key))
		}
		return tea.Batch(cmd, r.saver.Changed(r.remember))
	case tea.PasteMsg:
		return r.paste(msg)
	case tea.MouseWheelMsg:
		return r.wheel(msg)
	case tea.MouseClickMsg:
		return r.Click(msg)
	}
	return nil
}

// strokes returns the keys of a message. Two quick presses of Esc arrive as Alt+Esc.
func strokes(msg tea.KeyPressMsg) []tea.KeyPressMsg {
	if msg.Code == tea.KeyEscape && msg.Mod == tea.ModAlt {
		esc := tea.KeyPressMsg{Code: tea.KeyEscape}
		return []tea.KeyPressMsg{esc, esc}
	}
	return []tea.KeyPressMsg{msg}
}

// key passes a pressed key to the dialog, the text field or the key table that is in front.
func (r *Root) key(msg tea.KeyPressMsg) tea.Cmd {
	read := r.acknowledge()
	return tea.Batch(read, r.recordKey(msg))
}

// acknowledge removes the message that was shown before a key was pressed, and marks the operator's
// notices as read.
func (r *Root) acknowledge() tea.Cmd {
	firm := r.d.Message.Firm
	r.d.DismissMessage()
	if !firm || r.d.Message.Firm || r.noticed == 0 {
		return nil
	}
	store, operator, last := r.d.Store, r.d.Operator, r.noticed
	return kit.Act(r.d, func(ctx context.Context) error { return store.NoticesRead(ctx, operator, last) },
		func(error) tea.Cmd { return nil }) // shown again at the next start
}

// showNotices shows what others did to the operator's work.
func (r *Root) showNotices() {
	var texts []string
	last := r.noticed
	for _, n := range r.d.Overview.Notices {
		if n.ID > r.noticed {
			texts, last = append(texts, r.d.Text(n.Text)), n.ID
		}
	}
	if len(texts) > 0 && r.d.ShowUntilKey(strings.Join(texts, "; ")) {
		r.noticed = last
	}
}

// recordKey records a key, ends the wait for a repeat, and passes the key on.
func (r *Root) recordKey(msg tea.KeyPressMsg) tea.Cmd {
	d := r.d
	r.stroke = r.stroke.next(msg, d.Now)
	return tea.Batch(r.runWaiting(!r.stroke.repeats), r.dispatchKey(msg))
}

// dispatchKey passes a key to the part of the screen that receives keys now.
func (r *Root) dispatchKey(msg tea.KeyPressMsg) tea.Cmd {
	d := r.d
	front := r.screens[r.front]
	switch {
	case msg.String() == "ctrl+c" && d.Interrupted():
		return nil
	case msg.String() == "ctrl+c":
		return r.quit()
	case msg.String() == "ctrl+z" && !r.undoes():
		return r.suspend()
	case d.Top() != nil:
		return d.ToDialog(msg)
	case front.Typing():
		return front.Typed(msg)
	}
	pasted := r.pasted
	r.pasted = ""
	b, ok := kit.Find(kit.Command(msg), r.bindings()...)
	if !ok {
		return d.Say(d.Tr("%s does nothing here; ? shows the keys of this screen", kit.KeyLabel(kit.Command(msg))))
	}
	if b.Changes && r.stroke.unsure && r.why(b) == "" {
		return r.waitForRepeat(b)
	}
	cmd := r.run(b)
	if b.Action == kit.ActFilter && pasted != "" && front.Typing() {
		cmd = tea.Batch(cmd, front.Typed(tea.PasteMsg{Content: pasted}))
	}
	return cmd
}

// run carries out a binding, or says why it cannot.
func (r *Root) run(b kit.Binding) tea.Cmd {
	if why := r.why(b); why != "" {
		if w, ok := r.screens[r.front].(kit.Watched); ok && b.Changes {
			w.UnmarkChanged()
		}
		return r.d.Say(b.Key() + " " + r.d.Word("action", string(b.Action)) + ": " + why)
	}
	watch, dialogs := r.watching(b), len(r.d.Dialogs)
	cmd := b.Do()
	r.d.About(dialogs, watch)
	if b.Action == kit.ActOpen || b.Action == actBack || b.Action == actQuit {
		r.d.DropOld()
	}
	return cmd
}

// showTab brings a tab to the front.
func (r *Root) showTab(i int) tea.Cmd {
	if r.front != i && !r.d.Message.Firm {
		r.d.Message = kit.Message{} // it was about the previous screen
	}
	r.front = i
	return r.screens[i].Show()
}

// undo undoes the operator's last step.
func (r *Root) undo() tea.Cmd {
	store, operator, front := r.d.Store, r.d.Operator, r.screens[r.front]
	return kit.Ask(r.d, new(kit.Slot), func(ctx context.Context) (model.Text, error) {
		return store.Undo(ctx, operator)
	},
		func(what model.Text, err error) tea.Cmd {
			if err != nil {
				return r.d.Fail(err)
			}
			return tea.Batch(r.d.Say(r.d.Text(what)), r.backTo(front))
		})
}

// backTo reads the screen again with the cursor on the rows of the operator's last step.
func (r *Root) backTo(front kit.Screen) tea.Cmd {
	var last kit.Step
	if n := len(r.d.Steps); n > 0 {
		last, r.d.Steps = r.d.Steps[n-1], r.d.Steps[:n-1]
	}
	if w, ok := front.(kit.Watched); ok {
		return w.BackTo(last)
	}
	return front.Show()
}

// watching returns the check for the dialogs opened by a binding, nil if it does not concern rows.
func (r *Root) watching(b kit.Binding) func() string {
	if w, ok := r.screens[r.front].(kit.Watched); ok && b.Changes {
		return w.Watch()
	}
	return nil
}

// askQuit ends the program, after a question if something is under way. A demonstration's sends end
// with it.
func (r *Root) askQuit() tea.Cmd {
	if r.d.Overview.Sending == 0 || r.d.Mode == kit.Demo {
		return r.quit()
	}
	r.d.Open(kit.NewConfirm(r.d, r.d.Tr("Leave?"), []string{
		r.d.Tr("%s waiting or under way. They go on while another dashboard or `viberdeck work` runs on this host; "+
			"otherwise they wait for the next start.",
			r.d.Plural(r.d.Overview.Sending, "batch is", "batches are")),
	}, "", "", r.quit))
	return nil
}

// quit stores the person's place and unfinished text, and ends the program.
func (r *Root) quit() tea.Cmd {
	var cmds []tea.Cmd
	for _, k := range r.unsaved() {
		cmds = append(cmds, r.d.Keep(k, func(error) tea.Cmd { return nil }))
	}
	return tea.Sequence(append(cmds, tea.Quit)...)
}
