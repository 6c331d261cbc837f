package smsby

import (
	"bytes"
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// row is one entry of a list of undocumented shape: its fields by name.
type row map[string]json.RawMessage

// anyRows reads an entry list of any plausible shape: an array of objects, {"result": …} around
// one, an object of objects by id, or a map of id to name as the similar method getAlphanames
// returns. An object of any other shape is not a list.
type anyRows struct{ vendors.Rows[row] }

// UnmarshalJSON reads any of the shapes.
func (rows *anyRows) UnmarshalJSON(b []byte) error {
	*rows = anyRows{}
	b = bytes.TrimSpace(b)
	if len(b) == 0 || b[0] != '{' {
		return json.Unmarshal(b, &rows.Rows)
	}
	var object row
	if err := json.Unmarshal(b, &object); err != nil {
		return err
	}
	for _, name := range []string{"result", "data"} {
		if inner, ok := object[name]; ok {
			return rows.UnmarshalJSON(inner)
		}
	}
	if _, single := object.pick("id", "vibername_id", "alphaname_id", "list_id"); single {
		rows.List, rows.Present = vendors.List[row]{object}, true
		return nil
	}
	return rows.fromMap(object)
}

// fromMap reads a map of id to name, or of id to an object, in the order of the ids.
func (rows *anyRows) fromMap(object row) error {
	ids := make([]string, 0, len(object))
	for id := range object {
		if isID(id) {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(x, y string) int {
		if len(x) != len(y) {
			return len(x) - len(y)
		}
		return bytes.Compare([]byte(x), []byte(y))
	})
	for _, id := range ids {
		entry := row{}
		if value := bytes.TrimSpace(object[id]); len(value) > 0 && value[0] == '{' {
			if err := json.Unmarshal(value, &entry); err != nil {
				return err
			}
		} else {
			entry["name"] = value
		}
		if _, ok := entry.pick("id", "vibername_id", "alphaname_id", "list_id"); !ok {
			entry["id"] = json.RawMessage(id)
		}
		rows.List = append(rows.List, entry)
	}
	rows.Present = len(rows.List) > 0
	return nil
}

// pick returns the first of the named fields that is a scalar.
func (r row) pick(names ...string) (vendors.String, bool) {
	for _, name := range names {
		var t vendors.String
		if raw, ok := r[name]; ok && json.Unmarshal(raw, &t) == nil && t != "" {
			return t, true
		}
	}
	return "", false
}

func (r row) line(names ...string) string {
	t, _ := r.pick(names...)
	return t.Line()
}

// undocumented reads a list of undocumented shape; ids are the possible names of the id field.
func undocumented[M any](
	a *Adapter,
	what string,
	ask func(into any) error,
	read func(row) M,
	ids ...string,
) ([]M, error) {
	return vendors.ReadWhole(a.account.Name, what, func(into *vendors.Rows[row]) error {
		var answer anyRows
		err := ask(&answer)
		*into = answer.Rows
		return err
	}, vendors.Reader[row, M]{
		Key:  func(r row) string { return r.line(ids...) },
		Read: func(r row) (M, bool) { return read(r), true },
	})
}

// Senders lists the Viber names with v1 getVibernames, whose answer is undocumented.
func (a *Adapter) Senders(ctx context.Context) ([]model.Sender, error) {
	ids := []string{"id", "vibername_id", "alphaname_id"}
	return undocumented(a, "senders", func(into any) error { return a.get(ctx, "/api/v1/getVibernames", into) },
		func(r row) model.Sender {
			status, _ := r.pick("status", "state")
			return model.Sender{
				Account: a.account.Name, Vendor: model.SMSBy, ID: r.line(ids...),
				Name: r.line("name", "vibername", "alphaname", "title"), State: senderState(status),
				VendorState: status.Line(),
				Comment:     r.line("comment", "description"), AsOf: time.Now().UTC(),
			}
		}, ids...)
}

// Lists reads the subscriber lists with v2 getSubscriberLists, whose answer is undocumented. The
// similar method takes its parameters in the address, so the token goes there as well.
func (a *Adapter) Lists(ctx context.Context) ([]model.List, error) {
	ids := []string{"list_id", "id"}
	return undocumented(a, "subscriber lists", func(into any) error {
		return a.read(ctx, "/api/v2/getSubscriberLists", inBodyAndQuery, url.Values{}, into)
	}, func(r row) model.List {
		l := model.List{Account: a.account.Name, ID: r.line(ids...), Name: r.line("name", "title", "list_name")}
		if count, ok := r.pick("count_subscribers", "count", "subscribers", "contacts_count", "contacts"); ok {
			var n vendors.Int
			if quoted, err := json.Marshal(string(count)); err == nil && json.Unmarshal(quoted, &n) == nil {
				l.People = n.Figure()
			}
		}
		return l
	}, ids...)
}

// balances is the answer to v1 getBalance: amounts as strings, with a separate balance for Viber.
type balances struct {
	Currency vendors.String `json:"currency"`
	Result   vendors.List[struct {
		Balance vendors.Number `json:"balance"`
		Viber   vendors.Number `json:"viber_balance"`
	}] `json:"result"`
}

// Balance reads the remaining balances: the main one and the one for Viber.
func (a *Adapter) Balance(ctx context.Context) ([]model.Balance, error) {
	var answer balances
	if err := a.get(ctx, "/api/v1/getBalance", &answer); err != nil {
		return nil, err
	}
	now, currency := time.Now().UTC(), answer.Currency.Line()
	var all []model.Balance
	for _, r := range answer.Result {
		all = append(all,
			model.Balance{Account: a.account.Name, Amount: r.Balance.Money(currency), AsOf: now},
			model.Balance{Account: a.account.Name, Name: "viber", Amount: r.Viber.Money(currency), AsOf: now})
	}
	return vendors.Balances(a.account.Name, all...)
}
