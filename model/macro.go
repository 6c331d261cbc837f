package model

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// MacroAct is the action of one step of a macro.
type MacroAct string

// The steps.
const (
	MacroDone   MacroAct = "done"
	MacroOptOut MacroAct = "opt-out"
	MacroClaim  MacroAct = "claim"
	MacroLabel  MacroAct = "label"  // with the label
	MacroSnooze MacroAct = "snooze" // with the time
	MacroNote   MacroAct = "note"   // with the text
	MacroAnswer MacroAct = "answer" // with the name of a prepared answer
)

// MacroStep is one step of a macro.
type MacroStep struct {
	Act MacroAct
	Arg string
}

// String writes the step as in the configuration.
func (s MacroStep) String() string { return strings.TrimSpace(string(s.Act) + " " + s.Arg) }

// parseMacroStep reads a step as written in the configuration: "done" or "label stop".
func parseMacroStep(s string) (MacroStep, error) {
	act, arg, _ := strings.Cut(strings.TrimSpace(s), " ")
	step := MacroStep{MacroAct(act), strings.TrimSpace(arg)}
	switch step.Act {
	case MacroDone, MacroOptOut, MacroClaim:
		if step.Arg != "" {
			return step, Invalid("do", "%q: nothing follows %s", s, act)
		}
	case MacroLabel:
		label, err := Label(step.Arg)
		step.Arg = label
		return step, err
	case MacroSnooze:
		if _, err := ParseTime(step.Arg, time.Now(), time.UTC); err != nil {
			return step, Invalid("do", "%q: write a time after snooze, like 2h or tomorrow 9:00", s)
		}
	case MacroNote:
		text, err := NoteText(step.Arg)
		step.Arg = text
		return step, err
	case MacroAnswer:
		if step.Arg == "" {
			return step, Invalid("do", "%q: name a prepared answer after answer", s)
		}
	default:
		return step, Invalid("do",
			"%q is not a step; they are done, opt-out, claim, label X, snooze 2h, note TEXT and "+
				"answer NAME", s)
	}
	return step, nil
}

// Macro is a chain of steps that one key carries out on a reply, and one u undoes.
type Macro struct {
	Name string   `toml:"name"`
	Do   []string `toml:"do"`
}

// Steps returns the steps, or an error that says what is wrong with them.
func (m Macro) Steps() ([]MacroStep, error) {
	steps := make([]MacroStep, len(m.Do))
	ends := map[MacroAct]bool{}
	for i, s := range m.Do {
		var err error
		if steps[i], err = parseMacroStep(s); err != nil {
			return nil, err
		}
		if act := steps[i].Act; ends[act] && act != MacroLabel && act != MacroNote {
			return nil, Invalid("do", "%s is there twice", act)
		}
		ends[steps[i].Act] = true
	}
	switch {
	case len(steps) == 0:
		return nil, Invalid("do", "a macro needs a step")
	case ends[MacroAnswer] && ends[MacroOptOut]:
		return nil, Invalid("do", "an answer never reaches somebody who has opted out; take one of the two out")
	case ends[MacroSnooze] && (ends[MacroDone] || ends[MacroOptOut] || ends[MacroAnswer]):
		return nil, Invalid("do", "what is snoozed is not done; take one of the two out")
	}
	return steps, nil
}

// Chain is a macro resolved at a certain moment.
type Chain struct {
	Name   string
	Steps  []MacroStep // without the answer
	Answer string      // the prepared answer sent with the other steps; "" for none
	Until  time.Time   // the time for the step that snoozes
}

// Words writes the steps as in the configuration.
func (c Chain) Words() string {
	words := make([]string, len(c.Steps))
	for i, s := range c.Steps {
		words[i] = s.String()
	}
	return strings.Join(words, ", ")
}

// Has reports whether the chain contains a step of that kind.
func (c Chain) Has(act MacroAct) bool {
	return slices.ContainsFunc(c.Steps, func(s MacroStep) bool { return s.Act == act })
}

// Chain resolves the macro as of now.
func (m Macro) Chain(now time.Time, zone *time.Location) (Chain, error) {
	steps, err := m.Steps()
	c := Chain{Name: m.Name}
	for _, s := range steps {
		switch s.Act {
		case MacroAnswer:
			c.Answer = s.Arg
			continue
		case MacroSnooze:
			if c.Until, err = ParseTime(s.Arg, now, zone); err != nil {
				return c, err
			}
		case MacroDone, MacroOptOut, MacroClaim, MacroLabel, MacroNote:
		}
		c.Steps = append(c.Steps, s)
	}
	return c, err
}

// validateMacros checks the macros of a configuration.
func validateMacros(macros []Macro) []error {
	var errs []error
	seen := map[string]bool{}
	for i, m := range macros {
		add := func(field string, err error) {
			errs = append(errs, Invalid(fmt.Sprintf("macro[%d].%s", i, field), "%s", reasonOf(err)))
		}
		if !shortName(m.Name, longestLabel) {
			add("name", Invalid("name", "a macro needs a name in one line, %s at most",
				Counted(longestLabel, "character", "characters")))
		} else if seen[Fold(m.Name)] {
			add("name", Invalid("name", "two macros are called %q", m.Name))
		}
		seen[Fold(m.Name)] = true
		if _, err := m.Steps(); err != nil {
			add("do", err)
		}
	}
	return errs
}
