package ui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

// drill is the fire drill as last read.
type drill struct {
	begun bool
	left  int64 // remaining steps
	slot  kit.Slot
}

// readDrill checks the progress of the fire drill. It says at its beginning what there is to do,
// and after each step what was done well and what is next.
func (r *Root) readDrill() tea.Cmd {
	if r.d.Drill == nil {
		return nil
	}
	return r.askDrill(func(steps []model.DrillStep) tea.Cmd {
		d, left := r.d, drillLeft(steps)
		var says string
		switch {
		case !r.drill.begun:
			says = d.Tr("fire drill: %s; K explains", d.Plural(left, "thing needs you", "things need you"))
		case left == r.drill.left:
			return nil
		case left == 0:
			says = d.Tr("done well, all of it; q ends the drill")
		default:
			next := slices.IndexFunc(steps, func(s model.DrillStep) bool { return !s.Done })
			says = d.Tr("done well; %s, next: %s; K explains",
				d.Plural(left, "thing is left", "things are left"),
				d.Text(steps[next].Name))
		}
		if d.ShowUntilKey(says) {
			r.drill.begun, r.drill.left = true, left
		}
		return nil
	})
}

// askDrill reads the steps again.
func (r *Root) askDrill(then func([]model.DrillStep) tea.Cmd) tea.Cmd {
	return kit.Ask(r.d, &r.drill.slot, func(ctx context.Context) ([]model.DrillStep, error) { return r.d.Drill(ctx) },
		func(steps []model.DrillStep, err error) tea.Cmd {
			if err != nil {
				return r.d.Fail(err)
			}
			return then(steps)
		})
}

func drillLeft(steps []model.DrillStep) (n int64) {
	for _, s := range steps {
		if !s.Done {
			n++
		}
	}
	return n
}

// openDrill shows the story of the fire drill, step by step.
func (r *Root) openDrill() tea.Cmd {
	return r.askDrill(func(steps []model.DrillStep) tea.Cmd {
		r.d.Open(&drillStory{d: r.d, steps: steps})
		return nil
	})
}

// drillStory shows what has gone wrong, what there is to do, and what was done well.
type drillStory struct {
	d     *kit.Deck
	steps []model.DrillStep
	pager kit.Pager
}

// Title names the dialog.
func (s *drillStory) Title() string {
	return s.d.Tr("Fire drill: %s", s.d.Plural(drillLeft(s.steps), "thing needs you", "things need you"))
}

// Hint returns the key hints of the dialog.
func (s *drillStory) Hint() string { return s.d.Tr("any key closes this") }

// Update handles a message and reports whether the dialog has ended.
func (s *drillStory) Update(msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	return nil, ok && !s.pager.Scroll(key)
}

// Body draws the dialog within the given width and height.
func (s *drillStory) Body(w, h int) []string {
	d := s.d
	var lines []string
	for i, step := range s.steps {
		tone, text, name := term.Warn, step.Story, d.Tr("%d. %s", i+1, d.Text(step.Name))
		if step.Done {
			tone, text, name = term.Good, step.Well, d.Tr("%d. done well: %s", i+1, d.Text(step.Name))
		}
		for _, l := range term.Wrap(name, w) {
			lines = append(lines, d.Style.Paint(tone, l))
		}
		lines = append(lines, term.Indent(term.Wrap(d.Text(text), max(1, w-3)), "   ")...)
	}
	return s.pager.Visible(d, lines, h)
}
