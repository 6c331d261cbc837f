package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

// importFlags say how a list of people comes onto the blacklist.
type importFlags struct {
	people  peopleFlags
	dryRun  bool
	confirm int64 // -1: not given
	reason  string
}

func (p *program) blacklistImportCmd() *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use: "import FILE", Short: "Block the people of a file: everywhere, or with --account only there",
		Args: exactArgs(1),
		Long: `Reads a list of phones from FILE (CSV; - reads standard input) as send --to does, says how many of them
are new, are blocked already or cannot be used, with the lines, and blocks the new ones after their number was
typed. Without a terminal and without --confirm nothing happens.`,
		RunE: func(cmd *cobra.Command, args []string) error { return p.blacklistImport(cmd.Context(), args[0], f) },
	}
	f.people.addReading(cmd)
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "say what would happen; block nobody")
	cmd.Flags().Int64Var(&f.confirm, "confirm", -1, "the number of new entries (`N`), instead of typing it")
	cmd.Flags().StringVar(&f.reason, "reason", "imported from a list", "why; it is kept with the entries")
	return cmd
}

// importing is what a list would do, and did, to the blacklist.
type importing struct {
	list    model.Import
	fresh   blockees // those who are not blocked as widely yet
	blocked int
}

func (i importing) already() int { return i.list.People.Len() - i.fresh.count() }

func (p *program) blacklistImport(ctx context.Context, path string, f importFlags) error {
	if _, err := model.Reason(f.reason); err != nil {
		return usage("--reason: %s", err)
	}
	d, err := p.open(ctx, false)
	if err != nil {
		return err
	}
	defer d.close()
	var i importing
	i.list, err = p.readPeople(ctx, "", path, f.people, model.ImportOptions{
		DefaultCountry: d.config.DefaultCountry, Contacts: len(p.accounts) > 0 && p.haveContacts(d)})
	if err != nil {
		return err
	}
	if i.fresh, err = p.notBlocked(ctx, d, i.list.People); err != nil {
		return err
	}
	p.explainImport(path, i)
	switch n := i.fresh.count(); {
	case f.dryRun:
		p.note("dry run: nobody was blocked")
	case n == 0 && f.confirm <= 0:
		p.note("there is nobody to block")
	default:
		if err := p.confirmNumber(model.Known(int64(n)), f.confirm, "new entries", "new entries",
			"nobody was blocked"); err != nil {
			return err
		}
		i.blocked, err = p.block(ctx, d, i.fresh, f.reason, model.SourceImport)
		p.note("%d blocked, %d were already", i.blocked, i.list.People.Len()-i.blocked)
		if err != nil {
			return err
		}
		if err := p.stillReached(ctx, d, i.fresh.phones); err != nil {
			return err
		}
	}
	return p.writeImport(i)
}

// notBlocked gives those of the people for whom there would be a new entry.
func (p *program) notBlocked(ctx context.Context, d *session, people model.People) (blockees, error) {
	phones, err := d.cache.NotBlocked(ctx, people.Phones(), p.accounts)
	fresh := blockees{phones: phones}
	contacts := people.Contacts()
	if err != nil || len(contacts) == 0 {
		return fresh, err
	}
	blockedIn := map[string]int{}
	for _, account := range p.accounts {
		blocked, err := d.cache.BlockedContacts(ctx, account, contacts)
		if err != nil {
			return fresh, err
		}
		for contact := range blocked {
			blockedIn[contact]++
		}
	}
	for _, contact := range contacts {
		if blockedIn[contact] < len(p.accounts) {
			fresh.contacts = append(fresh.contacts, contact)
		}
	}
	return fresh, nil
}

// explainImport is the preview, on standard error.
func (p *program) explainImport(path string, i importing) {
	p.note("%s: %d new, %d already there, %d invalid, %s", path, i.fresh.count(), i.already(), len(i.list.Bad),
		model.Counted(len(i.list.Duplicates), "duplicate", "duplicates"))
	explainList(p.note, &i.list.ListFacts)
	explainBad(p.note, i.list.Bad)
}

// writeImport prints the same for scripts.
func (p *program) writeImport(i importing) error {
	if !p.json && !p.csv {
		return nil
	}
	out := newSink(p, []column[importing]{
		{"new", func(i importing) any { return i.fresh.count() }, 0},
		{"already", func(i importing) any { return i.already() }, 0},
		{"invalid", func(i importing) any { return len(i.list.Bad) }, 0},
		{"duplicates", func(i importing) any { return len(i.list.Duplicates) }, 0},
		{"blocked", func(i importing) any { return i.blocked }, 0},
		{"encoding", func(i importing) any { return text(i.list.Encoding) }, 0},
		{"separator", func(i importing) any { return text(i.list.Separator) }, 0},
		{"bad_rows", func(i importing) any { return badRows(i.list.Bad) }, 0},
	}, time.UTC)
	if err := out.Row(i); err != nil {
		return err
	}
	return out.End()
}
