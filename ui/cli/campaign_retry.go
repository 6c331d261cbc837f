package cli

import (
	"context"

	"github.com/spf13/cobra"

	"viberdeck/model"
	"viberdeck/ui/cli/settings"
)

// retryCmd writes again to those a campaign did not reach.
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
	cmd.Flags().BoolVar(&permanent, "permanent", false, "those whom a new try hardly reaches, instead")
	return cmd
}

// retried gives the campaign as it is sent once more, and to whom: with the columns of each.
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
		return again, a, usage("nobody of %s is to be written to again; nothing was sent", c.ID)
	}
	account, err := p.sendAccount(d.config, c.Account)
	if err != nil {
		return again, a, err
	}
	caps, _ := p.capabilities(account.Vendor)
	again = c.Copy(caps.Limits.NameMax, p.now())
	if again.Name, err = d.cache.FreeName(ctx, c, caps.Limits.NameMax); err != nil {
		return again, a, err
	}
	for _, lost := range c.Carry().LostAt(account.Vendor) {
		p.note("note: %s", lost)
	}
	return again, model.Audience{Total: int64(len(people)), People: model.PeopleOf(people...)}, nil
}

// peopleOf reads the people of a campaign who have one of the statuses.
func (p *program) peopleOf(ctx context.Context, d *session, id model.CampaignID, statuses []model.DeliveryStatus) (
	people []model.Recipient, err error) {
	q := model.PageRequest{Campaign: id, Operator: d.operator, Limit: pageSize}
	if q.Filter, err = p.filter(model.StatusFilter(statuses), d.config); err != nil {
		return nil, err
	}
	for {
		page, err := d.cache.Recipients(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, r := range page.Rows {
			people = append(people, model.Recipient{Phone: r.Phone, Contact: r.Contact, Vars: r.Vars, Place: r.Place})
		}
		if !page.More || len(page.Keys) == 0 {
			model.InOrder(people)
			return people, nil
		}
		q.Cursor = page.Keys[len(page.Keys)-1]
	}
}
