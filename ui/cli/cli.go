package cli

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"viberdeck/model"
	"viberdeck/ui/cli/settings"
)

// Streams are the program's standard streams and the environment of the person at them.
type Streams struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer
	Env model.Environment
}

// program is one run of the command line: its parts, streams and global flags.
type program struct {
	Parts
	Streams

	config   string
	cache    string
	accounts []string
	readOnly bool
	json     bool
	csv      bool
	excel    bool
	noColor  bool
	verbose  bool
	now      func() time.Time
	remote   *Remote      // nil: a person on this host
	logForm  string       // text or json
	log      *slog.Logger // nil: lines on standard error are for a person
	onScreen atomic.Bool  // the dashboard uses the terminal of standard error
}

// Run runs the command line and returns the exit code.
func Run(ctx context.Context, parts Parts, streams Streams, args []string) int {
	p := &program{Parts: parts, Streams: streams, now: time.Now}
	return p.run(ctx, p.root(), args)
}

func (p *program) run(ctx context.Context, root *cobra.Command, args []string) int {
	streams := p.Streams
	root.SetArgs(args)
	root.SetIn(streams.In)
	root.SetOut(streams.Out)
	root.SetErr(streams.Err)
	err := root.ExecuteContext(ctx)
	if err != nil {
		p.fail(err)
	}
	return codeOf(err)
}

func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "viberdeck",
		Short: "Run Viber campaigns and triage the replies, from a terminal",
		Long: `viberdeck shows campaigns, statistics, recipients, incoming replies, senders and
blacklists of several Viber vendors from a local cache that works offline, and sends
campaigns safely. Without a command it opens the dashboard.`,
		Args:              noArgs,
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: func(*cobra.Command, []string) error { return p.checkFlags() },
		RunE:              func(cmd *cobra.Command, _ []string) error { return p.dashboard(cmd.Context()) },
	}
	p.addFlags(root)
	root.AddCommand(p.hostCmds()...)
	root.AddCommand(p.sharedCmds()...)
	return finished(root)
}

// settings reads what a person configures on this host.
func (p *program) settings() settings.Reader { return settings.Reader{Env: p.Env, Vendors: p.Vendors} }

// addFlags adds the flags of all commands.
func (p *program) addFlags(root *cobra.Command) {
	flags := root.PersistentFlags()
	if p.remote == nil {
		flags.StringVar(&p.config, "config", "", "configuration `FILE`")
		flags.StringVar(&p.cache, "cache", "", "cache `FILE`")
	}
	flags.StringArrayVar(&p.accounts, "account", nil, "only this account (`NAME`, repeatable)")
	flags.BoolVar(&p.readOnly, "read-only", false, "send nothing and change nothing at any vendor")
	flags.BoolVar(&p.json, "json", false, "JSON Lines on standard output")
	flags.BoolVar(&p.csv, "csv", false, "CSV on standard output")
	flags.BoolVar(&p.excel, "excel", false,
		"CSV as a spreadsheet opens it: with a byte-order mark, separated as your locale wants it")
	flags.BoolVar(&p.noColor, "no-color", false, "no colours")
	flags.BoolVarP(&p.verbose, "verbose", "v", false,
		"say more on standard error: details, and what the engine warns of")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		what, _, _ := strings.Cut(err.Error(), ": strconv.") // the rest is for programmers
		return usage("%s\nsee: %s --help", what, cmd.CommandPath())
	})
}

// hostCmds are the commands for people on this host: they access its files, read secrets, ask
// vendors or start servers.
func (p *program) hostCmds() []*cobra.Command {
	return []*cobra.Command{p.demoCmd(), p.serveCmd(), p.attachCmd(), p.syncCmd(), p.askCmd(), p.workCmd(),
		p.cacheCmd(), p.backupCmd(), p.simCmd(), p.doctorCmd(), p.configCmd(), p.manCmd()}
}

// sharedCmds are the commands that are also available over SSH: they access only the cache.
func (p *program) sharedCmds() []*cobra.Command {
	return append(p.listCmds(), p.listsCmd(), p.templatesCmd(), p.balanceCmd(), p.billCmd(), p.sendCmd(), p.replyCmd(),
		p.answersCmd(), p.campaignCmd(), p.activityCmd(), p.brakeCmd(),
		p.attentionCmd(), p.handoverCmd(), p.keptCmd(), p.versionCmd())
}

