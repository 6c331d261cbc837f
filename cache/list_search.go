package cache

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"viberdeck/model"
)

// matchWords returns the FTS5 expression that finds a value in folded text: its words in a row, the
// last one by its beginning. Whatever a person types is quoted, so that none of it is syntax. It is
// "" when the value has no letter or digit.
func matchWords(value string) string {
	folded := model.Fold(value)
	if !strings.ContainsFunc(folded, isIndexed) {
		return ""
	}
	return `"` + strings.ReplaceAll(folded, `"`, " ") + `" *`
}

// isIndexed reports whether the tokenizer treats a character as part of a word; the rest only
// separates words.
func isIndexed(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Co, r)
}

// searched finds a value in the full-text index of a table's rows by rowid, and what the index does
// not hold, such as signs and emoji, in the text itself.
func searched(index, rowid, text, value string) condition {
	if match := matchWords(value); match != "" {
		return holds(rowid+" IN (SELECT rowid FROM "+index+" WHERE "+index+" MATCH ?)", match)
	}
	return holds("instr(fold("+text+"), ?) > 0", model.Fold(value))
}

// A page of replies with words is found in one of three ways. The first nearLook replies that could
// be on it show how common the words are. Common words fill it from the texts of the next nearReply
// at most. Else the index is asked: the replies with words that fewReplies have are sorted; of
// more, those are taken that come first in the index of the list's order. A reply's text is a row
// of the table and takes twenty times as long to read as an entry of either index.
const (
	nearReply  = 4000
	nearLook   = 300
	fewReplies = 1000
	// soonRows is how many hits are enough at first; soonReply is how many texts are read for them
	// if those examined have soonHits.
	soonRows  = 20
	soonReply = 1200
	soonHits  = 2
	// commonWord is the share, one in so many replies, from which the index is not asked for a word
	// beside a rarer one: it would gather all replies with a word of this beginning, however few
	// are needed.
	commonWord = 12
)

// errEnough ends a reading.
var errEnough = errors.New("enough")

// wordSearch is the part of a filter that looks for words, and what was learned about it on the
// way.
type wordSearch struct {
	terms []wordTerm
	rest  where // of the other terms
	seen  int   // replies examined
	found int   // those of them with all the words
}

// wordTerm matches one of the values, or with not none of them.
type wordTerm struct {
	values []string
	not    bool
	hits   int // among the replies examined
}

// searchOf splits a request into words and the rest.
func searchOf(q model.PageRequest, now time.Time) (s wordSearch, err error) {
	others := q
	others.Filter.Terms = nil
	for _, t := range q.Filter.Terms {
		if inText(t) && !slices.ContainsFunc(t.Values, func(v string) bool { return matchWords(v) == "" }) {
			s.terms = append(s.terms, wordTerm{values: t.Values, not: t.Negate})
		} else {
			others.Filter.Terms = append(others.Filter.Terms, t)
		}
	}
	if len(s.terms) > 0 {
		s.rest, err = repliesWhere(others, now)
	}
	return s, err
}

// match returns the index query for all of some terms at once; "" if there are none, or some must
// be absent.
func match(terms []wordTerm) string {
	var all []string
	for _, t := range terms {
		if t.not {
			return ""
		}
		var one []string
		for _, v := range t.values {
			one = append(one, matchWords(v))
		}
		all = append(all, "("+strings.Join(one, " OR ")+")")
	}
	return strings.Join(all, " AND ")
}

