package routee

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// Senders gives the senders of the configuration: Routee cannot list those of Viber. Nobody is
// asked.
func (a *Adapter) Senders(context.Context) ([]model.Sender, error) {
	now := time.Now().UTC()
	senders := make([]model.Sender, 0, len(a.account.Senders))
	for _, s := range a.account.Senders {
		senders = append(senders, model.Sender{
			Account: a.account.Name, Vendor: model.Routee, ID: s.ID, Name: model.SanitiseLine(s.Name),
			State: model.SenderUnknown, FromConfig: true, AsOf: now,
		})
	}
	return senders, nil
}

// group is one group of contacts. The list of all groups has names only.
type group struct {
	Name vendors.Text `json:"name"`
	Size vendors.Int  `json:"size"`
}

func (a *Adapter) group(ctx context.Context, name string) (group, error) {
	var g group
	err := a.read(ctx, http.MethodGet, "/groups/my/"+url.PathEscape(name), nil, &g)
	return g, err
}

// List reads one group by its name.
func (a *Adapter) List(ctx context.Context, name string) (model.List, error) {
	g, err := a.group(ctx, name)
	if err == nil && g.Name.Line() == "" {
		err = model.NotFound("Routee has no group %q", name)
	}
	return model.List{Account: a.account.Name, ID: g.Name.Line(), Name: g.Name.Line(), People: g.Size.Figure()}, err
}

// Lists reads the names of the groups. How many people one has is asked for when it is chosen; see
// PrepareList.
func (a *Adapter) Lists(ctx context.Context) ([]model.List, error) {
	var lists []model.List
	for groups, err := range eachPage(ctx, a, "groups", "/groups/my", 0,
		func(g group) string { return g.Name.Line() }) {
		if err != nil {
			return nil, err
		}
		for _, g := range groups {
			if name := g.Name.Line(); name != "" {
				lists = append(
					lists,
					model.List{Account: a.account.Name, ID: name, Name: name, People: g.Size.Figure()},
				)
			}
		}
	}
	return lists, nil
}

// Balance reads the money left.
func (a *Adapter) Balance(ctx context.Context) ([]model.Balance, error) {
	var answer struct {
		Balance  vendors.Number  `json:"balance"`
		Currency json.RawMessage `json:"currency"` // an object with the code
	}
	if err := a.read(ctx, http.MethodGet, "/accounts/me/balance", nil, &answer); err != nil {
		return nil, err
	}
	return vendors.Balances(a.account.Name, model.Balance{
		Account: a.account.Name, Amount: answer.Balance.Money(currencyOf(answer.Currency)), AsOf: time.Now().UTC()})
}
