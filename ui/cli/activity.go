package cli

import (
	"time"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

// activityCmd lists who did what, and checks that nobody has changed that.
func (p *program) activityCmd() *cobra.Command {
	var verify bool
	var seal string
	cmd := list[model.Activity]{
		"activity", "List who did what, the newest first; with --verify check that nobody changed it",
		columnsOf(model.ActivityFields(), map[string]int{
			"line": 6, "at": 16, "operator": 12, "action": 20, "campaign": 8,
			"campaign_name": 24, "detail": 60}),
		func(d *session) fetch[model.Activity] { return d.cache.Activity }, true}.cmd(p)
	cmd.Long = `Lists who did what. Lines are only ever added, and each is sealed with a digest of itself and the line
before. --verify checks all of them, names each line that was altered or is missing, and gives the last seal:
note it elsewhere, and a later --verify --seal SEAL also finds a log that was rewritten from its beginning.`
	cmd.Flags().BoolVar(&verify, "verify", false, "check that no line was altered or taken out; exit 1 if one was")
	cmd.Flags().StringVar(&seal, "seal", "", "with --verify: a `SEAL` noted earlier, which must still be in it")
	lists := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if !verify {
			if seal != "" {
				return usage("--seal belongs to --verify")
			}
			return lists(cmd, args)
		}
		d, err := p.open(cmd.Context(), false)
		if err != nil {
			return err
		}
		defer d.close()
		check, err := d.cache.VerifyActivity(cmd.Context(), seal)
		if err != nil {
			return err
		}
		return p.verified(check)
	}
	return cmd
}

// verified says what a check of the log has found.
func (p *program) verified(check model.ActivityCheck) error {
	if p.json || p.csv {
		out := newSink(p, []column[model.ActivityCheck]{
			{"ok", func(c model.ActivityCheck) any { return len(c.Faults) == 0 }, 0},
			{"lines", func(c model.ActivityCheck) any { return c.Lines }, 0},
			{"unsealed", func(c model.ActivityCheck) any { return c.Unsealed }, 0},
			{"redacted", func(c model.ActivityCheck) any { return c.Redacted }, 0},
			{"seal", func(c model.ActivityCheck) any { return text(c.Head) }, 0},
			{"faults", func(c model.ActivityCheck) any { return c.Words() }, 0},
		}, time.UTC)
		if err := out.Row(check); err != nil {
			return err
		}
		if err := out.End(); err != nil {
			return err
		}
	}
	for _, words := range check.Words() {
		p.note("%s", words)
	}
	if check.Unsealed > 0 {
		p.note("%s from before lines were sealed", model.Counted(check.Unsealed, "line is", "lines are"))
	}
	if check.Redacted > 0 {
		p.note("%s, as a later line says", model.Counted(check.Redacted, "line lost a phone because of its age",
			"lines lost a phone because of their age"))
	}
	if len(check.Faults) > 0 {
		return exitError{exitFailed, model.Errorf("the log of who did what was changed")}
	}
	p.note("%s as written; the last seal is %s", model.Counted(check.Lines, "line is", "lines are"), check.Head)
	return nil
}
