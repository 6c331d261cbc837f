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

// Senders returns the senders in the configuration: Routee cannot list its Viber senders. It makes
// no request.
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

// group is one group of contacts. The list of all groups has only names.
type group struct {
	Name vendors.String `json:"name"`
	Size vendors.Int    `json:"size"`
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
	return a.list(g), err
}

// Lists reads the names of the groups. The size of a group is requested when it is chosen; see
// PrepareList.
func (a *Adapter) Lists(ctx context.Context) ([]model.List, error) {
	return vendors.Together(eachPage(ctx, a, "groups", "/groups/my", 0, vendors.Reader[group, model.List]{
		Key:  func(g group) string { return g.Name.Line() },
		Read: func(g group) (model.List, bool) { return a.list(g), true },
	}))
}

func (a *Adapter) list(g group) model.List {
	return model.List{Account: a.account.Name, ID: g.Name.Line(), Name: g.Name.Line(), People: g.Size.Figure()}
}

// Balance reads the remaining balance.
func (a *Adapter) Balance(ctx context.Context) ([]model.Balance, error) {
	var answer struct {
		Balance  vendors.Number  `json:"balance"`
		Currency json.RawMessage `json:"currency"` // an object that contains the code
	}
	if err := a.read(ctx, http.MethodGet, "/accounts/me/balance", nil, &answer); err != nil {
		return nil, err
	}
	return vendors.Balances(a.account.Name, model.Balance{
		Account: a.account.Name, Amount: answer.Balance.Money(currencyOf(answer.Currency)), AsOf: time.Now().UTC()})
}
