package routee

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// pageRows is the page size to request; Routee's default is 20.
const pageRows = 200

// page is one page of a list, or the whole of a list without pages.
type page[T any] struct{ vendors.Page[T] }

// UnmarshalJSON reads an envelope around "content", or a bare array.
func (p *page[T]) UnmarshalJSON(b []byte) error {
	*p = page[T]{}
	if b = bytes.TrimSpace(b); len(b) == 0 || b[0] != '{' {
		p.Whole = true
		return json.Unmarshal(b, &p.Rows)
	}
	var envelope struct {
		Content vendors.Rows[T] `json:"content"`
		Last    *vendors.Bool   `json:"last"`
		Pages   vendors.Int     `json:"totalPages"`
		Total   vendors.Int     `json:"totalElements"`
	}
	err := json.Unmarshal(b, &envelope)
	p.Page = vendors.Page[T]{Rows: envelope.Content, Last: envelope.Last, Pages: envelope.Pages, Total: envelope.Total}
	return err
}

// eachPage reads a list page by page. size is the page size to request; with 0 the first page is
// requested without paging parameters, for methods that are documented without them.
func eachPage[T, M any](
	ctx context.Context,
	a *Adapter,
	what, path string,
	size int,
	rows vendors.Reader[T, M],
) iter.Seq2[[]M, error] {
	ask := func(at vendors.Position) (vendors.Page[T], error) {
		query := url.Values{}
		if at.Page > 0 || size > 0 {
			query.Set("page", strconv.Itoa(at.Page))
		}
		if size > 0 {
			query.Set("size", strconv.Itoa(size))
		}
		address := path
		if len(query) > 0 {
			address += "?" + query.Encode()
		}
		var got page[T]
		err := a.read(ctx, http.MethodGet, address, nil, &got)
		return got.Page, err
	}
	return vendors.ReadPages(a.account.Name, what, ask, rows)
}

// tracked is one message as shown by tracking and by callbacks.
type tracked struct {
	ID       vendors.String  `json:"trackingId"`
	Campaign vendors.String  `json:"campaignTrackingId"`
	To       vendors.String  `json:"to"`
	Status   status          `json:"status"`
	Price    priced          `json:"price"`
	Currency json.RawMessage `json:"currency"`
	Groups   json.RawMessage `json:"groups"` // through which the person is in the campaign
}

// status is the status of a message: tracking calls its parts status and date, callbacks name and
// updatedDate.
type status struct{ word, detail, words, at vendors.String }

// UnmarshalJSON reads either shape, and a plain word.
func (s *status) UnmarshalJSON(b []byte) error {
	*s = status{}
	if b = bytes.TrimSpace(b); len(b) == 0 || b[0] != '{' {
		return s.word.UnmarshalJSON(b)
	}
	var both struct {
		Status  vendors.String  `json:"status"`
		Name    vendors.String  `json:"name"`
		Date    vendors.String  `json:"date"`
		Updated vendors.String  `json:"updatedDate"`
		Reason  json.RawMessage `json:"reason"`
	}
	if err := json.Unmarshal(b, &both); err != nil {
		return err
	}
	s.word, s.at = cmp.Or(both.Status, both.Name), cmp.Or(both.Date, both.Updated)
	var reason struct {
		Detail vendors.String `json:"detailedStatus"`
		Words  vendors.String `json:"description"`
	}
	if json.Unmarshal(both.Reason, &reason) == nil {
		s.detail, s.words = reason.Detail, reason.Words
	} else if json.Unmarshal(both.Reason, &s.detail) != nil {
		s.detail = ""
	}
	return nil
}

// priced is a price; anything that is not a price is unknown.
type priced struct{ vendors.Number }

// UnmarshalJSON never fails.
func (p *priced) UnmarshalJSON(b []byte) error {
	if p.Number.UnmarshalJSON(b) != nil {
		p.Number = vendors.Number{}
	}
	return nil
}

func (t tracked) recipient(account string, zone *time.Location) model.Recipient {
	r := model.Recipient{
		Account: account, VendorID: t.ID.Line(), Status: statusOf(string(t.Status.word), string(t.Status.detail)),
		VendorStatus: t.Status.word.Line(),
		Reason:       model.Data(cmp.Or(t.Status.detail, t.Status.words).Line()),
		Price:        t.Price.Money(currencyOf(t.Currency)),
		UpdatedAt:    timeOf(t.Status.at, zone),
	}
	var groups vendors.List[vendors.String]
	if json.Unmarshal(t.Groups, &groups) == nil {
		names := make([]string, 0, len(groups))
		for _, name := range groups {
			names = append(names, name.Line())
		}
		r.List = strings.Join(slices.Sorted(slices.Values(names)), ", ")
	}
	if phone, ok := model.PhoneFromVendor(string(t.To)); ok {
		r.Phone = phone
	} else {
		r.Contact = t.To.Line()
	}
	return r
}

// Recipients reads the messages of a campaign, all pages.
func (a *Adapter) Recipients(ctx context.Context, vendorID string) iter.Seq2[[]model.Recipient, error] {
	path := "/viber/tracking/campaign/" + url.PathEscape(vendorID)
	return eachPage(ctx, a, "messages", path, pageRows, vendors.Reader[tracked, model.Recipient]{
		Key: func(t tracked) string { return strings.TrimSpace(string(t.ID + " " + t.To)) },
		Read: func(t tracked) (model.Recipient, bool) {
			r := t.recipient(a.account.Name, a.zone)
			return r, r.Phone != 0 || r.Contact != ""
		},
	})
}

// Message reads one message by its own id.
func (a *Adapter) Message(ctx context.Context, id string) (model.Recipient, error) {
	var rows page[tracked]
	var one tracked
	path := "/viber/tracking/" + url.PathEscape(id)
	r, err := vendors.JSONRequest(http.MethodGet, a.base, path, nil)
	if err != nil {
		return model.Recipient{}, err
	}
	resp, err := a.call(ctx, r, a.client.Read)
	if err := vendors.Answered(resp, err, a.refused, nil); err != nil {
		return model.Recipient{}, err
	}
	if err := resp.Decode(&one); err != nil || one.ID == "" {
		// Tracking of campaigns has pages; that of one message may have one as well.
		if err := resp.Decode(&rows); err != nil {
			return model.Recipient{}, err
		}
		if len(rows.Rows.List) == 0 {
			return model.Recipient{}, model.NotFound("Routee has no message %s", id)
		}
		one = rows.Rows.List[0]
	}
	return one.recipient(a.account.Name, a.zone), nil
}
