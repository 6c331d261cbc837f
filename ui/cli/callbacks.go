package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

// callbacksFlags say what to do about the addresses to which vendors post callbacks.
type callbacksFlags struct {
	register string // the public address of this host
	list     bool
	remove   string // the vendor's id
	renew    string // the account whose address is changed
}

func (p *program) callbacksCmd() *cobra.Command {
	var f callbacksFlags
	cmd := &cobra.Command{Use: "callbacks", Args: noArgs,
		Short: "Print the callback address for each vendor, or register it",
		Long: `Prints the secret path of each account. Put the public https:// address of your proxy before it,
and keep it to yourself and the vendor. With --register the vendors that can be told by their API
are told; --list shows what they know and --remove takes one away. The others say why not.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.callbacks(cmd.Context(), f) }}
	flags := cmd.Flags()
	flags.StringVar(&f.register, "register", "", "give the vendors their addresses below this public `ADDRESS`")
	flags.BoolVar(&f.list, "list", false, "list the addresses that the vendors know")
	flags.StringVar(&f.remove, "remove", "", "take the address with this `ID` away; wants --account")
	flags.StringVar(&f.renew, "renew", "",
		"change the secret address of the `ACCOUNT`: who knows the older one is turned away")
	cmd.MarkFlagsMutuallyExclusive("register", "list", "remove", "renew")
	return cmd
}

func (p *program) callbacks(ctx context.Context, f callbacksFlags) error {
	if f.remove != "" && len(p.accounts) != 1 {
		return usage("--remove wants --account with the one account whose vendor knows the address")
	}
	d, err := p.openNetwork(ctx)
	if err != nil {
		return err
	}
	defer d.close()
	if d.config.Callbacks.Listen == "" {
		p.note("callbacks.listen is not set in the configuration: nothing is received")
	}
	if f.renew != "" {
		return p.renewCallback(ctx, d, f.renew)
	}
	var failed []error
	for _, a := range d.config.Accounts {
		if !p.concerns(a.Name) {
			continue
		}
		err := p.accountCallbacks(ctx, d, a.Name, f)
		if e, ok := errors.AsType[*model.Error](err); ok && e.Field == "callbacks" && len(p.accounts) == 0 {
			p.note("%s: %v", a.Name, err) // its vendor cannot, and it was not named explicitly
		} else if err != nil {
			failed = append(failed, naming(a.Name, err))
		}
	}
	if len(failed) > 0 {
		return exitError{exitFailed, errors.Join(failed...)}
	}
	return nil
}

// accountCallbacks applies the flags to one account; without any it prints the path.
func (p *program) accountCallbacks(ctx context.Context, d *session, account string, f callbacksFlags) error {
	switch {
	case f.register != "":
		id, err := d.network.Register(ctx, account, f.register)
		if err == nil {
			p.note("%s: registered %s", account, id)
		}
		return err
	case f.remove != "":
		err := d.network.Unregister(ctx, account, f.remove)
		if err == nil {
			p.note("%s: removed %s", account, f.remove)
		}
		return err
	case f.list:
		hooks, err := d.network.Webhooks(ctx, account)
		for _, w := range hooks {
			if _, err := fmt.Fprintf(p.Out, "%s\t%s\t%s\t%s\n", account, w.ID, w.URL,
				strings.Join(w.Events, ",")); err != nil {
				return err
			}
		}
		return err
	}
	return p.printCallbackPath(ctx, d, account)
}

// renewCallback changes the address of an account and prints the new path.
func (p *program) renewCallback(ctx context.Context, d *session, account string) error {
	if p.readOnly {
		return usage("--read-only: no address is changed")
	}
	if _, ok := model.FindAccount(d.config.Accounts, account); !ok {
		return usage("--renew: there is no account %q in the configuration", account)
	}
	if err := d.cache.RenewCallback(ctx, d.operator, account); err != nil {
		return err
	}
	p.note("the older address of %s is turned away; give its vendor the new one", account)
	return p.printCallbackPath(ctx, d, account)
}

func (p *program) printCallbackPath(ctx context.Context, d *session, account string) error {
	path, err := d.network.CallbackPath(ctx, account)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.Out, "%s\t%s\n", account, path)
	return err
}