// near finds a page among the next replies of the list by their texts; ok is false if the words are
// too rare for that. The page is short if first hits were asked for and there may be more.
func (s *wordSearch) near(ctx context.Context, tx *sql.Tx, q model.PageRequest, l listing[model.Reply]) (found []string,
	short, ok bool, err error) {
	at, err := l.place(ctx, tx, l.natural, s.rest, q)
	if err != nil {
		return nil, false, false, err
	}
	want := pageSize(q) + 1
	l.from = cmp.Or(l.counted, l.from)
	l.columns = "r.id AS found, r.text AS text"
	query, args := l.query(l.natural, s.rest, at, model.PageRequest{Back: q.Back, From: q.From, Limit: nearLook - 1})
	err = each(ctx, tx, "look for words", func(row scanner) error {
		var id, text string
		var ignored any
		if err := row(&id, &text, &ignored, &ignored); err != nil {
			return err
		}
		if s.seen++; s.isIn(text) {
			found = append(found, id)
		}
		if len(found) == want {
			return errEnough
		}
		return nil
	}, query, args...)
	s.found = len(found)
	switch {
	case errors.Is(err, errEnough):
		return found, false, true, nil
	case err != nil || s.seen < nearLook: // those were all
		return found, false, err == nil, err
	case q.Soon && len(found) >= soonHits:
		found, _, _, err = s.scan(ctx, tx, query, args, found, want, soonReply)
		return found, len(found) < want, err == nil, err
	case !q.Soon && len(found)*nearReply >= 2*want*s.seen:
		return s.scan(ctx, tx, query, args, found, want, nearReply)
	}
	return nil, false, false, nil
}

// scan adds to the hits found so far those of the replies that follow, up to as many as wanted; ok
// is false if there may be others after the replies that were examined. The texts are compared
// within SQLite: handing each over would take longer.
func (s *wordSearch) scan(ctx context.Context, tx *sql.Tx, looked string, args []any, found []string,
	want, examine int) (_ []string, short, ok bool, err error) {
	inOrder := strings.TrimSuffix(looked, fmt.Sprintf(" LIMIT %d", nearLook)) +
		fmt.Sprintf(" LIMIT %d OFFSET %d", examine-nearLook, nearLook)
	rarest := slices.SortedFunc(slices.Values(s.terms), func(a, b wordTerm) int { return a.hits - b.hits })
	has, values := s.has("text", rarest)
	more, err := texts(ctx, tx, "SELECT found FROM ("+inOrder+") WHERE "+has+" LIMIT ?",
		slices.Concat(args, values, []any{want - len(found)})...)
	found = append(found, more...)
	if err != nil || len(found) == want {
		return found, false, err == nil, err
	}
	var examined int
	err = tx.QueryRowContext(ctx, "SELECT count(*) FROM ("+inOrder+")", args...).Scan(&examined)
	return found, false, err == nil && examined < examine-nearLook, err
}

// has returns the condition that a text has the words of terms.
func (s *wordSearch) has(text string, terms []wordTerm) (string, []any) {
	var all []string
	var args []any
	for _, t := range terms {
		var one []string
		for _, v := range t.values {
			one, args = append(one, "has_words("+text+", ?)"), append(args, model.Fold(v))
		}
		condition := "(" + strings.Join(one, " OR ") + ")"
		if t.not {
			condition = "NOT " + condition
		}
		all = append(all, condition)
	}
	return strings.Join(all, " AND "), args
}

// inText reports whether a term looks for words in the text of a reply and nothing else.
func inText(t model.Term) bool {
	return t.Field == model.FieldText && len(t.Phones) == 0 && len(t.Values) > 0
}

// isIn reports whether a text has one of the values of each term, as the index finds them.
func (s *wordSearch) isIn(text string) bool {
	all, text := true, model.Fold(text)
	for n := range s.terms {
		t := &s.terms[n]
		has := slices.ContainsFunc(t.values, func(v string) bool { return hasWords(text, model.Fold(v)) })
		if has {
			t.hits++
		}
		all = all && has != t.not
	}
	return all
}

// hasWords reports whether a folded text has the words of a value in a row, the last one by its
// beginning.
func hasWords(text, value string) bool {
	if n := strings.LastIndexFunc(value, separates); !strings.Contains(text, value[n+1:]) {
		return false // nearly always
	}
	wanted := strings.FieldsFunc(value, separates)
	have := strings.FieldsFunc(text, separates)
	for i := range have {
		if len(have)-i < len(wanted) {
			return false
		}
		last := len(wanted) - 1
		if strings.HasPrefix(have[i+last], wanted[last]) && slices.Equal(have[i:i+last], wanted[:last]) {
			return true
		}
	}
	return false
}

