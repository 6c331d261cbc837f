package ui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"
)

// brake gives the dialog that stops everything that has not left this host, or allows it again.
func (r *Root) brake() dialog {
	d := r.d
	store, operator, b := d.Store, d.Operator, d.overview.Brake
	set := func(on bool, reason, done string) tea.Cmd {
		return act(d, func(ctx context.Context) error { return store.SetBrake(ctx, operator, on, reason) }, func(err error) tea.Cmd {
			if err != nil {
				return d.fail(err)
			}
			return tea.Batch(d.say(done), r.look())
		})
	}
	if b.On {
		lines := []string{fmt.Sprintf("The brake was put on by %s %s%s.", or(b.By, "somebody"), d.ago(b.Since), because(b.Reason)),
			d.plural(d.overview.Sending, "batch goes", "batches go") + " on leaving as soon as it is off."}
		return newConfirm(d, "Take the brake off?", lines, "off", "the word off", func() tea.Cmd { return set(false, "", "the brake is off: sends go on") })
	}
	lines := []string{"Nothing more leaves this host, from any session, until somebody takes the brake off; it survives a restart.",
		"What stops now: " + d.plural(d.overview.Sending, "batch that waits or is", "batches that wait or are") +
			" under way. Calls that are already with a vendor cannot be called back."}
	return newConfirm(d, "Put the brake on?", lines, "", "", func() tea.Cmd {
		return set(true, "by hand from the dashboard", "BRAKE ON: nothing more leaves this host")
	})
}

func because(reason string) string {
	if reason == "" {
		return ""
	}
	return " (" + reason + ")"
}
