package ui

import (
	"cmp"
	"context"

	tea "charm.land/bubbletea/v2"
)

// brake gives the dialog that stops everything that has not left this host, or allows it again.
func (r *Root) brake() dialog {
	d := r.d
	store, operator, b := d.Store, d.Operator, d.overview.Brake
	set := func(on bool, reason, done string) tea.Cmd {
		return act(d, func(ctx context.Context) error { return store.SetBrake(ctx, operator, on, reason) },
			func(err error) tea.Cmd {
				if err != nil {
					return d.fail(err)
				}
				return tea.Batch(d.say(done), r.look())
			})
	}
	if b.On {
		lines := []string{d.tr("The brake was put on by %s, %s.", cmp.Or(b.By, d.tr("somebody")), d.ago(b.Since))}
		if b.Reason != "" {
			lines = append(lines, d.tr("Reason: %s", b.Reason))
		}
		lines = append(lines, d.tr("Leaving goes on as soon as it is off: %s.",
			d.plural(d.overview.Sending, "batch", "batches")))
		word := d.word("typed", "off")
		return newConfirm(d, d.tr("Take the brake off?"), lines, word, d.tr("the word %s", word), func() tea.Cmd {
			return set(false, "", d.tr("the brake is off: sends go on"))
		})
	}
	lines := []string{d.tr("Nothing more leaves this host, from any session, until somebody takes the brake off; it " +
		"survives a restart."),
		d.tr("Stops now, waiting or under way: %s. Calls that are already with a vendor cannot be called back.",
			d.plural(d.overview.Sending, "batch", "batches"))}
	return newConfirm(d, d.tr("Put the brake on?"), lines, "", "", func() tea.Cmd {
		return set(true, "by hand from the dashboard", d.tr("BRAKE ON: nothing more leaves this host"))
	})
}
