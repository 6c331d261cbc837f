package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

// adoptWord is what a person types to adopt a cache.
const adoptWord = "adopt"

func (p *program) cacheCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "cache", Short: "Decide about the cache file"}
	var confirm string
	adopt := &cobra.Command{
		Use: "adopt", Short: "Let messages leave from a cache that was copied, restored or moved", Args: noArgs,
		Long: `A cache that was copied, restored from a backup or moved sends nothing, because the messages that wait
in it may leave, or have left, from another one. adopt says what is at stake and makes this file
the one that sends. Of a copy or a restored file the people who wait become unknown: decide about
them with viberdeck outbox resolve. It wants the word adopt, typed or as --confirm adopt.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.adopt(cmd.Context(), confirm) },
	}
	adopt.Flags().StringVar(&confirm, "confirm", "", "the `WORD` adopt, where there is no terminal to type it at")
	cmd.AddCommand(adopt)
	return cmd
}

func (p *program) adopt(ctx context.Context, confirm string) error {
	if p.readOnly {
		return usage("--read-only: nothing is adopted")
	}
	d, err := p.openCache(ctx)
	if err != nil {
		return err
	}
	defer d.close()
	stakes, err := d.cache.Stakes(ctx)
	if err != nil {
		return err
	}
	if stakes.Standing.MaySend() {
		return usage("%s is the one that sends: there is nothing to adopt", d.path)
	}
	p.explainStakes(stakes, d)
	if err := p.confirmWord(confirm); err != nil {
		return err
	}
	adopted, err := d.cache.Adopt(ctx, d.operator)
	if err != nil {
		return err
	}
	if adopted.Campaigns > 0 {
		p.note("adopted; unknown now: %s of %s; see `viberdeck outbox` and `viberdeck outbox resolve`",
			model.Persons(adopted.People), model.Counted(adopted.Campaigns, "campaign", "campaigns"))
		return nil
	}
	p.note("adopted; what waits goes on")
	return nil
}

// explainStakes prints on standard error what adopting the cache means.
func (p *program) explainStakes(s model.Stakes, d *session) {
	p.note("%s", s.Standing.Text())
	if !s.Standing.Seen.IsZero() {
		p.note("  it was last written at %s on %s, %s", s.Standing.Path, s.Standing.Host,
			d.moment(s.Standing.Seen))
	}
	if s.Standing.Behind > 0 {
		p.note("  changes that are missing here: %d", s.Standing.Behind)
	}
	p.note("  waiting here: %s of %s, and %s without an answer", model.Persons(s.People),
		model.Counted(s.Campaigns, "campaign", "campaigns"), model.Counted(s.InFlight, "call", "calls"))
	if s.Standing.Kind == model.StandingMoved {
		p.note("  the file was moved and nothing else: what waits goes on")
		return
	}
	p.note("  they may have been written to from the other file: they become unknown, and nobody is written to " +
		"again by itself")
	p.note("  make sure that no other copy is in use: after this, it sends nothing until it is adopted itself")
}

// confirmWord requires the word, from the flag or typed at a terminal.
func (p *program) confirmWord(confirm string) error {
	switch {
	case confirm == adoptWord:
		return nil
	case confirm != "":
		return usage("--confirm %q is not the word %s; nothing was changed", confirm, adoptWord)
	case !terminal(p.In):
		return usage("nothing was changed: there is no terminal to confirm at; pass --confirm %s", adoptWord)
	}
	line, err := p.typed("Type %s to make this the one that sends, anything else stops: ", adoptWord)
	if err == nil && line != adoptWord {
		err = usage("that is not the word %s; nothing was changed", adoptWord)
	}
	return err
}

// maySend refuses to store a send in a cache from which it could not leave.
func (p *program) maySend(ctx context.Context, d *session) error {
	s, err := d.cache.Standing(ctx)
	if err == nil && !s.MaySend() {
		err = usage("nothing was sent: %s", s.Text())
	}
	return err
}

// followEvery is how often a working process checks who runs the engine.
const followEvery = 3 * time.Second

// follow prints on standard error why nothing leaves, whenever the reason changes, until ctx ends:
// the cache may not send, or another process runs the engine, and whether that one works.
func (p *program) follow(ctx context.Context, d *session) {
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	for text := ""; ; {
		if o, err := d.cache.Overview(ctx, d.operator); err == nil {
			// The age of the last sign of life would change each time.
			news := fmt.Sprint(o.Standing.Kind, o.Engine.Life, o.Engine.Term)
			if why := p.obstacle(o); why != "" && news != text {
				p.note("%s", why)
				text = news
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// obstacle says why this process does not send, "" if it sends.
func (p *program) obstacle(o model.Overview) string {
	if why := o.Trouble(p.now()); !why.IsZero() {
		return why.String()
	}
	if o.Engine.Life == model.EngineWorks && o.Engine.Process != os.Getpid() {
		return "waiting: " + o.Engine.Text().String() + " runs the engine"
	}
	return ""
}

func (p *program) backupCmd() *cobra.Command {
	return &cobra.Command{
		Use: "backup FILE", Short: "Write a copy of the cache to a new file, while others work with it",
		Args: exactArgs(1),
		Long: `Writes a consistent copy of the cache to FILE, which must not exist yet and which only you can read: it holds
personal data. Dashboards and the engine go on meanwhile. To use the copy, put it in the cache's place and run
viberdeck cache adopt: until then nothing is sent from it, because its messages may have left already.`,
		RunE: p.onCache(func(ctx context.Context, d *session, args []string) error {
			size, err := d.cache.Backup(ctx, d.operator, args[0])
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
		}),
	}
}
