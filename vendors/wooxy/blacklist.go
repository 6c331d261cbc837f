package wooxy

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
	"strings"

	"viberdeck/model"
	"viberdeck/vendors"
)

const (
	// blockTogether is how many phones one call may add.
	blockTogether = 100
	// logMax is how many characters the reason of a block may have.
	logMax = 1024
	// spam is the vendor's reason for people who do not want messages; its other reason, invalid,
	// is for numbers that do not work.
	spam = "spam"
)

// blocked is one entry of /v3/viber/blacklist/find.
type blocked struct {
	Phone   vendors.String `json:"phoneNumber"`
	Type    vendors.String `json:"rejectType"` // spam or invalid
	Source  vendors.String `json:"source"`     // api, manual or import
	Created vendors.String `json:"createdAt"`
	Log     vendors.String `json:"rawLog"`
}

// Blacklist reads the Viber blacklist from /v3/viber/blacklist/find, which the vendor documents.
// Whether it lists everything is open: the document calls phoneNumber required, but describes a
// listing with pages. If the vendor insists on the phone, the error says that there is no listing;
// the capabilities mark this reading as undocumented, so that is not a failure of the account.
func (a *Adapter) Blacklist(ctx context.Context) iter.Seq2[[]model.BlacklistEntry, error] {
	return func(yield func([]model.BlacklistEntry, error) bool) {
		question := func(w window) any { return w }
		for entries, err := range pages(ctx, a, "blacklist", "/v3/viber/blacklist/find", question,
			vendors.Reader[blocked, model.BlacklistEntry]{Key: blocked.key, Read: a.entry}) {
			if err != nil {
				err = notListed(err)
			}
			if !yield(entries, err) {
				return
			}
		}
	}
}

// notListed turns the refusal of a listing without a phone into an error that says that listing is
// not possible.
func notListed(err error) error {
	e, ok := errors.AsType[*model.Error](err)
	if !ok || !strings.Contains(strings.ToLower(e.Vendor), "phonenumber") || e.Fate != model.FateRefused {
		return err
	}
	return &model.Error{
		Kind: model.KindNotFound, Fate: model.FateRefused, Vendor: e.Vendor, Status: e.Status,
		Text: model.Say("Wooxy can only be asked about one phone of its blacklist at a time; the blacklist here " +
			"holds for it"),
	}
}

// FindBlocked looks up the entry of one phone with /v3/viber/blacklist/find, which the vendor
// documents; ok is false if there is none.
func (a *Adapter) FindBlocked(ctx context.Context, phone model.Phone) (entry model.BlacklistEntry, ok bool, err error) {
	question := struct {
		Phone string `json:"phoneNumber"`
		window
	}{phone.String(), window{Limit: pageRows}}
	var answer page[blocked]
	if err := a.read(ctx, "/v3/viber/blacklist/find", question, &answer); err != nil {
		return entry, false, err
	}
	for _, b := range answer.Data.List {
		if entry, ok = a.entry(b); ok && entry.Phone == phone {
			return entry, true, nil
		}
	}
	return model.BlacklistEntry{}, false, nil
}

func (b blocked) key() string { return string(b.Phone) }

// entry reads an entry; ok is false if it has no phone.
func (a *Adapter) entry(b blocked) (entry model.BlacklistEntry, ok bool) {
	phone, ok := model.PhoneFromVendor(string(b.Phone))
	return model.BlacklistEntry{
		Phone: phone, Accounts: []string{a.account.Name}, Reason: model.Data(cmp.Or(b.Log.Line(), b.Type.Line())),
		AddedAt: vendors.ParseTime(string(b.Created), a.account.Location()), Source: model.SourceVendor,
	}, ok
}

type blockRecord struct {
	Phone string `json:"phoneNumber"`
	Type  string `json:"rejectType"`
	Log   string `json:"rawLog,omitempty"`
}

// Block adds phones to the Viber blacklist with /v3/viber/blacklist/add, which the vendor
// documents: at most 100 per call, and phones already on it are ignored. A reason longer than 1024
// characters is cut. It is retried like a read request.
func (a *Adapter) Block(ctx context.Context, phones []model.Phone, reason string) error {
	if runes := []rune(reason); len(runes) > logMax {
		reason = string(runes[:logMax])
	}
	for some := range slices.Chunk(phones, blockTogether) {
		records := make([]blockRecord, len(some))
		for i, p := range some {
			records[i] = blockRecord{Phone: p.String(), Type: spam, Log: reason}
		}
		if err := a.change(ctx, "/v3/viber/blacklist/add", map[string]any{"records": records}); err != nil {
			return err
		}
	}
	return nil
}

// Unblock removes phones from the Viber blacklist. No document has a method for that;
// /v3/viber/blacklist/remove is inferred from the phone blacklist and is used only if the account's
// setting inferred is on. Otherwise no request is made, and the error is KindDenied. Phones that
// are not on the list are ignored.
func (a *Adapter) Unblock(ctx context.Context, phones []model.Phone) error {
	if !a.account.Flag(settingInferred) {
		return &model.Error{Kind: model.KindDenied, Fate: model.FateRefused, Text: model.Text{Format: removeIsGuess}}
	}
	for _, p := range phones {
		err := a.change(ctx, "/v3/viber/blacklist/remove", map[string]string{"phoneNumber": p.String()})
		if err != nil && !a.notOnList(ctx, p, err) {
			return err
		}
	}
	return nil
}

// notOnList checks by a lookup whether a removal was refused because the phone is not on the list.
func (a *Adapter) notOnList(ctx context.Context, p model.Phone, refusal error) bool {
	if model.FateOf(refusal) != model.FateRefused || model.KindOf(refusal) == model.KindDenied {
		return false
	}
	_, listed, err := a.FindBlocked(ctx, p)
	return err == nil && !listed
}
