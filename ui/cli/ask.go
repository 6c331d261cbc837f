package cli

import (
	"slices"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

// askCmd asks a vendor about one thing by its id.
func (p *program) askCmd() *cobra.Command {
	return &cobra.Command{
		Use: "ask ACCOUNT sender|message|list ID", Short: "Ask a vendor about one sender, message or list",
		Args: exactArgs(3),
		Long: `Asks the account's vendor now, past the cache: for a sender by its id, for what became of one message
by the message_id that recipients --json shows, or for one list, address book or group. Nothing is stored
and nothing is sent. What a vendor has no method for is said.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			name, what, id := args[0], model.Thing(args[1]), args[2]
			if !slices.Contains(model.Things(), what) {
				return usage("%q is not one of: %s", what, model.Listed(model.Things()))
			}
			p.accounts = []string{name} // its secrets are wanted, and no others
			d, err := p.open(cmd.Context(), true)
			if err != nil {
				return err
			}
			defer d.close()
			got, err := d.network.LookUp(cmd.Context(), name, what, id)
			if err != nil {
				return nothingHappened(err)
			}
			switch {
			case got.Sender != nil:
				return writeRows(p, d, senderColumns(), []model.Sender{*got.Sender},
					func(s model.Sender) string { return s.Account })
			case got.Person != nil:
				return writeRows(p, d, recipientColumns(), []model.Recipient{*got.Person},
					func(r model.Recipient) string { return r.Account })
			}
			return writeRows(p, d, vendorListColumns(), []model.List{*got.List},
				func(l model.List) string { return l.Account })
		},
	}
}
