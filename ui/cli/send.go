package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"viberdeck/model"
	"viberdeck/ui/cli/settings"
)

// sendFlags are the flags of send, and of answers, which are sent the same way.
type sendFlags struct {
	people  peopleFlags
	dryRun  bool
	confirm int64 // -1: not given
	wait    bool
	hold    string
	again   bool
	test    bool
	like    string // the phone of the person whose columns a test uses
	links   bool   // the addresses in the message are checked
	quiet   bool   // into the quiet hours
	despite bool   // although people on our blacklist may be in the list at the vendor
	// answering is set by an answer to a reply; the store checks again that it is still up to date.
	answering *model.Answering
}

func (f *sendFlags) add(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "check and say what would happen; send nothing")
	cmd.Flags().Int64Var(&f.confirm, "confirm", -1,
		"the number of people who will receive it (`N`), instead of typing it")
	cmd.Flags().BoolVar(&f.wait, "wait", true, "dispatch and wait until every batch has an outcome")
	cmd.Flags().StringVar(&f.hold, "hold", "", "recall window (`DURATION`); absent: the configuration's, 0: none")
	cmd.Flags().BoolVar(&f.again, "again", false, "send although these people got the same message lately")
}

// window returns the recall window.
func (f *sendFlags) window(c model.Config) (time.Duration, error) {
	if f.hold == "" {
		return c.Send.HoldWindow(), nil
	}
	var d model.Duration
	if err := d.UnmarshalText([]byte(f.hold)); err != nil {
		return 0, usage("--hold: %w", err)
	}
	return d.Duration, nil
}