// finished adds to every command below root what all of them share.
func finished(root *cobra.Command) *cobra.Command {
	for _, cmd := range allCommands(root) {
		if cmd.HasSubCommands() && !cmd.Runnable() {
			cmd.Args, cmd.RunE = noArgs, chooseOne
		}
		cmd.SuggestionsMinimumDistance = 2 // in letters
		if f := cmd.Flags().Lookup("confirm"); f != nil && f.DefValue == "-1" {
			f.DefValue = "0" // --help shows no default: without the flag nothing is confirmed
		}
		if cmd.Args != nil {
			cmd.Args = usageArgs(cmd.Args)
		}
	}
	return root
}

// chooseOne refuses a command that only groups others: a script that misspells `brake on` must not
// conclude that it succeeded.
func chooseOne(cmd *cobra.Command, _ []string) error {
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	return usage("%s wants one of: %s\nsee: %s --help", cmd.CommandPath(), strings.Join(names, ", "), cmd.CommandPath())
}

// allCommands returns a command and everything below it.
func allCommands(c *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{c}
	for _, sub := range c.Commands() {
		all = append(all, allCommands(sub)...)
	}
	return all
}

// usageArgs makes wrong arguments end with the exit code for incorrect usage.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			if near := nearCommands(cmd, args); near != "" {
				err = fmt.Errorf("%w; did you mean %s?", err, near)
			}
			return exitError{exitUsage, fmt.Errorf("%w\nsee: %s --help", err, cmd.CommandPath())}
		}
		return nil
	}
}

// nearCommands names the commands below cmd that are spelled like the first argument and begin with
// its letter: by distance alone, "version" and "person" differ in only two letters.
func nearCommands(cmd *cobra.Command, args []string) string {
	if len(args) == 0 || args[0] == "" || !cmd.HasSubCommands() {
		return ""
	}
	near := slices.DeleteFunc(cmd.SuggestionsFor(args[0]), func(name string) bool {
		return !strings.EqualFold(name[:1], args[0][:1])
	})
	return strings.Join(near, " or ")
}

func (p *program) checkFlags() error {
	p.csv = p.csv || p.excel
	if p.remote != nil && p.remote.ReadOnly {
		p.readOnly = true
	}
	if p.json && p.csv {
		return usage("--json excludes --csv and --excel")
	}
	return nil
}

// session is what a command works on: the configuration, the cache and the vendors.
type session struct {
	config    model.Config
	path      string // of the cache
	cache     Cache
	network   Network
	dashboard func(ctx context.Context, d Dashboard) error
	serve     func(ctx context.Context, s Service) error
	operator  string
	play      play
}

// play is what a session is opened on.
type play int

const (
	live      play = iota // the configured vendors
	demo                  // simulated vendors
	fireDrill             // simulated vendors, with things gone wrong
)

// openCache reads the configuration and opens the cache. No secret is read, and the vendors cannot
// be contacted. It needs no configuration if --cache names the file.
func (p *program) openCache(ctx context.Context) (*session, error) {
	return p.openWith(ctx, settings.NoSecrets, wholeConfig)
}

// openNetwork reads the configuration with all its secrets, and opens the cache and the way to the
// vendors.
func (p *program) openNetwork(ctx context.Context) (*session, error) {
	return p.openWith(ctx, settings.AllSecrets, wholeConfig)
}

func wholeConfig(c model.Config) model.Config { return c }

// openToSend opens both for a command that sends: if --account names accounts, it uses only these.
func (p *program) openToSend(ctx context.Context, secrets settings.Secrets) (*session, error) {
	return p.openWith(ctx, secrets, func(c model.Config) model.Config {
		c.Accounts = slices.DeleteFunc(slices.Clone(c.Accounts), func(a model.Account) bool { return !p.concerns(a.Name) })
		return c
	})
}

