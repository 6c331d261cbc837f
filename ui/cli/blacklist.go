package cli

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

// blacklistCmds are the commands that change the blacklist.
func (p *program) blacklistCmds() []*cobra.Command {
	var reason string
	add := &cobra.Command{
		Use: "add PHONE|CONTACT... --reason TEXT", Short: "Block people: everywhere, or with --account only there",
		Long: `Blocks phones everywhere or, with --account, only there. A contact that is not a phone, such as
an e-mail address in a list at Wooxy, is known only in its account: name that with --account.`,
		Args: someArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			d, who, err := p.blacklistSession(cmd, args, reason)
			if err != nil {
				return err
			}
			defer d.close()
			n, err := p.block(cmd.Context(), d, who, reason, model.SourceOperator)
			if err != nil {
				return err
			}
			p.note("%d blocked, %d were already", n, who.count()-n)
			return p.stillReached(cmd.Context(), d, who.phones)
		},
	}
	add.Flags().StringVar(&reason, "reason", "", "why (`TEXT`); it is kept with the entry")
	var removeReason string
	var confirm int
	remove := &cobra.Command{
		Use:   "remove PHONE|CONTACT... --reason TEXT --confirm N",
		Short: "Take phones off the blacklist; the history stays",
		Args:  someArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			d, who, err := p.blacklistSession(cmd, args, removeReason)
			if err != nil {
				return err
			}
			defer d.close()
			if n := who.count(); confirm != n {
				return usage("--confirm: %s would be written to again; pass --confirm %d", model.Persons(n), n)
			}
			n, err := d.cache.Unblock(cmd.Context(), d.operator, who.phones, removeReason, p.accounts)
			if err != nil {
				return err
			}
			if len(who.contacts) > 0 {
				more, err := d.cache.UnblockContacts(cmd.Context(), d.operator, who.contacts,
					removeReason, p.accounts)
				if n += more; err != nil {
					return err
				}
			}
			p.note("%d removed, %d were not on it", n, who.count()-n)
			return nil
		},
	}
	remove.Flags().StringVar(&removeReason, "reason", "", "why (`TEXT`); it is kept in the history")
	remove.Flags().IntVar(&confirm, "confirm", 0, "the number of phones (`N`)")
	return []*cobra.Command{add, remove, p.blacklistImportCmd(), p.blacklistCompareCmd()}
}

// block blocks people everywhere or, with --account, only there, and returns how many blocks are
// new or wider than before.
func (p *program) block(ctx context.Context, d *session, who blockees, reason string,
	source model.BlacklistSource) (int, error) {
	n, err := d.cache.Block(ctx, d.operator, who.phones, reason, p.accounts, source)
	if err != nil || len(who.contacts) == 0 {
		return n, err
	}
	more, err := d.cache.BlockContacts(ctx, d.operator, who.contacts, reason, p.accounts)
	return n + more, err
}

// stillReached names the campaigns that are already at a vendor and will still reach the people.
func (p *program) stillReached(ctx context.Context, d *session, phones []model.Phone) error {
	left, err := d.cache.StillReached(ctx, phones)
	for _, c := range left {
		p.note("%s", c.ReachesAllTheSame(d.config.Location()))
	}
	return err
}

// blockees are the people for whom the blacklist is to be changed.
type blockees struct {
	phones   []model.Phone
	contacts []string
}

func (b blockees) count() int { return len(b.phones) + len(b.contacts) }

// blacklistSession checks the reason and every phone and contact before anything is opened or
// changed.
func (p *program) blacklistSession(cmd *cobra.Command, args []string, reason string) (*session, blockees, error) {
	var who blockees
	if _, err := model.Reason(reason); err != nil {
		return nil, who, usage("--reason: %s", err)
	}
	d, err := p.openCache(cmd.Context())
	if err != nil {
		return nil, who, err
	}
	for _, arg := range args {
		phone, err := model.ParsePhone(arg, d.config.DefaultCountry)
		switch {
		case err == nil:
			if !slices.Contains(who.phones, phone) {
				who.phones = append(who.phones, phone)
			}
			continue
		case len(p.accounts) == 0 && strings.Contains(arg, "@"):
			err = model.Invalid("account",
				"%q is not a phone number; if it is a contact, name its account with --account", arg)
		case len(p.accounts) > 0 && p.haveContacts(d):
			if contact := model.FoldContact(arg); contact != "" && !slices.Contains(who.contacts, contact) {
				who.contacts = append(who.contacts, contact)
			}
			continue
		}
		d.close()
		return nil, who, exitError{exitUsage, err}
	}
	return d, who, nil
}

// haveContacts reports whether all of the named accounts identify people by more than phones.
func (p *program) haveContacts(d *session) bool {
	for _, name := range p.accounts {
		account, found := model.FindAccount(d.config.Accounts, name)
		if !found {
			return false
		}
		caps, ok := p.Vendors.Capabilities(account.Vendor)
		if !ok || !caps.Contacts {
			return false
		}
	}
	return true
}

// importFlags are the flags for importing a list of people into the blacklist.
type importFlags struct {
	people  peopleFlags
	dryRun  bool
	confirm int64 // -1: not given
	reason  string
	given   bool   // the reason was given
	column  string // with the reasons; "": as its name says
}