func (p *program) sendCmd() *cobra.Command {
	var f sendFlags
	cmd := &cobra.Command{
		Use: "send FILE", Short: "Check a campaign file, confirm it and send it", Args: exactArgs(1),
		Long: `Checks the campaign in FILE (TOML; - reads standard input) and its audience, prints what
will happen, asks for the number of people and sends. Without a terminal and without
--confirm nothing leaves.

Exit codes: 0 done, 1 failed, 2 nothing happened, 3 done but some refused, 4 some outcomes unknown.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			campaign, audience, d, err := p.loadSend(cmd.Context(), args[0], f)
			if err != nil {
				return err
			}
			defer d.close()
			if f.test {
				if campaign, audience, err = p.asTest(d, campaign, audience, f.like); err != nil {
					return err
				}
				f.hold = "0"
			}
			return p.send(cmd.Context(), d, campaign, audience, f)
		},
	}
	f.add(cmd)
	cmd.Flags().BoolVar(&f.quiet, "quiet-hours", false, "send although it would arrive within the quiet hours")
	cmd.Flags().BoolVar(&f.despite, "despite-blacklist", false,
		"send to a list at a vendor although people of our blacklist may be in it")
	cmd.Flags().BoolVar(&f.links, "check-links", true,
		"check whether the addresses of the message answer; --check-links=false or check_links of the "+
			"configuration switches it off")
	f.people.add(cmd)
	cmd.Flags().BoolVar(&f.test, "test", false, "to the staff_phones of the configuration only, at once")
	cmd.Flags().StringVar(&f.like, "like", "",
		"with --test: the text as this person of the audience gets it (`PHONE`); absent: as the first")
	return cmd
}

// loadSend reads the campaign file and the audience, and opens the session for its account.
func (p *program) loadSend(ctx context.Context, path string, f sendFlags) (model.Campaign, model.Audience, *session,
	error) {
	fail := func(err error) (model.Campaign, model.Audience, *session, error) {
		return model.Campaign{}, model.Audience{}, nil, err
	}
	file, err := p.readCampaignFile(path)
	if err != nil {
		return fail(err)
	}
	if len(p.accounts) > 0 && file.Account != "" && !slices.Contains(p.accounts, file.Account) {
		return fail(usage("--account %s: %s is a campaign of %s; nothing was sent", strings.Join(p.accounts, ", "),
			path, file.Account))
	}
	d, err := p.openToSend(ctx, settings.AllSecrets)
	if err != nil {
		return fail(err)
	}
	account, err := p.sendAccount(d.config, file.Account)
	if err == nil {
		var campaign model.Campaign
		if campaign, err = file.Campaign(account, p.now()); err == nil {
			caps, _ := p.Vendors.Capabilities(account.Vendor) // sendAccount has already refused unsupported vendors
			var audience model.Audience
			if audience, err = p.readAudience(ctx, file, f.people, model.ImportOptions{
				DefaultCountry: d.config.DefaultCountry, Contacts: caps.Contacts}); err == nil {
				return campaign, audience, d, nil
			}
		}
	}
	d.close()
	return fail(err)
}

func (p *program) readCampaignFile(path string) (model.CampaignFile, error) {
	var file model.CampaignFile
	var text []byte
	var err error
	if path == "-" {
		text, err = io.ReadAll(io.LimitReader(p.In, 64<<20))
	} else if err = p.mayOpen(path); err == nil {
		text, err = os.ReadFile(path)
	}
	if err != nil {
		return file, usage("campaign file: %w", err)
	}
	if err := quotedTime(string(text)); err != nil {
		return file, exitError{exitUsage, fmt.Errorf("%s: %w", path, err)}
	}
	if err := settings.DecodeStrict(string(text), &file); err != nil {
		return file, exitError{exitUsage, fmt.Errorf("%s: %w", path, err)}
	}
	if file.ImageFile != "" {
		if file.Upload, err = p.readImage(path, file.ImageFile); err != nil {
			return file, err
		}
	}
	return file, markZone(string(text), &file)
}

// quotedTime refuses a quoted time, for which the TOML reader would report a text in its own words.
func quotedTime(text string) error {
	var raw struct {
		SendAt any `toml:"send_at"`
	}
	_, err := toml.Decode(text, &raw) // the strict reader reports any other error
	if quoted, ok := raw.SendAt.(string); ok && err == nil {
		return model.Invalid("send_at", "%q is in quotes; write the time without them and with its zone, like "+
			"2026-12-01T10:00:00+02:00", quoted)
	}
	return nil
}

// markZone returns the sending time as the TOML reader understands it. When it fills a time.Time,
// it puts a time without a zone in the system's zone; only its own value still shows that no zone
// was written, which CampaignFile.Campaign refuses.
func markZone(text string, file *model.CampaignFile) error {
	var raw struct {
		SendAt any `toml:"send_at"`
	}
	if _, err := toml.Decode(text, &raw); err != nil {
		return exitError{exitUsage, fmt.Errorf("send_at: %w", err)}
	}
	if at, ok := raw.SendAt.(time.Time); ok {
		file.SendAt = at
	}
	return nil
}

// sendAccount returns the account through which a campaign leaves and refuses one that must not
// send.
func (p *program) sendAccount(c model.Config, name string) (model.Account, error) {
	if name == "" && len(p.accounts) == 1 {
		name = p.accounts[0]
	}
	if name == "" && len(c.Accounts) == 1 {
		name = c.Accounts[0].Name
	}
	account, found := model.FindAccount(c.Accounts, name)
	switch {
	case name == "":
		return model.Account{}, exitError{exitUsage, model.Invalid("account", "name the account to send through")}
	case !found:
		return model.Account{}, exitError{exitUsage,
			model.Invalid("account", "there is no account %q in the configuration", name)}
	case p.readOnly:
		return model.Account{}, usage("--read-only: nothing is sent")
	case account.ReadOnly:
		return model.Account{}, usage("account %s is read_only in the configuration: nothing is sent", name)
	}
	if _, ok := p.Vendors.Capabilities(account.Vendor); !ok {
		return model.Account{}, usage("account %s: this version cannot send through %s", name, account.Vendor)
	}
	return account, nil
}

// plan checks a campaign and its audience.
func (p *program) plan(ctx context.Context, d *session, c model.Campaign, a model.Audience, f sendFlags) (model.Plan,
	error) {
	caps, _ := p.Vendors.Capabilities(c.Vendor)
	planner := model.Planner{Reader: d.cache, Send: d.config.Send, Now: p.now(), Zone: d.config.Location(),
		Accounts: d.config.Accounts, Test: f.test}
	path := model.SendPath{PerCall: d.network.PerCall, Check: d.network.Check, Prepare: d.network.PrepareList}
	if f.answering == nil {
		planner.Midnight = model.Midnight(p.now(), d.config.Location())
		path.Links = model.LinkCheck(f.links && d.config.Send.ChecksLinks(), d.network.CheckLinks)
	}
	if f.dryRun {
		path.Prepare = nil
	}
	return planner.Ready(ctx, c, a, caps, path)
}

// send plans, confirms, stores and, unless it must not wait, dispatches.
func (p *program) send(ctx context.Context, d *session, c model.Campaign, a model.Audience, f sendFlags) error {
	hold, err := f.window(d.config)
	if err != nil {
		return err
	}
	if f.test {
		hold = 0
	}
	plan, err := p.plan(ctx, d, c, a, f)
	repeated := plan.Repeats(err)
	if err != nil && (!repeated || !f.again) {
		p.explain(plan, d, hold)
		p.sayPrepared(plan)
		if len(plan.BadRows) > 0 || repeated {
			err = errors.Join(err, p.writeResult(sendResult{plan: plan}))
		}
		return err
	}
	plan.Answering = f.answering
	p.explain(plan, d, hold)
	if f.dryRun {
		p.note("dry run: nothing was sent")
		return p.writeResult(sendResult{plan: plan})
	}
	if err := p.agree(ctx, d, plan, f); err != nil {
		p.sayPrepared(plan)
		return err
	}
	id, err := p.store(ctx, d, plan, hold)
	if err != nil {
		p.sayPrepared(plan)
		return fmt.Errorf("store the campaign (nothing was sent): %w", err)
	}
	if !f.wait && p.wantsApproval(plan, d) {
		p.note("%s waits until somebody else approves it: `viberdeck campaign approve %s`, or v in the dashboard", id,
			id)
		return p.writeResult(sendResult{id: id, plan: plan})
	}
	if at := plan.Campaign.LeaveAt; at.After(p.now().Add(hold)) {
		p.note("%s stays here until %s; a dashboard or `viberdeck work` that runs then sends it", id,
			d.moment(at))
		return p.writeResult(sendResult{id: id, plan: plan})
	}
	if !f.wait {
		p.note("%s is in the outbox; the dashboard or `viberdeck work` sends it", id)
		return p.writeResult(sendResult{id: id, plan: plan})
	}
	return p.dispatch(ctx, d, id, plan)
}

// storingTick is how often the progress of storing is updated.
const storingTick = 200 * time.Millisecond

// store stores a confirmed plan and shows its progress once it takes a while.
func (p *program) store(ctx context.Context, d *session, plan model.Plan, hold time.Duration) (id model.CampaignID,
	err error) {
	plan.Storing = &model.StoreProgress{}
	stored := make(chan struct{})
	go func() {
		defer close(stored)
		id, err = d.cache.Submit(ctx, d.operator, uuid.NewString(), plan, hold, d.config.Send.ApproveAbove)
	}()
	tick := time.NewTicker(storingTick)
	defer tick.Stop()
	bar := newBar(p, "storing")
	defer bar.end()
	for {
		select {
		case <-stored:
			return id, err
		case <-tick.C:
			if done, total := plan.Storing.Progress(); total > 0 {
				bar.show(barLine{done: done, total: total, text: "people"})
			}
		}
	}
}

// agree requires all confirmations before a campaign is stored.
func (p *program) agree(ctx context.Context, d *session, plan model.Plan, f sendFlags) error {
	if err := p.maySend(ctx, d); err != nil {
		return err
	}
	if len(plan.Quiet) > 0 && !f.quiet && f.answering == nil {
		return usage("it would arrive within the quiet hours; send it all the same with --quiet-hours; nothing was sent")
	}
	if line := plan.InListLine(); !line.IsZero() && !f.despite {
		return usage("%s; send it all the same with --despite-blacklist; nothing was sent", line)
	}
	return p.confirmSend(plan, f)
}

// sayPrepared says what was prepared at the vendor for a campaign that does not leave.
func (p *program) sayPrepared(plan model.Plan) {
	if line := plan.PreparedLine(p.Vendors.Name(plan.Campaign.Vendor)); !line.IsZero() {
		p.note("%s", line)
	}
}

// confirmSend requires the number of people, from the flag or typed at a terminal.
func (p *program) confirmSend(plan model.Plan, f sendFlags) error {
	return p.confirmNumber(plan.Recipients, f.confirm, "people who will receive it", "people to send",
		"nothing was sent")
}
