package cache

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"viberdeck/model"
)

// where collects conditions that must all hold.
type where struct {
	parts []string
	args  []any
}

func (w *where) add(sql string, args ...any) {
	w.parts = append(w.parts, sql)
	w.args = append(w.args, args...)
}

// String returns the WHERE clause with a space before it, "" without conditions.
func (w where) String() string {
	if len(w.parts) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.parts, " AND ")
}

// condition is an SQL expression that is true or false, with its arguments.
type condition struct {
	sql  string
	args []any
}

func holds(sql string, args ...any) condition { return condition{sql, args} }

// either holds if one of the conditions does; without conditions it never holds.
func either(all ...condition) condition {
	if len(all) == 0 {
		return holds("FALSE")
	}
	if len(all) == 1 {
		return all[0]
	}
	var parts []string
	var args []any
	for _, c := range all {
		parts = append(parts, c.sql)
		args = append(args, c.args...)
	}
	return holds("("+strings.Join(parts, " OR ")+")", args...)
}

// within puts a condition into a larger expression, in place of %.
func (c condition) within(sql string) condition {
	return condition{strings.Replace(sql, "%", c.sql, 1), c.args}
}

// fieldSQL turns a term of a filter into a condition on a list's rows.
type fieldSQL func(t model.Term) (condition, error)

// fields are the fields of the filter language that a list has.
type fields map[model.Field]fieldSQL

// apply adds the filter's terms. A field the list does not have is an error that names those it
// has.
func (f fields) apply(w *where, filter model.Filter) error {
	for _, t := range filter.Terms {
		one, ok := f[t.Field]
		if !ok {
			return model.Invalid("filter", "%s: means nothing in this list; it knows %s", t.Field,
				model.WrittenFields(slices.Sorted(maps.Keys(f))))
		}
		c, err := one(t)
		if err != nil {
			return err
		}
		if t.Negate {
			c = c.within("(%) IS NOT TRUE")
		}
		w.add(c.sql, c.args...)
	}
	return nil
}

// eachValue makes a term's condition from that of one value: the values are alternatives.
func eachValue(one func(value string) condition) fieldSQL {
	return func(t model.Term) (condition, error) {
		var all []condition
		for _, value := range t.Values {
			all = append(all, one(value))
		}
		return either(all...), nil
	}
}

// named compares a column of names without regard to case.
func named(column string) fieldSQL {
	return eachValue(func(value string) condition { return holds("fold("+column+") = ?", model.Fold(value)) })
}

// containsText finds the folded value in one of the columns.
func containsText(columns ...string) fieldSQL {
	return eachValue(func(value string) condition {
		var all []condition
		for _, column := range columns {
			all = append(all, holds("instr(fold("+column+"), ?) > 0", model.Fold(value)))
		}
		return either(all...)
	})
}

// oneOf holds the words a field may have in a list, each with its condition. The beginning of a
// word matches all words that begin with it, because filters are applied while they are typed.
type oneOf map[string]condition

func (w oneOf) field() fieldSQL {
	return func(t model.Term) (condition, error) {
		var all []condition
		for _, value := range t.Values {
			if c, ok := w[value]; ok {
				all = append(all, c)
				continue
			}
			before := len(all)
			for _, word := range slices.Sorted(maps.Keys(w)) {
				if model.BeginsFilterWord(t.Field, value, word) {
					all = append(all, w[word])
				}
			}
			if len(all) == before {
				return condition{}, model.Invalid("filter", "%s:%s means nothing in this list; it knows %s", t.Field,
					model.SanitiseLine(value), model.FilterValues(t.Field, slices.Sorted(maps.Keys(w))))
			}
		}
		return either(all...), nil
	}
}

// wordsOf is for a column that holds one of some words.
func wordsOf[S ~string](column string, all ...S) fieldSQL {
	known := oneOf{}
	for _, s := range all {
		known[string(s)] = holds(column + " = '" + string(s) + "'")
	}
	return known.field()
}

// withTimes adds before: and after: for a column of times. An unknown time matches neither.
func (f fields) withTimes(column string) fields {
	f[model.FieldBefore] = func(t model.Term) (condition, error) {
		return holds("("+column+" > 0 AND "+column+" < ?)", millis(t.Time)), nil
	}
	f[model.FieldAfter] = func(t model.Term) (condition, error) {
		return holds(column+" >= ?", millis(t.Time)), nil
	}
	return f
}

// withPhones adds phone: and from: for a column of who.
func (f fields) withPhones(column string) fields {
	f[model.FieldPhone] = func(t model.Term) (condition, error) { return phones(column, t), nil }
	f[model.FieldFrom] = f[model.FieldPhone]
	return f
}

// phones finds people by phone, or by what a vendor knows them by.
func phones(column string, t model.Term) condition {
	var all []condition
	for _, p := range t.Phones {
		n, err := strconv.ParseInt(p.Digits, 10, 64)
		switch {
		case err != nil:
			all = append(all, holds("FALSE")) // more digits than a phone can have
		case p.Match == model.PhoneWhole:
			all = append(all, holds(column+" = ?", n))
		case p.Match == model.PhonePrefix:
			all = append(all, beginsWith(column, n))
		default:
			all = append(all, holds("("+column+" > 0 AND instr("+column+", ?) > 0)", p.Digits))
		}
	}
	if t.Op == model.OpPhone {
		for _, contact := range t.Values {
			all = append(all, holds(column+" IN (SELECT -id FROM contact WHERE text = ?)", contact))
		}
	}
	return either(all...)
}

const (
	fewestDigits = 7  // of a phone
	mostDigits   = 15 // E.164
)

// beginsWith finds numbers by their first digits.
func beginsWith(column string, first int64) condition {
	var ranges []condition
	for _, r := range beginRanges(column, first) {
		ranges = append(ranges, holds(r))
	}
	return either(ranges...)
}

// beginRanges returns a range of integers for each number of digits that a phone with these first
// digits may have.
func beginRanges(column string, first int64) []string {
	var ranges []string
	low, high := first, first
	for n := len(strconv.FormatInt(first, 10)); n <= mostDigits; n++ {
		if n >= fewestDigits {
			ranges = append(ranges, fmt.Sprintf("%s BETWEEN %d AND %d", column, low, high))
		}
		low, high = low*10, high*10+9
	}
	return ranges
}
