package sendpulse

import (
	"context"
	"iter"
	"net/http"
	"strings"

	"viberdeck/model"
	"viberdeck/vendors"
)

const blacklistPath = "/v2/viber-service/phone-exception"

type blacklistAnswer struct {
	Data struct {
		List  vendors.Rows[exception] `json:"list"`
		Total vendors.Int             `json:"total"`
	} `json:"data"`
}

type exception struct {
	ID          vendors.String `json:"id"`
	Phone       vendors.String `json:"phone"`
	Description vendors.String `json:"description"`
	AddDate     vendors.String `json:"add_date"`
}

// Blacklist reads the vendor's blacklist. Pages may be shorter than requested, so reading continues
// until the total is reached.
func (a *Adapter) Blacklist(ctx context.Context) iter.Seq2[[]model.BlacklistEntry, error] {
	ask := func(at vendors.Position) (vendors.Page[exception], error) {
		var answer blacklistAnswer
		err := a.read(ctx, http.MethodGet, page(blacklistPath, at.Rows), nil, &answer)
		return vendors.Page[exception]{Rows: answer.Data.List, Total: answer.Data.Total}, err
	}
	return vendors.ReadPages(a.account.Name, "blacklist", ask, vendors.Reader[exception, model.BlacklistEntry]{
		Key:  func(x exception) string { return strings.TrimSpace(x.ID.Line() + " " + x.Phone.Line()) },
		Read: a.entry,
	})
}

// entry reads an entry; ok is false if it has no phone.
func (a *Adapter) entry(x exception) (entry model.BlacklistEntry, ok bool) {
	phone, ok := model.PhoneFromVendor(string(x.Phone))
	return model.BlacklistEntry{
		Phone: phone, Accounts: []string{a.account.Name}, Reason: model.Data(x.Description.Line()),
		AddedAt: vendors.ParseTime(string(x.AddDate), a.zone), Source: model.SourceVendor,
	}, ok
}

type exceptionChange struct {
	Phones      []string `json:"phones"`
	Description string   `json:"description,omitempty"`
}

// Block adds phones to the vendor's blacklist. Phones already on it stay. It is retried like a read
// request.
func (a *Adapter) Block(ctx context.Context, phones []model.Phone, reason string) error {
	return a.changeBlacklist(ctx, http.MethodPost, phones, reason)
}

// Unblock removes phones from the vendor's blacklist. Phones that are not on it are ignored. It is
// retried like a read request.
func (a *Adapter) Unblock(ctx context.Context, phones []model.Phone) error {
	return a.changeBlacklist(ctx, http.MethodDelete, phones, "")
}

func (a *Adapter) changeBlacklist(ctx context.Context, method string, phones []model.Phone, reason string) error {
	if len(phones) == 0 {
		return nil
	}
	change := exceptionChange{Phones: make([]string, len(phones)), Description: reason}
	for i, p := range phones {
		change.Phones[i] = p.Digits()
	}
	var answer struct {
		Result   vendors.Bool `json:"result"`
		Counters struct {
			Added  vendors.Int `json:"added"`
			Exists vendors.Int `json:"exists"`
		} `json:"counters"`
	}
	if err := a.read(ctx, method, blacklistPath, change, &answer); err != nil {
		return err
	}
	if !answer.Result {
		return vendors.NotConfirmed(a.account.Name, method+" "+blacklistPath)
	}
	n, counts := answer.Counters.Added.N+answer.Counters.Exists.N, answer.Counters
	if method == http.MethodPost && counts.Added.Known && counts.Exists.Known && n < int64(len(phones)) {
		return &model.Error{Kind: model.KindOffline, Text: model.Say(
			"%s put %d of %s on its blacklist; it is asked again later", a.account.Name, n,
			model.Counted(len(phones), "phone", "phones"))}
	}
	return nil
}
