package cli

import (
	"encoding/json"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

func (p *program) backupCmd() *cobra.Command {
	return &cobra.Command{
		Use: "backup FILE", Short: "Write a copy of the cache to a new file, while others work with it",
		Args: exactArgs(1),
		Long: `Writes a consistent copy of the cache to FILE, which must not exist yet and which only you can read: it holds
personal data. Dashboards and the engine go on meanwhile. To use the copy, put it in the cache's place and run
viberdeck cache adopt: until then nothing is sent from it, because its messages may have left already.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := p.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer d.close()
			size, err := d.cache.Backup(cmd.Context(), d.operator, args[0])
			if err != nil {
				return err
			}
			if p.json {
				return json.NewEncoder(p.Out).Encode(struct {
					File  string `json:"file"`
					Bytes int64  `json:"bytes"`
				}{model.Sanitise(args[0]), size})
			}
			p.note("%s was written (%d KiB); nothing is sent from it until viberdeck cache adopt", args[0], size>>10)
			return nil
		},
	}
}
