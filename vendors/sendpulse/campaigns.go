package sendpulse

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strings"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// task is a campaign as returned by GET /viber/task and GET /viber/task/{id}. The address book has
// three names in the document; 0 and null mean phones.
type task struct {
	ID             vendors.String               `json:"id"`
	Name           vendors.String               `json:"name"`
	Message        vendors.String               `json:"message"`
	ButtonText     vendors.String               `json:"button_text"`
	ButtonLink     vendors.String               `json:"button_link"`
	ImageLink      vendors.String               `json:"image_link"`
	AddressBook    vendors.String               `json:"address_book"`
	AddressBookID  vendors.String               `json:"address_book_id"`
	AddressBookIDs vendors.List[vendors.String] `json:"address_book_ids"`
	SenderName     vendors.String               `json:"sender_name"`
	SenderID       vendors.String               `json:"sender_id"`
	LiveTime       vendors.Int                  `json:"message_live_time"` // seconds
	SendDate       vendors.String               `json:"send_date"`
	Status         vendors.String               `json:"status"`
	Created        vendors.String               `json:"created"`
}

// taskDetail is the answer to GET /viber/task/{id}. Its figures are "statistic" in the document's
// sample and "statistics" in its table.
type taskDetail struct {
	task
	StretchTime     vendors.Int   `json:"stretch_time"` // hours
	ResendSMS       *vendors.Bool `json:"resend_sms"`
	ResendSMSStatus vendors.Int   `json:"resend_sms_status"`
	Statistic       *figures      `json:"statistic"`
	Statistics      *figures      `json:"statistics"`
}

type figures struct {
	Sent        vendors.Int `json:"sent"`
	Delivered   vendors.Int `json:"delivered"`
	Read        vendors.Int `json:"read"`
	Redirected  vendors.Int `json:"redirected"` // a count, although the document calls it a rate
	Undelivered vendors.Int `json:"undelivered"`
	Errors      vendors.Int `json:"errors"`
}

func (a *Adapter) campaign(t task) model.Campaign {
	c := model.Campaign{
		Account: a.account.Name, Vendor: model.SendPulse, VendorID: t.ID.Line(), Name: t.Name.Line(),
		State: campaignState(t.Status), VendorState: t.Status.Line(),
		Message: model.Message{
			Text: t.Message.Safe(), ImageURL: t.ImageLink.Line(),
			Button: model.Button{Caption: t.ButtonText.Line(), URL: t.ButtonLink.Line()},
		},
		Sender: t.SenderID.Line(), SenderName: t.SenderName.Line(), List: book(t),
		CreatedAt: vendors.ParseTime(string(t.Created), a.zone), SendAt: vendors.ParseTime(string(t.SendDate), a.zone),
		AsOf: time.Now().UTC(),
	}
	if t.Status.Line() == "" && c.SendAt.After(c.AsOf) {
		c.State = model.CampaignScheduled // the vendor has no word for that
	}
	if n := t.LiveTime.N; n > 0 && n <= int64(365*24*time.Hour/time.Second) {
		c.Lifetime = time.Duration(n) * time.Second
	}
	return c
}

func book(t task) string {
	ids := append(vendors.List[vendors.String]{t.AddressBook, t.AddressBookID}, t.AddressBookIDs...)
	for _, id := range ids {
		if s := id.Line(); s != "" && s != "0" {
			return s
		}
	}
	return ""
}

// Campaigns lists the campaigns. Pages may be shorter than requested, so reading continues until a
// page is empty or contains nothing new.
func (a *Adapter) Campaigns(ctx context.Context) iter.Seq2[[]model.Campaign, error] {
	return arrays(ctx, a, "campaigns", "/viber/task", vendors.Reader[task, model.Campaign]{
		Key:  func(t task) string { return t.ID.Line() },
		Read: func(t task) (model.Campaign, bool) { return a.campaign(t), true },
	})
}

// arrays reads a list that arrives as bare arrays, page by page.
func arrays[T, M any](
	ctx context.Context,
	a *Adapter,
	what, path string,
	rows vendors.Reader[T, M],
) iter.Seq2[[]M, error] {
	ask := func(at vendors.Position) (p vendors.Page[T], err error) {
		err = a.read(ctx, http.MethodGet, page(path, at.Rows), nil, &p.Rows)
		return p, err
	}
	return vendors.ReadPages(a.account.Name, what, ask, rows)
}

func page(path string, offset int) string {
	return fmt.Sprintf("%s?limit=%d&offset=%d", path, pageRows, offset)
}

// Task is one campaign with its totals and the vendor's information about its SMS fallback.
type Task struct {
	Campaign model.Campaign
	Totals   model.Totals
	// Resend reports whether people without the Viber message get an SMS; ResendStatus is the
	// vendor's code for it, whose values are undocumented.
	Resend       model.SMSUse
	ResendStatus model.Figure
	Lists        []string // the ids of its address books
}

// facts returns the vendor's information beyond figures and state.
func (t Task) facts() []model.ReportedFact {
	var all []model.ReportedFact
	add := func(name model.ReportedFactName, value string) {
		if value != "" {
			all = append(all, model.ReportedFact{Name: name, Value: value})
		}
	}
	if t.ResendStatus.Known {
		add(model.FactSMSState, t.ResendStatus.String())
	}
	add(model.FactLists, strings.Join(t.Lists, ", "))
	return all
}

