package vendortest

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// reading is everything that an adapter reads, without the time of reading.
type reading struct {
	Campaigns  []model.Campaign
	Statistics []model.Statistics
	Recipients []model.Recipient
	Replies    []model.Reply
	Senders    []model.Sender
	Blacklist  []model.BlacklistEntry
	Lists      []model.List
	Balance    []model.Balance
}

// looks is the number of campaigns whose people, totals and replies are read.
const looks = 3

// read reads everything the adapter can. It stops at the first error.
func read(ctx context.Context, a vendors.Adapter) (r reading, err error) {
	if l, ok := a.(vendors.CampaignLister); ok {
		for page, err := range l.Campaigns(ctx) {
			if err != nil {
				return r, err
			}
			r.Campaigns = append(r.Campaigns, page...)
		}
	}
	ids := make([]string, len(r.Campaigns))
	for i, c := range r.Campaigns {
		ids[i] = c.VendorID
	}
	slices.Sort(ids) // the same ones whatever the order
	for _, id := range ids[:min(looks, len(ids))] {
		if err := r.look(ctx, a, id); err != nil {
			return r, err
		}
	}
	if s, ok := a.(vendors.SenderLister); ok {
		if r.Senders, err = s.Senders(ctx); err != nil {
			return r, err
		}
	}
	if l, ok := a.(vendors.BlacklistReader); ok {
		for page, err := range l.Blacklist(ctx) {
			if err != nil {
				return r, err
			}
			r.Blacklist = append(r.Blacklist, page...)
		}
	}
	if l, ok := a.(vendors.ListReader); ok {
		if r.Lists, err = l.Lists(ctx); err != nil {
			return r, err
		}
	}
	if l, ok := a.(vendors.BalanceReader); ok {
		if r.Balance, err = l.Balance(ctx); err != nil {
			return r, err
		}
	}
	forgetTimes(reflect.ValueOf(&r).Elem())
	return r, nil
}

// look reads the details of one campaign.
func (r *reading) look(ctx context.Context, a vendors.Adapter, id string) error {
	if s, ok := a.(vendors.StatisticsReader); ok {
		totals, err := s.Statistics(ctx, id)
		if err != nil {
			return err
		}
		r.Statistics = append(r.Statistics, totals)
	}
	if s, ok := a.(vendors.RecipientReader); ok {
		for page, err := range s.Recipients(ctx, id) {
			if err != nil {
				return err
			}
			r.Recipients = append(r.Recipients, page...)
		}
	}
	if s, ok := a.(vendors.ReplyReader); ok {
		replies, err := s.Replies(ctx, id)
		if err != nil {
			return err
		}
		r.Replies = append(r.Replies, replies...)
	}
	return nil
}

// mustRead reads everything and fails on an error.
func (b *bench) mustRead(t *testing.T) reading {
	t.Helper()
	r, err := read(t.Context(), b.adapter)
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return r
}

// mustBeSame fails with the first part that differs.
func mustBeSame(t *testing.T, got, want reading) {
	t.Helper()
	g, w := reflect.ValueOf(got), reflect.ValueOf(want)
	for i := range g.NumField() {
		name := g.Type().Field(i).Name
		if g.Field(i).Len() != w.Field(i).Len() {
			t.Errorf("%s: %d rows, want %d", name, g.Field(i).Len(), w.Field(i).Len())
			continue
		}
		for n := range g.Field(i).Len() {
			if !reflect.DeepEqual(g.Field(i).Index(n).Interface(), w.Field(i).Index(n).Interface()) {
				t.Errorf("%s[%d]:\n got %+v\nwant %+v", name, n, g.Field(i).Index(n), w.Field(i).Index(n))
				break
			}
		}
	}
}

// forgetTimes clears the fields named AsOf, which hold the time of reading.
func forgetTimes(v reflect.Value) {
	eachValue(v, func(field string, v reflect.Value) {
		if field == "AsOf" && v.CanSet() && v.Type() == reflect.TypeFor[time.Time]() {
			v.SetZero()
		}
	})
}

// eachString calls f with each string in v, however deep.
func eachString(v reflect.Value, f func(field, s string)) {
	eachValue(v, func(field string, v reflect.Value) {
		if v.Kind() == reflect.String {
			f(field, v.String())
		}
	})
}

// eachValue calls f with each exported field's value, however deep, and with the elements of slices
// and maps under the name of the field that holds them.
func eachValue(v reflect.Value, f func(field string, v reflect.Value)) { eachNamed("", v, f) }

func eachNamed(name string, v reflect.Value, f func(field string, v reflect.Value)) {
	f(name, v)
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() && v.Type() != reflect.TypeFor[time.Time]() {
				eachNamed(field.Name, v.Field(i), f)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachNamed(name, v.Index(i), f)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			eachNamed(name, v.MapIndex(key), f)
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			eachNamed(name, v.Elem(), f)
		}
	}
}

func asError(err error) *model.Error {
	e, ok := errors.AsType[*model.Error](err)
	if !ok {
		return nil
	}
	return e
}
