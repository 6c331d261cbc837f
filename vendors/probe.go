package vendors

import (
	"cmp"
	"context"
	"slices"

	"viberdeck/model"
)

// Probe reads everything that an operator may read, until something shows that the account cannot
// be used. Undocumented methods may fail, as long as the vendor answers and does not deny access.
func Probe(ctx context.Context, adapter Adapter, client *Client) (probed model.Probed, err error) {
	err = probe(ctx, adapter, client, &probed)
	if probed.Ahead, probed.Answered = client.Skew(); err == nil {
		probed.Answered = true
	}
	return probed, err
}

func probe(ctx context.Context, adapter Adapter, client *Client, probed *model.Probed) error {
	unsure := adapter.Capabilities().Undocumented
	judge := func(act model.Action, err error) error {
		if err == nil {
			probed.Accepted = true
			return nil
		}
		_, answered := client.Skew()
		if slices.Contains(unsure, act) && (probed.Accepted || answered && model.KindOf(err) != model.KindDenied) {
			return nil
		}
		return err
	}
	if lister, ok := adapter.(CampaignLister); ok {
		for _, err := range lister.Campaigns(ctx) {
			if err := judge(model.ActListCampaigns, err); err != nil {
				return err
			}
			break // the first page is enough
		}
	}
	if reader, ok := adapter.(BalanceReader); ok {
		balances, err := reader.Balance(ctx)
		if err := judge(model.ActBalance, err); err != nil {
			return err
		}
		probed.Balances = balances
	}
	lister, ok := adapter.(SenderLister)
	if !ok {
		return nil
	}
	senders, err := lister.Senders(ctx)
	if adapter.Capabilities().Can(model.ActSenders) { // otherwise they come from the configuration and prove nothing
		if err := judge(model.ActSenders, err); err != nil {
			return err
		}
	}
	for _, s := range senders {
		probed.Senders = append(probed.Senders, cmp.Or(s.Name, s.ID))
	}
	return nil
}