func (p *program) blacklistImportCmd() *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use: "import FILE", Short: "Block the people of a file: everywhere, or with --account only there",
		Args: exactArgs(1),
		Long: `Reads a list of phones from FILE (CSV; - reads standard input) as send --to does, says how many of them
are new, are blocked already or cannot be used, with the lines, and blocks the new ones after their number was
typed. Without a terminal and without --confirm nothing happens.

A column whose name has "reason" in it, or that of --reason-column, says why each of them is blocked; --reason is then
for those without one. Given alone, --reason is for all.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			f.given = cmd.Flags().Changed("reason")
			return p.blacklistImport(cmd.Context(), args[0], f)
		},
	}
	f.people.addReading(cmd)
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "say what would happen; block nobody")
	cmd.Flags().Int64Var(&f.confirm, "confirm", -1, "the number of new entries (`N`), instead of typing it")
	cmd.Flags().StringVar(&f.reason, "reason", "imported from a list", "why (`TEXT`); it is kept with the entries")
	cmd.Flags().StringVar(&f.column, "reason-column", "", "the column with a reason for each, by `NAME`")
	return cmd
}

// importing is the planned and actual effect of a list on the blacklist.
type importing struct {
	list    model.Import
	fresh   blockees // people not yet blocked as widely
	column  string   // with the reasons; "": there is none
	own     int      // new people with a reason there
	blocked int
}

func (i importing) already() int { return i.list.People.Len() - i.fresh.count() }

func (p *program) blacklistImport(ctx context.Context, path string, f importFlags) error {
	if _, err := model.Reason(f.reason); err != nil {
		return usage("--reason: %s", err)
	}
	d, err := p.openCache(ctx)
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
	if i.column, err = f.reasonColumn(i.list.Columns); err != nil {
		return err
	}
	if i.fresh, err = p.notBlocked(ctx, d, i.list.People); err != nil {
		return err
	}
	reasons := model.Blocking{Phones: i.fresh.phones, Reason: f.reason, Only: p.accounts, Source: model.SourceImport}
	var ofContacts map[string]string
	reasons.Reasons, ofContacts = i.list.People.Reasons(i.column)
	i.own = i.fresh.explained(reasons.Reasons, ofContacts)
	p.explainImport(path, i)
	switch n := i.fresh.count(); {
	case f.dryRun:
		p.note("dry run: nobody was blocked")
	case n == 0 && f.confirm <= 0:
		p.note("no phone is new: nothing to block")
	default:
		if err := p.confirmNumber(model.Known(int64(n)), f.confirm, "new entries", "new entries",
			"nobody was blocked"); err != nil {
			return err
		}
		i.blocked, err = p.blockImported(ctx, d, reasons, i.fresh.contacts, ofContacts)
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

// reasonColumn returns the column of a list that says why each of its people is blocked, "" if
// there is none.
func (f importFlags) reasonColumn(columns []string) (string, error) {
	if f.column == "" {
		if f.given {
			return "", nil
		}
		return model.ReasonColumn(columns), nil
	}
	for _, name := range columns {
		if strings.EqualFold(strings.TrimSpace(name), strings.TrimSpace(f.column)) {
			return name, nil
		}
	}
	return "", usage("--reason-column: there is no column %q; there are: %s", f.column, strings.Join(columns, ", "))
}

// explained is how many of the people have a reason of their own.
func (b blockees) explained(phones map[model.Phone]string, contacts map[string]string) int {
	n := 0
	for _, p := range b.phones {
		if phones[p] != "" {
			n++
		}
	}
	for _, c := range b.contacts {
		if contacts[c] != "" {
			n++
		}
	}
	return n
}

// blockImported blocks phones and contacts, each for its own reason or for that of the others.
func (p *program) blockImported(ctx context.Context, d *session, b model.Blocking, contacts []string,
	reasons map[string]string) (int, error) {
	n, err := d.cache.BlockAll(ctx, d.operator, b)
	alike := map[string][]string{}
	for _, c := range contacts {
		why := cmp.Or(reasons[c], b.Reason)
		alike[why] = append(alike[why], c)
	}
	for _, why := range slices.Sorted(maps.Keys(alike)) {
		if err != nil {
			break
		}
		var more int
		more, err = d.cache.BlockContacts(ctx, d.operator, alike[why], why, p.accounts)
		n += more
	}
	return n, err
}

// notBlocked returns the people for whom there would be a new entry.
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

// explainImport prints the preview on standard error.
func (p *program) explainImport(path string, i importing) {
	p.note("%s: %d new, %d already there, %d invalid, %s", path, i.fresh.count(), i.already(), len(i.list.Bad),
		model.Counted(len(i.list.Duplicates), "duplicate", "duplicates"))
	explainList(p.note, &i.list.ListFacts)
	if i.column != "" {
		p.note("  reasons: %d of the new ones from %q", i.own, i.column)
	}
	explainBad(p.note, i.list.Bad)
}

// writeImport prints the same for scripts.
func (p *program) writeImport(i importing) error {
	if !p.json && !p.csv {
		return nil
	}
	return printRows(p, []column[importing]{
		{"new", func(i importing) any { return i.fresh.count() }, 0},
		{"already", func(i importing) any { return i.already() }, 0},
		{"invalid", func(i importing) any { return len(i.list.Bad) }, 0},
		{"duplicates", func(i importing) any { return len(i.list.Duplicates) }, 0},
		{"blocked", func(i importing) any { return i.blocked }, 0},
		{"reason_column", func(i importing) any { return text(i.column) }, 0},
		{"encoding", func(i importing) any { return text(i.list.Encoding) }, 0},
		{"separator", func(i importing) any { return text(i.list.Separator) }, 0},
		{"bad_rows", func(i importing) any { return badRows(i.list.Bad) }, 0},
	}, time.UTC, i)
}
