package wooxy

import (
	"cmp"
	"context"
	"iter"
	"strings"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// pageRows is the page size to request. No document gives a maximum; the default is 20.
const pageRows = 100

// window is the paging part of a find request.
type window struct {
	Offset int `json:"offset"`
	Limit  int `json:"limit"`
}

// page is the answer to a find method.
type page[T any] struct {
	Data  vendors.Rows[T] `json:"data"`
	Total vendors.Int     `json:"totalCount"`
}

// pages reads a find method to its end. Pages may be shorter than requested, so reading continues
// until the total is reached.
func pages[T, M any](
	ctx context.Context,
	a *Adapter,
	what, path string,
	question func(window) any,
	rows vendors.Reader[T, M],
) iter.Seq2[[]M, error] {
	ask := func(at vendors.Position) (vendors.Page[T], error) {
		var answer page[T]
		err := a.read(ctx, path, question(window{at.Rows, pageRows}), &answer)
		return vendors.Page[T]{Rows: answer.Data, Total: answer.Total}, err
	}
	return vendors.ReadPages(a.account.Name, what, ask, rows)
}

// Senders returns the senders named in the configuration: no document has a method that lists them.
// It makes no request.
func (a *Adapter) Senders(context.Context) ([]model.Sender, error) {
	senders := make([]model.Sender, 0, len(a.account.Senders))
	for _, s := range a.account.Senders {
		senders = append(senders, model.Sender{
			Account: a.account.Name, Vendor: model.Wooxy, ID: s.ID, Name: s.Name, State: model.SenderUnknown,
			FromConfig: true, AsOf: time.Now().UTC(),
		})
	}
	return senders, nil
}

// Balance reads the remaining balance from /v3/account/info, which a third party documents. It has
// no currency.
func (a *Adapter) Balance(ctx context.Context) ([]model.Balance, error) {
	var answer struct {
		Balance  vendors.Number `json:"accountBalance"`
		Currency vendors.String `json:"currency"`
	}
	if err := a.read(ctx, "/v3/account/info", struct{}{}, &answer); err != nil {
		return nil, err
	}
	return vendors.Balances(a.account.Name, model.Balance{
		Account: a.account.Name, Amount: answer.Balance.Money(answer.Currency.Line()), AsOf: time.Now().UTC()})
}

// contactList is one list of /v3/contact-list/find, which the vendor documents. It does not include
// the number of people.
type contactList struct {
	ID       vendors.String `json:"contactListId"`
	Name     vendors.String `json:"contactListName"`
	DomainID vendors.String `json:"domainId"`
	Domain   vendors.String `json:"domain"`
}

func (a *Adapter) list(l contactList) model.List {
	return model.List{Account: a.account.Name, ID: l.ID.Line(), Name: l.Name.Line()}
}

// listQuestion is the body of /v3/contact-list/find; one of the first three is required.
type listQuestion struct {
	ContactListID string `json:"contactListId,omitempty"`
	DomainID      string `json:"domainId,omitempty"`
	Domain        string `json:"domain,omitempty"`
	window
}

func (a *Adapter) findLists(ctx context.Context, q listQuestion) ([]contactList, error) {
	question := func(w window) any { q.window = w; return q }
	return vendors.Together(pages(ctx, a, "contact lists", "/v3/contact-list/find", question,
		vendors.Unchanged(func(l contactList) string { return l.ID.Line() })))
}

// domain is the owner of lists and webhooks.
type domain struct {
	ID   vendors.String `json:"domainId"`
	Name vendors.String `json:"domain"`
}

// domains returns the domain of the account's contact list. If the configuration names no list it
// returns all domains, read from /v3/domain/find, which a third party documents.
func (a *Adapter) domains(ctx context.Context) ([]domain, error) {
	var all []domain
	if list := a.account.Setting(model.SettingContactList); list != "" {
		lists, err := a.findLists(ctx, listQuestion{ContactListID: list})
		for _, l := range lists {
			if l.DomainID != "" || l.Domain != "" {
				all = append(all, domain{l.DomainID, l.Domain})
			}
		}
		return all, err
	}
	question := func(w window) any { return w }
	return vendors.Together(pages(ctx, a, "domains", "/v3/domain/find", question,
		vendors.Unchanged(func(d domain) string { return strings.TrimSpace(string(d.ID + " " + d.Name)) })))
}

// Lists reads the contact lists of the account's domains, or of the configured list's domain if
// there is one.
func (a *Adapter) Lists(ctx context.Context) ([]model.List, error) {
	domains, failed := a.domains(ctx)
	var lists []model.List
	seen := map[string]bool{}
	for _, d := range domains {
		q := listQuestion{DomainID: string(d.ID)}
		if d.ID == "" {
			q.Domain = string(d.Name)
		}
		found, err := a.findLists(ctx, q)
		failed = cmp.Or(failed, err)
		for _, l := range found {
			if m := a.list(l); !seen[m.ID] {
				seen[m.ID] = true
				lists = append(lists, m)
			}
		}
	}
	return lists, failed
}

// List reads one list by /v3/contact-list/get, which the vendor documents.
func (a *Adapter) List(ctx context.Context, id string) (model.List, error) {
	var answer struct {
		Data vendors.List[contactList] `json:"data"`
	}
	q := struct {
		ID string `json:"contactListId"`
	}{strings.TrimSpace(id)}
	if err := a.read(ctx, "/v3/contact-list/get", q, &answer); err != nil {
		return model.List{}, err
	}
	if len(answer.Data) == 0 || answer.Data[0].ID == "" {
		return model.List{}, model.NotFound("Wooxy has no contact list %s", model.SanitiseLine(id))
	}
	return a.list(answer.Data[0]), nil
}
