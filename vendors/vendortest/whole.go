package vendortest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"sort"
	"strings"
	"testing"

	"viberdeck/model"
	"viberdeck/vendors"
)

// testNoList answers every question with an empty success, or with the list under another name.
func testNoList(t *testing.T, b *bench) {
	for _, body := range []string{
		`{}`, `null`, `{"result":true}`, `{"status":"OK"}`, `{"status":"OK","result":true}`, `{"data":{}}`,
		`{"data":true}`,
		`{"result":true,"data":null}`, `{"items":[{"x":1}],"total":1}`, `[{"x":1},{"x":2}]`,
	} {
		b.proxy.spoil(b.notToken, -1, says(http.StatusOK, "application/json", body))
		for name, ask := range b.questions() {
			if err := ask(t.Context()); err == nil {
				t.Errorf("%s after %s: it is believed", name, body)
			} else if asError(err) == nil {
				t.Errorf("%s after %s: %v is not an application error", name, body, err)
			}
		}
	}
}

// testShortList cuts each list to its first row and sends nothing after it, but keeps the vendor's
// totals.
func testShortList(t *testing.T, b *bench) {
	first := map[string]bool{}
	totals := false
	short := func(w http.ResponseWriter, r *http.Request, vendor http.Handler) {
		rec := httptest.NewRecorder()
		vendor.ServeHTTP(rec, r)
		body, rows := rec.Body.Bytes(), 1
		if first[r.URL.Path] {
			rows = 0
		}
		first[r.URL.Path] = true
		if tree, ok := fromJSON(body); ok && rec.Code == http.StatusOK {
			cut, known := cutLists(tree, rows)
			body, totals = asJSON(cut), totals || known
		}
		w.WriteHeader(rec.Code)
		_, _ = w.Write(body)
	}
	for name, ask := range b.questions() {
		switch name {
		case "statistics", "campaign", "balance", "track", "recipients", "replies":
			continue // not a list, or belongs to a campaign that the vendor need not have
		}
		clear(first)
		totals = false
		b.proxy.spoil(b.notToken, -1, short)
		err := ask(t.Context())
		if totals && !model.IsNotWhole(err) {
			t.Errorf("%s: %v, want that it is not whole", name, err)
		}
		if !totals && err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// testDoubledList repeats each row of each list, last first: no one may appear twice or be missing.
func testDoubledList(t *testing.T, b *bench) {
	want := b.mustRead(t)
	b.proxy.spoil(b.notToken, -1, rewritten(doubled))
	got := b.mustRead(t)
	inOrder(got)
	inOrder(want)
	mustBeSame(t, got, want)
}

// inOrder sorts each list of a reading by content.
func inOrder(r reading) {
	v := reflect.ValueOf(r)
	for i := range v.NumField() {
		list := v.Field(i)
		report := func(n int) string { return fmt.Sprintf("%+v", list.Index(n).Interface()) }
		sort.Slice(list.Interface(), func(i, j int) bool { return report(i) < report(j) })
	}
}

// doubled repeats each element of a list of objects, last first.
func doubled(tree any) any {
	switch v := tree.(type) {
	case []any:
		all := []any{}
		for _, element := range slices.Backward(v) {
			if _, isRow := element.(map[string]any); !isRow {
				return v
			}
			all = append(all, doubled(element), doubled(element))
		}
		return all
	case map[string]any:
		for name, inner := range v {
			v[name] = doubled(inner)
		}
	}
	return tree
}

// cutLists keeps the given number of rows in each list of objects. It reports whether the answer
// contains a larger total.
func cutLists(tree any, rows int) (_ any, total bool) {
	switch v := tree.(type) {
	case []any:
		if len(v) > rows {
			v = v[:rows]
		}
		return v, false
	case map[string]any:
		for name, inner := range v {
			if _, isList := inner.([]any); isList || name == "data" || name == "result" {
				cut, known := cutLists(inner, rows)
				v[name], total = cut, total || known
			}
			if strings.HasPrefix(strings.ToLower(name), "total") {
				total = total || numberOf(inner) > 1
			}
		}
		return v, total
	}
	return tree, false
}

// testUnreadableRow replaces the first row of each list with one that identifies nothing: the
// reading must report that and return the others.
func testUnreadableRow(t *testing.T, b *bench) {
	want := b.mustRead(t)
	spoilt := 0
	b.proxy.spoil(b.notToken, -1, rewritten(func(tree any) any {
		return withoutFirst(tree, &spoilt)
	}))
	for name, ask := range b.questions() {
		if name == "recipients" || name == "replies" {
			continue // belongs to a campaign that the vendor need not have
		}
		spoilt = 0
		if err := ask(t.Context()); spoilt > 0 && !model.IsNotWhole(err) {
			t.Errorf("%s: %v, want that it is not whole", name, err)
		}
	}
	if l, ok := b.adapter.(vendors.BlacklistReader); ok && len(want.Blacklist) > 0 {
		spoilt = 0
		entries, err := vendors.Together(l.Blacklist(t.Context()))
		if len(entries) != len(want.Blacklist)-spoilt {
			t.Errorf("%d people are blocked, want %d: %v", len(entries), len(want.Blacklist)-spoilt, err)
		}
	}
	for _, c := range want.Campaigns[:min(looks, len(want.Campaigns))] {
		if p, ok := b.adapter.(vendors.RecipientReader); ok {
			spoilt = 0
			if _, err := vendors.Together(p.Recipients(t.Context(), c.VendorID)); spoilt > 0 && !model.IsNotWhole(err) {
				t.Errorf("recipients of %s: %v, want that they are not whole", c.VendorID, err)
			}
		}
		if r, ok := b.adapter.(vendors.ReplyReader); ok {
			spoilt = 0
			some, err := r.Replies(t.Context(), c.VendorID)
			if spoilt > 0 && (!model.IsNotWhole(err) || len(some) == 0) {
				t.Errorf("%d replies to %s: %v, want those that can be read and that they are not whole", len(some),
					c.VendorID, err)
			}
		}
	}
}

// withoutFirst replaces the first row of each list with several rows by one that identifies
// nothing, and counts these.
func withoutFirst(tree any, spoilt *int) any {
	switch v := tree.(type) {
	case []any:
		if len(v) > 1 {
			if _, isRow := v[0].(map[string]any); isRow {
				v[0] = map[string]any{"x": 1}
				*spoilt++
			}
		}
	case map[string]any:
		for name, inner := range v {
			v[name] = withoutFirst(inner, spoilt)
		}
	}
	return tree
}

// testOtherTotal makes the vendor report fewer rows than it returns.
func testOtherTotal(t *testing.T, b *bench) {
	lied := false
	b.proxy.spoil(b.notToken, -1, rewritten(func(tree any) any {
		eachObject(tree, func(o map[string]any) {
			for name := range o {
				if word := strings.ToLower(name); (word == "total" || word == "totalcount" ||
					word == "totalelements") && numberOf(o[name]) > 1 {
					o[name], lied = 1, true
				}
			}
		})
		return tree
	}))
	for name, ask := range b.questions() {
		lied = false
		if err := ask(t.Context()); lied && !model.IsNotWhole(err) {
			t.Errorf("%s: %v, want that it is not whole", name, err)
		}
	}
}

func eachObject(tree any, f func(map[string]any)) {
	switch v := tree.(type) {
	case []any:
		for _, inner := range v {
			eachObject(inner, f)
		}
	case map[string]any:
		f(v)
		for _, inner := range v {
			eachObject(inner, f)
		}
	}
}
