package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"viberdeck/model"
	"viberdeck/ui/cli/evidence"
	"viberdeck/ui/cli/settings"
)

// retryCmd writes again to the people a campaign did not reach.
func (p *program) retryCmd() *cobra.Command {
	var f sendFlags
	var permanent bool
	cmd := &cobra.Command{
		Use: "retry ID", Short: "Write again to those a campaign did not reach; costs money",
		Args: exactArgs(1),
		Long: `Sends the campaign once more, as a new one, to those it did not reach and for whom a new try may end
otherwise: expired, failed, without money. --permanent chooses those whom a new try hardly reaches
instead: undelivered, rejected. Each group is named with its number and what to do. Everything is checked
as by send, and the number of people is wanted.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := p.openToSend(cmd.Context(), settings.AllSecrets)
			if err != nil {
				return err
			}
			defer d.close()
			c, err := p.findCampaign(cmd.Context(), d, args[0])
			if err != nil {
				return err
			}
			statuses := model.Retryable()
			if permanent {
				statuses = model.Permanent()
			}
			copied, audience, err := p.retried(cmd.Context(), d, c, statuses)
			if err != nil {
				return err
			}
			return p.send(cmd.Context(), d, copied, audience, f)
		},
	}
	f.add(cmd)
	cmd.Flags().BoolVar(&permanent, "permanent", false, "those a new try hardly reaches, instead")
	return cmd
}

// retried returns the campaign as it is sent again, and its people with their columns.
func (p *program) retried(ctx context.Context, d *session, c model.Campaign, statuses []model.DeliveryStatus) (
	again model.Campaign, a model.Audience, err error) {
	if why := c.WhyNotRetry(); !why.IsZero() {
		return again, a, usage("%s: %s", c.ID, why)
	}
	s, err := d.cache.Statistics(ctx, c.ID)
	if err != nil {
		return again, a, err
	}
	p.note("worth retrying: %d, permanent: %d", s.FailedWith(model.Retryable()...), s.FailedWith(model.Permanent()...))
	if err := p.nextSteps(p.Err, s); err != nil {
		return again, a, err
	}
	people, err := p.peopleOf(ctx, d, c.ID, statuses)
	if err != nil {
		return again, a, err
	}
	if len(people) == 0 {
		return again, a, usage("no recipient of %s is to get it again; nothing was sent", c.ID)
	}
	account, err := p.sendAccount(d.config, c.Account)
	if err != nil {
		return again, a, err
	}
	caps, _ := p.Vendors.Capabilities(account.Vendor)
	again = c.Copy(caps.Limits.NameMax, p.now())
	if again.Name, err = d.cache.FreeName(ctx, c, caps.Limits.NameMax); err != nil {
		return again, a, err
	}
	for _, lost := range c.Carry().LostAt(account.Vendor, p.Vendors.Name) {
		p.note("note: %s", lost)
	}
	return again, model.Audience{Total: int64(len(people)), People: model.PeopleOf(people...)}, nil
}

// peopleOf reads the people of a campaign who have one of the statuses.
func (p *program) peopleOf(ctx context.Context, d *session, id model.CampaignID, statuses []model.DeliveryStatus) (
	people []model.Recipient, err error) {
	q := model.PageRequest{Campaign: id, Operator: d.operator}
	if q.Filter, err = p.filter(model.StatusFilter(statuses), d.config); err != nil {
		return nil, err
	}
	err = model.EachRow(ctx, model.RecipientRows().Reader(d.cache), q, func(r model.Recipient) (bool, error) {
		people = append(people, model.Recipient{Phone: r.Phone, Contact: r.Contact, Vars: r.Vars, Place: r.Place})
		return true, nil
	})
	model.InOrder(people)
	return people, err
}

// evidenceCmd writes everything known about one campaign to one file, and reads such a file.
func (p *program) evidenceCmd() *cobra.Command {
	var phones, read bool
	cmd := &cobra.Command{
		Use: "evidence ID FILE | --read FILE", Short: "Write all that is known of a campaign into one file",
		Args: func(cmd *cobra.Command, args []string) error {
			if read {
				return exactArgs(1)(cmd, args)
			}
			return exactArgs(2)(cmd, args)
		},
		Long: `Writes the plan, the confirmation, the calls with their outcomes, the requests of that time, the status of
each person and who did what into FILE (- writes to standard output): one JSON object a line, in the order of
a reading, the last one with a digest of all before. No secret is in it; phones are hidden as +375*****13
unless --phones is given. --read says what such a file holds and whether it is as it was written.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if read {
				return p.readEvidence(args[0])
			}
			return p.onCampaign(cmd.Context(), args[0], func(d *session, c model.Campaign) error {
				return p.writeEvidence(cmd.Context(), d, c, args[1], phones)
			})
		},
	}
	cmd.Flags().BoolVar(&phones, "phones", false, "write phones and contacts as they are")
	cmd.Flags().BoolVar(&read, "read", false, "say what is in such a FILE, and whether it was changed")
	return cmd
}

// writeEvidence writes the file, or nothing.
func (p *program) writeEvidence(ctx context.Context, d *session, c model.Campaign, path string, phones bool) error {
	made := evidence.Made{By: d.operator, Program: p.Version, At: p.now(), Phones: phones,
		Country: d.config.DefaultCountry, Zone: d.config.Location()}
	if path == "-" {
		return evidence.Write(ctx, d.cache, made, c, p.Out)
	}
	if err := p.mayOpen(path); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return usage("%s exists already and was left as it is", path)
	}
	if err != nil {
		return usage("evidence: %w", err)
	}
	err = errors.Join(evidence.Write(ctx, d.cache, made, c, file), file.Close())
	if err != nil {
		return errors.Join(err, os.Remove(path))
	}
	p.note("%s was written; only you can read it", path)
	if p.json || p.csv {
		return p.readEvidence(path)
	}
	return nil
}

// readEvidence shows the contents of an evidence file, and whether it is unchanged.
func (p *program) readEvidence(path string) error {
	if err := p.mayOpen(path); err != nil {
		return err
	}
	file, err := os.Open(path)
	if err != nil {
		return usage("evidence: %w", err)
	}
	defer file.Close()
	b, err := evidence.Read(file)
	if err != nil {
		return usage("%s: %w", path, err)
	}
	if p.json || p.csv {
		if err := printRows(p, columnsOf(evidence.Facts(), nil), time.UTC, b); err != nil {
			return err
		}
	} else if _, err := io.WriteString(p.Out, b.Words()); err != nil {
		return err
	}
	if !b.Whole() {
		return exitError{exitFailed, fmt.Errorf("%s is not as it was written: something in it was changed or cut off",
			path)}
	}
	return nil
}
