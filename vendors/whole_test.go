package vendors_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"viberdeck/model"
	"viberdeck/vendors"
)

type wholeRow struct {
	ID vendors.String `json:"id"`
}

func TestAReadingThatDoesNotAddUpFails(t *testing.T) {
	t.Parallel()
	type envelope struct {
		Rows  vendors.Rows[wholeRow] `json:"rows"`
		Total vendors.Int            `json:"total"`
		Pages vendors.Int            `json:"pages"`
		Last  *vendors.Bool          `json:"last"`
	}
	for answers, want := range map[string]string{
		`{"rows":[{"id":1},{"id":2}],"total":2}`:                          "1 2",
		`{"rows":[{"id":1}],"total":2} {"rows":[{"id":2}],"total":2}`:     "1 2",
		`{"rows":[{"id":1}],"total":30} {"rows":[],"total":30}`:           "it gave 1 of 30",
		`{"rows":[{"id":1}],"total":"30"} {"rows":[{"id":1}],"total":30}`: "it gave 1 of 30",
		`{"rows":[],"total":0}`:                                           "",
		`{"rows":null,"total":0}`:                                         "",
		`{"rows":[]}`:                                                     "",
		`{}`:                                                              "no list",
		`null`:                                                            "no list",
		`{"result":true}`:                                                 "no list",
		`{"rows":null}`:                                                   "no list",
		`{"rows":{}}`:                                                     "no list",
		`{"rows":true}`:                                                   "no list",
		`{"rows":[{"x":1}]}`:                                              "nothing in its answer can be read",
		`{"rows":[{"x":1},{"id":1}]} {"rows":[]}`:                         "1: 1 row cannot be read",
		`{"rows":[{"x":1},{"id":1}]} {"rows":[{"x":1},{"id":1}]}`:               "1: 1 row cannot be read",
		`{"rows":[{"id":"bad"},{"id":1}],"total":2}`:                            "1: 1 row cannot be read",
		`{"rows":[{"id":"bad"},{"id":"bad "}]} {"rows":[{"id":1}]} {"rows":[]}`: "1: 2 rows cannot be read",
		`{"rows":[{"id":1},{"id":2}],"total":1}`: "1 2: it gave 2 and " +
			"says that there are 1",
		`{"rows":[{"id":1}],"pages":3} {"rows":[{"id":2}],"pages":3} {"rows":[]}`:           "1 2",
		`{"rows":[{"id":1}],"pages":3} {"rows":[{"id":2}],"pages":3} {"rows":[],"pages":3}`: "it gave 2 of 3 pages",
		`{"rows":[{"id":1}],"last":false} {"rows":[{"id":2}],"last":true}`:                  "1 2",
		`{"rows":[{"id":1}],"last":false} {"rows":[],"last":false}`:                         "gave none",
		`{"rows":[{"id":1},{"id":1},{"id":2}]} {"rows":[{"id":2}]}`:                         "1 2",
		`{"rows":[{"id":1}],"pages":1,"total":5}`:                                           "it gave 1 of 5",
	} {
		dec := json.NewDecoder(strings.NewReader(answers))
		ask := func(vendors.Position) (vendors.Page[wholeRow], error) {
			var e envelope
			if err := dec.Decode(&e); err != nil {
				return vendors.Page[wholeRow]{}, fmt.Errorf("no more answers: %w", err)
			}
			return vendors.Page[wholeRow]{Rows: e.Rows, Total: e.Total, Pages: e.Pages, Last: e.Last}, nil
		}
		var got []string
		var failed error
		for rows, err := range vendors.ReadPages("shop", "things", ask,
			vendors.Reader[wholeRow, string]{
				Key:  func(r wholeRow) string { return string(r.ID) },
				Read: func(r wholeRow) (string, bool) { return string(r.ID), !strings.HasPrefix(string(r.ID), "bad") },
			}) {
			if failed = err; err != nil {
				break
			}
			got = append(got, rows...)
		}
		if rows, why, both := strings.Cut(want, ": "); both {
			if want = why; strings.Join(got, " ") != rows {
				t.Errorf("%s: %q, want %q", answers, got, rows)
			}
		}
		if failed != nil {
			if !model.IsNotWhole(failed) {
				t.Errorf("%s: %v", answers, failed)
			} else if !strings.Contains(failed.Error(), want) || want == "" {
				t.Errorf("%s: %v, want %q", answers, failed, want)
			}
		} else if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: %q, want %q", answers, s, want)
		}
	}
}
