package ui

import (
	"context"
	"errors"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// The rhythms of the dashboard.
const (
	presencePause = 10 * time.Second // how often the others hear that this session is alive
	// how long a reply is open before the others hear of it: the cursor may only pass
	attendPause  = 500 * time.Millisecond
	slowTick     = 5 * time.Second // how often ages on screen are drawn anew
	fastTick     = time.Second     // the same while something counts down
	changedPause = 2 * time.Second // before asking again for changes after an error
	seenPause    = time.Minute     // how often it is kept that the operator is here
)

// Root is the dashboard. It is the only tea.Model; everything it shows comes from the store through
// commands.
type Root struct {
	d       *deck
	focus   *focus
	screens []screen  // of the tabs, in their order
	global  []binding // the keys of every screen
	front   int
	w, h    int
	signs   *strings.Replacer // puts ASCII in the place of the program's own signs; nil where the locale has Unicode
	light   bool              // the terminal said that its ground is light
	mouse   bool              // the program has the mouse
	chosen  model.Language    // by the person; "" is that of configuration and locale
	pasted  string            // as a filter: what was pasted outside of a field, until the next key

	wire      wire
	changes   slot
	saved     slot
	overview  slot
	clock     slot
	heartbeat time.Time
	attending model.ReplyID // the reply that is open here
	attention slot
	fast      bool // the clock runs by the second

	saver      soon
	recalled   bool // the memory of the session before was read
	remindedAt time.Time
}

// New gives the dashboard. It does not touch the store before it runs.
func New(o Options) *Root {
	d := &deck{Options: o.withDefaults(), ctx: context.Background()}
	d.speak(d.Options.screenLanguage())
	d.now = d.Options.Now()
	d.born = d.now
	r := &Root{d: d, w: 80, h: 24, focus: &focus{}}
	for _, t := range tabs {
		r.screens = append(r.screens, t.open(d, r.focus))
	}
	r.global = append(r.globalKeys(), r.tabKeys()...)
	r.wire.remote = overSSH(o.Env)
	r.restyle()
	return r
}

// Init asks for everything the first frame needs.
func (r *Root) Init() tea.Cmd {
	d := r.d
	store, operator := d.Store, d.Operator
	remembered := ask(d, new(slot), func(ctx context.Context) (string, error) {
		v, _, err := store.Kept(ctx, operator, memoryName)
		return v, err
	}, func(v string, err error) tea.Cmd {
		var was memory
		if err == nil {
			was = r.recall(v)
		}
		return tea.Batch(r.screens[r.front].show(), r.welcome(was.Seen))
	})
	return tea.Batch(tea.RequestBackgroundColor, remembered, r.d.recallViews(), r.beat(), r.watch(), r.reread(),
		r.tick())
}

// Update handles one message. It never waits.
func (r *Root) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	r.d.now = r.d.Options.Now()
	cmd := tea.Batch(r.handle(msg), r.pace(msg))
	if !r.fast && r.counting() {
		cmd = tea.Batch(cmd, r.tick())
	}
	return r, tea.Batch(cmd, r.attend())
}

func (r *Root) handle(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		r.w, r.h = msg.Width, msg.Height
	case tea.BackgroundColorMsg:
		r.light = !msg.IsDark()
		r.restyle()
	case answer:
		if !msg.stale() {
			return msg.apply()
		}
	case tea.CursorPositionMsg:
		r.wire.answered(r.d.now)
	case tea.KeyPressMsg:
		if r.wire.echoes(msg) {
			return nil
		}
		return tea.Batch(r.key(byPlace(msg)), r.saver.changed(r.remember))
	case tea.PasteMsg:
		return r.paste(msg)
	case tea.MouseWheelMsg:
		return r.wheel(msg)
	case tea.MouseClickMsg:
		return r.click(msg)
	}
	return nil
}

// key hands a pressed key to the dialog, the text field or the table of keys, whichever is in
// front.
func (r *Root) key(msg tea.KeyPressMsg) tea.Cmd {
	d := r.d
	d.acknowledge()
	d.touched = true
	front := r.screens[r.front]
	switch {
	case msg.String() == "ctrl+c" && d.interrupted():
		return nil
	case msg.String() == "ctrl+c":
		return r.quit()
	case d.top() != nil:
		return d.toDialog(msg)
	case front.typing():
		return front.typed(msg)
	}
	pasted := r.pasted
	r.pasted = ""
	b, ok := find(command(msg), r.bindings()...)
	if !ok {
		return d.say(d.tr("%s does nothing here; ? shows the keys of this screen", keyLabel(command(msg))))
	}
	cmd := r.run(b)
	if b.action == actFilter && pasted != "" && front.typing() {
		cmd = tea.Batch(cmd, front.typed(tea.PasteMsg{Content: pasted}))
	}
	return cmd
}

// run carries out a binding, or says why it cannot.
func (r *Root) run(b binding) tea.Cmd {
	if why := r.why(b); why != "" {
		return r.d.say(b.key() + " " + r.d.word("action", string(b.action)) + ": " + why)
	}
	told, dialogs := r.d.toast, len(r.d.dialogs)
	cmd := b.do()
	if len(r.d.dialogs) > dialogs && r.d.toast == told && !told.bad {
		r.d.toast = toast{} // what was told before would hide the keys of the dialog
	}
	return cmd
}

