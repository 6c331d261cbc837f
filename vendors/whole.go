package vendors

import (
	"bytes"
	"hash/maphash"
	"iter"
	"slices"

	"viberdeck/model"
)

// Rows reads the rows of a list like List, and records whether the answer contained a list at all:
// a missing field, null, a scalar and an empty object are not lists. A row that is null is a row
// that cannot be read.
type Rows[T any] struct {
	List[T]
	Present bool
}

// UnmarshalJSON reads any of the forms of List.
func (r *Rows[T]) UnmarshalJSON(b []byte) error {
	b = bytes.TrimSpace(b)
	r.Present = len(b) > 0 && (b[0] == '[' || b[0] == '{' && len(bytes.TrimSpace(b[1:])) > 1)
	if r.List = nil; !r.Present {
		return nil
	}
	return r.read(b, true)
}

// Page is the part of a list in one answer.
type Page[T any] struct {
	Rows  Rows[T]
	Total Int   // the number of rows in all pages; unknown where the vendor does not report it
	Pages Int   // the number of pages
	Last  *Bool // whether this is the last page; nil where the vendor does not report it
	Whole bool  // the method has no pages
}

// Position is where a page begins: after how many rows, and its number, counted from 0.
type Position struct{ Rows, Page int }

// Reader defines how the rows of a list are read.
type Reader[T, M any] struct {
	// Key identifies a row, "" if it cannot; a row that arrives twice is returned once.
	Key func(T) string
	// Read converts a row; ok is false if it cannot be understood.
	Read func(T) (_ M, ok bool)
}

// Unchanged returns each row that has a key unchanged.
func Unchanged[T any](key func(T) string) Reader[T, T] {
	return Reader[T, T]{key, func(row T) (T, bool) { return row, true }}
}

// ReadPages reads a list to its end. This is the one place that decides, for every list of every
// vendor, whether a reading adds up. The reading has failed, and the list is not merely short, if
// an answer has no list, if it ends before or beyond the number of rows or pages that the vendor
// itself reports, or if a row cannot be read. The rows that can be read are returned all the same,
// before the error. what names the list for a person.
func ReadPages[T, M any](
	account, what string,
	ask func(Position) (Page[T], error),
	rows Reader[T, M],
) iter.Seq2[[]M, error] {
	return func(yield func([]M, error) bool) {
		seen, seed := map[uint64]struct{}{}, maphash.MakeSeed() // of digests: a list may have a million rows
		lost := 0
		for have, n := 0, 0; ; n++ {
			page, err := ask(Position{have, n})
			if err != nil {
				yield(nil, err)
				return
			}
			var good []M
			unread, named, news := 0, 0, 0
			for _, row := range page.Rows.List {
				name := rows.Key(row)
				k := maphash.String(seed, name)
				if name == "" {
					unread++
					continue
				}
				named++
				if _, again := seen[k]; again {
					continue
				}
				seen[k] = struct{}{}
				news++
				if m, ok := rows.Read(row); ok {
					good = append(good, m)
				} else {
					lost++
				}
			}
			if why := page.shape(named > 0); !why.IsZero() {
				yield(nil, model.NotWhole(account, what, why))
				return
			}
			fresh := 0 // a vendor that returns the same page forever must not be asked forever
			if news > 0 {
				lost += unread
				fresh = news + unread
			}
			have += fresh
			if len(good) > 0 && !yield(good, nil) {
				return
			}
			if fresh > 0 && !page.end(n, have) {
				continue
			}
			if why := page.missing(n, have, fresh, lost); !why.IsZero() {
				yield(nil, model.NotWhole(account, what, why))
			}
			return
		}
	}
}

// ReadWhole reads a list that arrives in one answer, by the same rule: readable rows are returned
// together with the error.
func ReadWhole[T, M any](account, what string, ask func(into *Rows[T]) error, rows Reader[T, M]) ([]M, error) {
	return Together(ReadPages(account, what, func(Position) (Page[T], error) {
		p := Page[T]{Whole: true}
		err := ask(&p.Rows)
		return p, err
	}, rows))
}

// Together returns the rows of all pages up to the first error.
func Together[T any](pages iter.Seq2[[]T, error]) ([]T, error) {
	all := []T{}
	for rows, err := range pages {
		if err != nil {
			return all, err
		}
		all = append(all, rows...)
	}
	return all, nil
}

// Balances returns those balances whose amount was in the answer, each name once. An answer without
// any is a failed reading, not an account without money.
func Balances(account string, all ...model.Balance) ([]model.Balance, error) {
	seen := map[string]bool{}
	all = slices.DeleteFunc(all, func(b model.Balance) bool {
		again := seen[b.Name] || !b.Amount.Known
		seen[b.Name] = seen[b.Name] || !again
		return again
	})
	if len(all) == 0 {
		return nil, model.NotWhole(account, "balances", model.Say("there is no amount in its answer"))
	}
	return all, nil
}

// shape says what is wrong with an answer as a page of a list, empty if nothing is. An empty list
// may be null if its total is 0.
func (p Page[T]) shape(named bool) model.Text {
	switch {
	case !p.Rows.Present && (!p.Total.Known || p.Total.N != 0):
		return model.Say("there is no list in its answer")
	case len(p.Rows.List) > 0 && !named:
		return model.Say("nothing in its answer can be read")
	}
	return model.Text{}
}

// end reports whether the n-th page is the last one, as far as the vendor reports it.
func (p Page[T]) end(n, have int) bool {
	switch {
	case p.Whole:
		return true
	case p.Pages.Known:
		return int64(n)+1 >= p.Pages.N
	case p.Last != nil:
		return bool(*p.Last)
	}
	return p.Total.Known && int64(have) >= p.Total.N
}

// missing says how the rows received differ from the number that the vendor reports, empty if all
// are there.
func (p Page[T]) missing(n, have, fresh, lost int) model.Text {
	if fresh > 0 {
		n++
	}
	switch {
	case p.Total.Known && int64(have) < p.Total.N:
		return model.Say("it gave %d of %d", have, p.Total.N)
	case p.Total.Known && int64(have) > p.Total.N:
		return model.Say("it gave %d and says that there are %d", have, p.Total.N)
	case p.Pages.Known && int64(max(n, 1)) < p.Pages.N:
		return model.Say("it gave %d of %s", n, model.Counted(p.Pages.N, "page", "pages"))
	case !p.Pages.Known && p.Last != nil && !bool(*p.Last):
		return model.Say("after %d it said that there are more, and gave none", have)
	case lost > 0:
		return model.Say("%s cannot be read", model.Counted(lost, "row", "rows"))
	}
	return model.Text{}
}