func separates(r rune) bool { return !isIndexed(r) && !unicode.Is(unicode.Mn, r) }

// foundSQL gives the replies that the index finds.
const foundSQL = "(SELECT rowid FROM reply_text WHERE reply_text MATCH ?)"

// asked divides the terms into those that the index is asked for and those that are compared with
// the texts of what it finds: common words beside rarer ones, and words that must be absent.
func (s *wordSearch) asked() (index, text []wordTerm) {
	for _, t := range s.terms {
		if t.not || t.hits*commonWord > s.seen {
			text = append(text, t)
		} else {
			index = append(index, t)
		}
	}
	if len(index) > 0 {
		return index, text
	}
	text = slices.DeleteFunc(slices.Clone(s.terms), func(t wordTerm) bool { return !t.not })
	return slices.DeleteFunc(slices.Clone(s.terms), func(t wordTerm) bool { return t.not }), text
}

// byIndex narrows a reading of replies to those that the index finds; ok is false if there is
// nothing to ask it for.
func (s *wordSearch) byIndex(ctx context.Context, tx *sql.Tx, sorted bool) (w where, few, ok bool, err error) {
	index, text := s.asked()
	if len(index) == 0 {
		return w, false, false, nil
	}
	w = where{parts: slices.Clone(s.rest.parts), args: slices.Clone(s.rest.args)}
	if few, err = s.few(ctx, tx, &w, match(index)); err != nil || !few && sorted {
		return w, false, false, err
	}
	has, values := s.has("r.text", text)
	switch {
	case few && len(text) > 0:
		w.add(has, values...)
	case few:
	case len(text) == 0: // the plus keeps the order of the list: else all found would be read and sorted
		w.add("+r.id IN "+foundSQL, match(index))
	default: // no text is read before it is known that the index has found its reply
		w.add("CASE WHEN +r.id IN "+foundSQL+" THEN "+has+" END", append([]any{match(index)}, values...)...)
	}
	return w, few, true, nil
}

// few adds a condition for the replies of an index query by their ids if they are few. If those
// examined leave no doubt that they are many, the index is not asked.
func (s *wordSearch) few(ctx context.Context, tx *sql.Tx, w *where, match string) (bool, error) {
	if s.found >= soonHits {
		last, err := all(ctx, tx, "look for words", single[int], "SELECT coalesce(max(id), 0) FROM reply")
		if err != nil || last[0]/s.seen*s.found > 2*fewReplies {
			return false, err
		}
	}
	ids, err := texts(ctx, tx, `SELECT rowid FROM reply_text WHERE reply_text MATCH ? LIMIT ?`, match, fewReplies+1)
	if err != nil || len(ids) > fewReplies {
		return false, err
	}
	w.add("r.id IN (" + strings.Join(ids, ", ") + ")")
	return true, nil
}

// campaignNamed finds campaigns by our id, by a vendor's id or by the title that lists show: words
// in a row, the last one by its beginning. The index also holds the rest of the campaign's text,
// hence the second look.
func campaignNamed(id string) fieldSQL {
	return eachValue(func(value string) condition {
		byName := searched("campaign_text", "c.id", titleSQL, strings.TrimSuffix(value, "…")).
			within(id + " IN (SELECT c.id FROM campaign c WHERE % AND instr(fold(" + titleSQL + "), ?) > 0)")
		byName.args = append(byName.args, model.Fold(value))
		all := []condition{
			byName,
			holds(id+" IN (SELECT campaign FROM campaign_ref WHERE account IN (SELECT id FROM account) AND "+
				"vendor_id = ?)", value),
			holds(id+" IN (SELECT n.id FROM campaign n WHERE n.account IN (SELECT id FROM account) AND n.vendor_id = ?)", value),
		}
		if ours, err := model.ParseCampaignID(value); err == nil {
			all = append(all, holds(id+" = ?", int64(ours)))
		}
		return either(all...)
	})
}