// turn brings a tab to the front.
func (r *Root) turn(i int) tea.Cmd {
	if r.front != i {
		r.d.toast = toast{} // it was about the screen before
	}
	r.front = i
	return r.screens[i].show()
}

// beat tells the others that this session is alive and reads what the status line shows.
func (r *Root) beat() tea.Cmd {
	d := r.d
	r.heartbeat = d.now
	present := tea.Batch(r.present(), r.wire.probe(d.now))
	if d.now.Sub(r.remindedAt) < seenPause || !r.recalled {
		return tea.Batch(present, r.look())
	}
	return tea.Batch(present, r.look(), r.remember())
}

// present tells the others that this session is alive and which reply it has open.
func (r *Root) present() tea.Cmd {
	store, session, operator, open := r.d.Store, r.d.Session, r.d.Operator, r.attending
	return act(r.d, func(ctx context.Context) error { return store.Present(ctx, session, operator, open) },
		func(error) tea.Cmd { return nil })
}

// attend tells the others when another reply is open here, once it has stayed open for a moment.
func (r *Root) attend() tea.Cmd {
	var open model.ReplyID
	if s, ok := r.screens[r.front].(attentive); ok {
		open = s.open()
	}
	if open == r.attending {
		return nil
	}
	r.attending = open
	return later(&r.attention, attendPause, r.present)
}

// look reads what the status line shows.
func (r *Root) look() tea.Cmd {
	store, operator := r.d.Store, r.d.Operator
	return ask(r.d, &r.overview, func(ctx context.Context) (model.Overview, error) {
		return store.Overview(ctx, operator)
	},
		func(o model.Overview, err error) tea.Cmd {
			if err == nil {
				r.d.overview = o
			}
			return nil
		})
}

// watch waits until the cache changes. The next wait begins after this one's answer was handled, so
// that a burst of changes becomes one reading.
func (r *Root) watch() tea.Cmd {
	return ask(r.d, &r.changes, r.d.Store.Changed, func(topics []model.Topic, err error) tea.Cmd {
		switch {
		case errors.Is(err, context.Canceled):
			return nil
		case err != nil:
			return later(&r.changes, changedPause, r.watch)
		}
		cmds := []tea.Cmd{r.screens[r.front].changed(topics), r.look()}
		if r.slow() {
			cmds = append(cmds, later(&r.changes, slowChanges, r.watch))
		} else {
			cmds = append(cmds, r.watch())
		}
		if dlg, ok := r.livelyDialog(); ok {
			cmds = append(cmds, dlg.tick())
		}
		return tea.Batch(cmds...)
	})
}

// livelyDialog gives the dialog in front if what it shows changes by the second.
func (r *Root) livelyDialog() (lively, bool) {
	if o := r.d.top(); o != nil {
		l, ok := o.dialog.(lively)
		return l, ok
	}
	return nil, false
}

// counting tells that something on screen changes by the second.
func (r *Root) counting() bool {
	_, ok := r.livelyDialog()
	return ok || r.screens[r.front].counting()
}

// tick draws ages anew from time to time, and every second while something counts down.
func (r *Root) tick() tea.Cmd {
	ages, countdown := slowTick, fastTick
	if r.slow() {
		ages, countdown = slowAges, slowCountdown
	}
	wait := ages
	if r.fast = r.counting(); r.fast {
		wait = countdown
	}
	return later(&r.clock, wait, func() tea.Cmd {
		cmds := []tea.Cmd{r.tick()}
		if dlg, ok := r.livelyDialog(); ok {
			cmds = append(cmds, dlg.tick())
		}
		if r.d.now.Sub(r.heartbeat) >= presencePause {
			cmds = append(cmds, r.beat())
		}
		return tea.Batch(cmds...)
	})
}

// undo takes back the operator's last step.
func (r *Root) undo() tea.Cmd {
	store, operator, front := r.d.Store, r.d.Operator, r.screens[r.front]
	return ask(r.d, new(slot), func(ctx context.Context) (model.Text, error) { return store.Undo(ctx, operator) },
		func(what model.Text, err error) tea.Cmd {
			if err != nil {
				return r.d.fail(err)
			}
			return tea.Batch(r.d.say(r.d.text(what)), front.show())
		})
}

// askQuit ends the program, after a question when something is on its way. A demonstration's sends
// end with it.
func (r *Root) askQuit() tea.Cmd {
	if r.d.overview.Sending == 0 || r.d.Mode == Demo {
		return r.quit()
	}
	r.d.open(newConfirm(r.d, r.d.tr("Leave?"), []string{
		r.d.tr("%s waiting or under way. They go on while another dashboard or `viberdeck work` runs on this host; "+
			"otherwise they wait for the next start.",
			r.d.plural(r.d.overview.Sending, "batch is", "batches are")),
	}, "", "", r.quit))
	return nil
}

// quit keeps where the person was and what is half-written, and ends the program.
func (r *Root) quit() tea.Cmd {
	var cmds []tea.Cmd
	for _, k := range r.unsaved() {
		cmds = append(cmds, r.d.keep(k, func(error) tea.Cmd { return nil }))
	}
	return tea.Sequence(append(cmds, tea.Quit)...)
}