func (p *program) openWith(ctx context.Context, secrets settings.Secrets,
	narrow func(model.Config) model.Config) (*session, error) {
	if p.remote != nil {
		return p.openRemote(narrow)
	}
	config, err := p.settings().Read(ctx, p.settings().Path(p.config), secrets)
	if err != nil {
		if secrets != settings.NoSecrets || p.cache == "" || p.config != "" || !isNoConfig(err) {
			return nil, err
		}
		config = model.Config{}
	}
	if err := p.knownAccounts(config); err != nil {
		return nil, err
	}
	config = narrow(config)
	d := &session{config: config, path: settings.CachePath(p.cache, config),
		operator: p.settings().OperatorName(config)}
	if err := p.join(ctx, d); err != nil {
		return nil, err
	}
	return d, nil
}

// join opens the cache file and the connection to the vendors on top of it.
func (p *program) join(ctx context.Context, d *session) error {
	opened, err := p.Open(ctx, OpenOptions{Path: d.path, Config: d.config, ReadOnly: p.readOnly, Say: p.saying()})
	if err != nil {
		return err
	}
	d.cache, d.network, d.dashboard, d.serve = opened.Cache, opened.Network, opened.Dashboard, opened.Serve
	return nil
}

// onCache returns the work of a command that needs nothing but the cache.
func (p *program) onCache(work func(ctx context.Context, d *session, args []string) error) func(*cobra.Command,
	[]string) error {
	return func(cmd *cobra.Command, args []string) error {
		d, err := p.openCache(cmd.Context())
		if err != nil {
			return err
		}
		defer d.close()
		return work(cmd.Context(), d, args)
	}
}

// concerns reports whether a command is about an account: --account names it, or none.
func (p *program) concerns(account string) bool {
	return len(p.accounts) == 0 || slices.Contains(p.accounts, account)
}

func (d *session) close() { _ = d.cache.Close() }

// knownAccounts refuses an --account that is not in the configuration.
func (p *program) knownAccounts(c model.Config) error {
	for _, name := range p.accounts {
		if _, found := model.FindAccount(c.Accounts, name); !found && len(c.Accounts) > 0 {
			names := make([]string, len(c.Accounts))
			for i, a := range c.Accounts {
				names[i] = a.Name
			}
			return usage("--account: there is no account %q; the accounts are %s", name, strings.Join(names, ", "))
		}
	}
	return nil
}

// filter joins --filter and --account.
func (p *program) filter(expr string, c model.Config) (model.Filter, error) {
	f, err := model.ParseFilter(expr, p.now(), c.Location())
	if err != nil {
		return f, exitError{exitUsage, err}
	}
	if f.Incomplete {
		return f, usage("--filter: %q is not finished", expr)
	}
	if len(p.accounts) > 0 {
		only, err := model.ParseFilter("account:"+strings.Join(p.accounts, ","), p.now(), c.Location())
		if err != nil {
			return f, exitError{exitUsage, err}
		}
		f.Terms = append(f.Terms, only.Terms...)
	}
	return f.InCountry(c.DefaultCountry), nil
}

// width returns the number of columns of a terminal, 0 for anything else.
func width(stream any) int {
	f, ok := stream.(*os.File)
	if !ok || !terminal(f) {
		return 0
	}
	w, _, err := term.GetSize(f.Fd())
	if err != nil {
		return 0
	}
	return w
}

// terminal reports whether a stream is a terminal.
func terminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(f.Fd())
}

// exactArgs requires the given number of arguments, and otherwise shows the usage of the command.
func exactArgs(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return writtenAs(cmd)
		}
		return nil
	}
}

// someArgs requires at least one argument.
func someArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return writtenAs(cmd)
	}
	return nil
}

// noArgs refuses arguments; after a group of commands, an argument is an unknown command.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 && !cmd.HasSubCommands() {
		return writtenAs(cmd)
	}
	return cobra.NoArgs(cmd, args)
}

func writtenAs(cmd *cobra.Command) error { return fmt.Errorf("write it as: %s", cmd.UseLine()) }

// completeFilter completes the last word of a filter in the shell: see model.CompleteFilter.
func completeFilter(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	return model.CompleteFilter(typed), cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
}
