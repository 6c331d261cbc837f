package sendpulse

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// sender is one sender of GET /viber/senders. Older answers have countries as an array.
type sender struct {
	ID           vendors.String               `json:"id"`
	Status       vendors.String               `json:"status"`
	Name         vendors.String               `json:"name"`
	Country      vendors.List[vendors.String] `json:"country"`
	Countries    vendors.List[vendors.String] `json:"countries"`
	TrafficType  vendors.String               `json:"traffic_type"`
	ServiceType  vendors.String               `json:"service_type"`
	WebSite      vendors.String               `json:"web_site"`
	Description  vendors.String               `json:"description"`
	AdminComment vendors.String               `json:"admin_comment"`
}

func (a *Adapter) sender(s sender) model.Sender {
	var countries []string
	for _, c := range append(s.Country, s.Countries...) {
		if line := c.Line(); line != "" {
			countries = append(countries, line)
		}
	}
	return model.Sender{
		Account: a.account.Name, Vendor: model.SendPulse, ID: s.ID.Line(), Name: s.Name.Line(),
		State: senderState(s.Status), VendorState: s.Status.Line(), Country: strings.Join(countries, ", "),
		Traffic: joined(" · ", s.TrafficType.Line(), s.ServiceType.Line()),
		Comment: joined("\n", s.AdminComment.Safe(), s.Description.Safe(), s.WebSite.Line()), AsOf: time.Now().UTC(),
	}
}

// joined joins the non-empty texts.
func joined(between string, texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(s string) bool { return s == "" }), between)
}

// Senders lists the senders of the account.
func (a *Adapter) Senders(ctx context.Context) ([]model.Sender, error) {
	return vendors.ReadWhole(a.account.Name, "senders", func(into *vendors.Rows[sender]) error {
		return a.read(ctx, http.MethodGet, "/viber/senders", nil, into)
	}, vendors.Reader[sender, model.Sender]{
		Key:  func(s sender) string { return s.ID.Line() },
		Read: func(s sender) (model.Sender, bool) { return a.sender(s), true },
	})
}

// Sender reads one sender.
func (a *Adapter) Sender(ctx context.Context, id string) (model.Sender, error) {
	var s sender
	if err := a.read(ctx, http.MethodGet, "/viber/senders/"+url.PathEscape(id), nil, &s); err != nil {
		return model.Sender{}, err
	}
	if s.ID == "" {
		return model.Sender{}, model.NotFound("SendPulse has no sender %s", id)
	}
	return a.sender(s), nil
}

// addressBook is one book of GET /addressbooks. Its e-mail counters are not used.
type addressBook struct {
	ID           vendors.String `json:"id"`
	Name         vendors.String `json:"name"`
	ActivePhones vendors.Int    `json:"active_phones_quantity"`
}

// Lists reads the address books with the number of their active phones.
func (a *Adapter) Lists(ctx context.Context) ([]model.List, error) {
	return vendors.Together(arrays(ctx, a, "address books", "/addressbooks",
		vendors.Reader[addressBook, model.List]{
			Key:  func(b addressBook) string { return b.ID.Line() },
			Read: func(b addressBook) (model.List, bool) { return a.list(b), true },
		}))
}

func (a *Adapter) list(b addressBook) model.List {
	return model.List{Account: a.account.Name, ID: b.ID.Line(), Name: b.Name.Line(), People: b.ActivePhones.Figure()}
}

// PrepareList returns the number of active phones in the campaign's address book. It costs nothing
// and creates nothing.
func (a *Adapter) PrepareList(ctx context.Context, c model.Campaign) (model.Prepared, error) {
	if err := a.Check(c); err != nil {
		return model.Prepared{}, err
	}
	l, err := a.List(ctx, c.List)
	return model.Prepared{People: l.People}, err
}

// List reads one address book.
func (a *Adapter) List(ctx context.Context, id string) (model.List, error) {
	var books vendors.List[addressBook] // one, in an array
	if err := a.read(ctx, http.MethodGet, "/addressbooks/"+url.PathEscape(id), nil, &books); err != nil {
		return model.List{}, err
	}
	for _, b := range books {
		if b.ID.Line() == id {
			return a.list(b), nil
		}
	}
	return model.List{}, &model.Error{Kind: model.KindNotFound, Field: "list",
		Text: model.Say("SendPulse has no address book %s", id)}
}

// Balance reads the remaining balance. SendPulse has no separate balance for Viber.
func (a *Adapter) Balance(ctx context.Context) ([]model.Balance, error) {
	var answer struct {
		Currency vendors.String `json:"currency"`
		Balance  vendors.Number `json:"balance_currency"`
	}
	if err := a.read(ctx, http.MethodGet, "/balance", nil, &answer); err != nil {
		return nil, err
	}
	return vendors.Balances(a.account.Name, model.Balance{
		Account: a.account.Name, Amount: answer.Balance.Money(answer.Currency.Line()), AsOf: time.Now().UTC()})
}
