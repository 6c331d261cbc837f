package ui

import (
	"cmp"
	"context"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// brake returns the dialog that stops everything that has not left this host, or allows it again.
func (r *Root) brake() kit.Dialog {
	d := r.d
	store, operator, b := d.Store, d.Operator, d.Overview.Brake
	set := func(on model.Switch, reason, done string) tea.Cmd {
		return kit.Act(d, func(ctx context.Context) error { return store.SetBrake(ctx, operator, on, reason) },
			func(err error) tea.Cmd {
				if err != nil {
					return d.Fail(err)
				}
				return tea.Batch(d.Say(done), r.readOverview())
			})
	}
	if b.On {
		lines := []string{d.Tr("The brake was put on by %s, %s.", cmp.Or(b.By, d.Tr("somebody")), d.Ago(b.Since))}
		if b.Reason != "" {
			lines = append(lines, d.Tr("Reason: %s", b.Reason))
		}
		lines = append(lines, d.Tr("Sending resumes as soon as it is off: %s.",
			d.Plural(d.Overview.Sending, "batch", "batches")))
		word := d.Word("typed", "off")
		return kit.NewConfirm(d, d.Tr("Take the brake off?"), lines, word, d.Tr("“%s”", word), func() tea.Cmd {
			return set(model.Off, "", d.Tr("the brake is off: sends go on"))
		})
	}
	lines := []string{d.Tr("Nothing more leaves this host, from any session, until somebody takes the brake off; it " +
		"survives a restart."),
		d.Tr("Stops now, waiting or under way: %s. Calls that a vendor already has cannot be recalled.",
			d.Plural(d.Overview.Sending, "batch", "batches"))}
	return kit.NewConfirm(d, d.Tr("Put the brake on?"), lines, "", "", func() tea.Cmd {
		return set(model.On, "by hand from the dashboard", d.Tr("BRAKE ON: nothing more leaves this host"))
	})
}