// Campaign reads one campaign with its totals.
func (a *Adapter) Campaign(ctx context.Context, id string) (model.Campaign, error) {
	t, err := a.Task(ctx, id)
	c := t.Campaign
	c.Totals, c.Facts, c.AsOf = t.Totals, t.facts(), time.Now().UTC()
	return c, err
}

// Task reads one campaign.
func (a *Adapter) Task(ctx context.Context, vendorID string) (Task, error) {
	var d taskDetail
	if err := a.read(ctx, http.MethodGet, "/viber/task/"+url.PathEscape(vendorID), nil, &d); err != nil {
		return Task{}, err
	}
	if d.ID == "" {
		return Task{}, model.NotWhole(a.account.Name, "campaigns", model.Say("there is no campaign in its answer"))
	}
	t := Task{Campaign: a.campaign(d.task), ResendStatus: d.ResendSMSStatus.Figure()}
	for _, id := range d.AddressBookIDs {
		if line := id.Line(); line != "" && line != "0" {
			t.Lists = append(t.Lists, line)
		}
	}
	if d.ResendSMS != nil {
		t.Resend = model.SMSUseOf(bool(*d.ResendSMS))
	}
	if n := d.StretchTime.N; n > 0 && n <= 24 {
		t.Campaign.Stretch = time.Duration(n) * time.Hour
	}
	if f := cmp.Or(d.Statistic, d.Statistics); f != nil {
		t.Totals = model.Totals{
			Sent: f.Sent.Figure(), Delivered: f.Delivered.Figure(), Read: f.Read.Figure(),
			Clicked:     f.Redirected.Figure(),
			Undelivered: f.Undelivered.Figure(), Failed: f.Errors.Figure(),
		}
	}
	t.Campaign.Totals = t.Totals
	return t, nil
}

// Statistics reads the totals of a campaign. Totals that the vendor omits stay unknown.
func (a *Adapter) Statistics(ctx context.Context, vendorID string) (model.Statistics, error) {
	t, err := a.Task(ctx, vendorID)
	if err != nil {
		return model.Statistics{}, err
	}
	return model.Statistics{
		Account: a.account.Name, Totals: t.Totals, State: t.Campaign.State, VendorState: t.Campaign.VendorState,
		SMS:   t.Resend,
		Facts: t.facts(),
		AsOf:  time.Now().UTC(),
	}, nil
}

// person is one recipient of GET /viber/task/{id}/recipients.
type person struct {
	Phone      vendors.String `json:"phone"`
	Book       vendors.String `json:"address_book_id"` // null where the phone was entered by hand
	Status     vendors.String `json:"status"`
	SendDate   vendors.String `json:"send_date"`
	Price      vendors.Number `json:"price"`
	Currency   vendors.String `json:"currency"`
	LastUpdate vendors.String `json:"last_update"`
}

type recipientsAnswer struct {
	Recipients vendors.Rows[person] `json:"recipients"`
}

// Recipients reads the people of a campaign. The document mentions no pages, so an answer about a
// million people is streamed from a file.
func (a *Adapter) Recipients(ctx context.Context, vendorID string) iter.Seq2[[]model.Recipient, error] {
	people := vendors.Reader[person, model.Recipient]{Key: person.key, Read: a.recipient}
	return func(yield func([]model.Recipient, error) bool) {
		path := "/viber/task/" + url.PathEscape(vendorID) + "/recipients"
		r := &vendors.Request{Method: http.MethodGet, Op: "GET " + path, URL: a.base + path, Large: true}
		resp, err := a.call(ctx, r, a.client.Read)
		if err != nil || resp.Large == nil {
			rows, err := vendors.ReadWhole(a.account.Name, "recipients", func(into *vendors.Rows[person]) error {
				var answer recipientsAnswer
				err := vendors.Answered(resp, err, a.refused, &answer)
				*into = answer.Recipients
				return err
			}, people)
			if len(rows) > 0 && !yield(rows, nil) {
				return
			}
			if err != nil {
				yield(nil, err)
			}
			return
		}
		defer resp.Large.Close()
		vendors.ReadStream(a.account.Name, "recipients", "recipients", resp.Large, people)(yield)
	}
}

// key identifies a row: a person may be in a campaign twice.
func (p person) key() string {
	if p.Phone == "" {
		return ""
	}
	return string(p.Phone + " " + p.Status + " " + p.LastUpdate)
}

// recipient reads a row. Where the vendor hides the phone, the text shown in its place is kept.
func (a *Adapter) recipient(p person) (r model.Recipient, ok bool) {
	r = model.Recipient{
		Account: a.account.Name, Status: deliveryStatus(p.Status), VendorStatus: p.Status.Line(),
		Price:     p.Price.Money(p.Currency.Line()),
		UpdatedAt: vendors.ParseTime(string(cmp.Or(p.LastUpdate, p.SendDate)), a.zone),
	}
	if book := p.Book.Line(); book != "0" {
		r.List = book
	}
	if r.Phone, ok = model.PhoneFromVendor(string(p.Phone)); !ok {
		r.Contact = p.Phone.Line()
	}
	return r, r.Phone != 0 || r.Contact != ""
}
