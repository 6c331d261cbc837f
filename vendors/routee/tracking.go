package routee

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// pageRows is how many rows are asked for at once; Routee's default is 20.
const pageRows = 200

// page is one page of a list, or the whole of a list without pages.
type page[T any] struct {
	rows  []T
	last  bool // Routee says that it is the last one
	pages vendors.Int
}

// UnmarshalJSON reads an envelope around "content", or a bare array.
func (p *page[T]) UnmarshalJSON(b []byte) error {
	*p = page[T]{}
	if b = bytes.TrimSpace(b); len(b) == 0 || b[0] != '{' {
		var rows vendors.List[T]
		err := json.Unmarshal(b, &rows)
		p.rows, p.last = rows, true
		return err
	}
	var envelope struct {
		Content vendors.List[T] `json:"content"`
		Last    vendors.Bool    `json:"last"`
		Pages   vendors.Int     `json:"totalPages"`
	}
	err := json.Unmarshal(b, &envelope)
	p.rows, p.last, p.pages = envelope.Content, bool(envelope.Last), envelope.Pages
	return err
}

// more tells whether pages follow the n-th, counted from 0. The number of pages counts where it is
// known.
func (p page[T]) more(n int) bool {
	if p.pages.Known {
		return int64(n)+1 < p.pages.N
	}
	return !p.last
}

// eachPage reads a list page by page. It ends also when a page is empty or brings nothing new,
// whatever else is said.
func eachPage[T any](ctx context.Context, a *Adapter, path string, size int, id func(T) string) iter.Seq2[[]T, error] {
	return func(yield func([]T, error) bool) {
		seen := map[string]bool{}
		for n := 0; ; n++ {
			var got page[T]
			query := url.Values{"page": {strconv.Itoa(n)}, "size": {strconv.Itoa(size)}}
			if err := a.read(ctx, http.MethodGet, path+"?"+query.Encode(), nil, &got); err != nil {
				yield(nil, err)
				return
			}
			var fresh []T
			for _, row := range got.rows {
				if key := id(row); !seen[key] {
					seen[key] = true
					fresh = append(fresh, row)
				}
			}
			if len(fresh) == 0 || !yield(fresh, nil) || !got.more(n) {
				return
			}
		}
	}
}

// tracked is one message, as tracking shows it and as a callback tells it.
type tracked struct {
	ID       vendors.Text    `json:"trackingId"`
	Campaign vendors.Text    `json:"campaignTrackingId"`
	To       vendors.Text    `json:"to"`
	Status   status          `json:"status"`
	Price    priced          `json:"price"`
	Currency json.RawMessage `json:"currency"`
}

// status is the status of a message: tracking calls its parts status and date, callbacks name and
// updatedDate.
type status struct{ word, detail, words, at vendors.Text }

// UnmarshalJSON reads either shape, and a plain word.
func (s *status) UnmarshalJSON(b []byte) error {
	*s = status{}
	if b = bytes.TrimSpace(b); len(b) == 0 || b[0] != '{' {
		return s.word.UnmarshalJSON(b)
	}
	var both struct {
		Status  vendors.Text    `json:"status"`
		Name    vendors.Text    `json:"name"`
		Date    vendors.Text    `json:"date"`
		Updated vendors.Text    `json:"updatedDate"`
		Reason  json.RawMessage `json:"reason"`
	}
	if err := json.Unmarshal(b, &both); err != nil {
		return err
	}
	s.word, s.at = cmp.Or(both.Status, both.Name), cmp.Or(both.Date, both.Updated)
	var reason struct {
		Detail vendors.Text `json:"detailedStatus"`
		Words  vendors.Text `json:"description"`
	}
	if json.Unmarshal(both.Reason, &reason) == nil {
		s.detail, s.words = reason.Detail, reason.Words
	} else if json.Unmarshal(both.Reason, &s.detail) != nil {
		s.detail = ""
	}
	return nil
}

// priced is a price; what is none is not known.
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
		Reason:       cmp.Or(t.Status.detail, t.Status.words).Line(), Price: t.Price.Money(currencyOf(t.Currency)),
		UpdatedAt: timeOf(t.Status.at, zone),
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
	return func(yield func([]model.Recipient, error) bool) {
		path := "/viber/tracking/campaign/" + url.PathEscape(vendorID)
		for rows, err := range eachPage(ctx, a, path, pageRows,
			func(t tracked) string { return string(t.ID + " " + t.To) }) {
			if err != nil {
				yield(nil, err)
				return
			}
			var people []model.Recipient
			for _, row := range rows {
				if r := row.recipient(a.account.Name, a.zone); r.Phone != 0 || r.Contact != "" {
					people = append(people, r)
				}
			}
			if len(people) > 0 && !yield(people, nil) {
				return
			}
		}
	}
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
		if len(rows.rows) == 0 {
			return model.Recipient{}, model.NotFound("Routee has no message %s", id)
		}
		one = rows.rows[0]
	}
	return one.recipient(a.account.Name, a.zone), nil
}
