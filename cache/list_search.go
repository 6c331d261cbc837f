package cache

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"

	"viberdeck/model"
)

// matchWords gives the FTS5 expression that finds a value in folded text: its words in a row, the
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

// For the next page of replies with a word, at most nearReply replies are examined in their order.
// If the word is common enough, that fills the page, and the index, which would have to give all
// replies with the word, is not queried. The first nearLook of them show whether it will.
const (
	nearReply = largestPage
	nearLook  = 500
)

// errEnough ends a reading.
var errEnough = errors.New("enough")

// wordSearch is the part of a filter that looks for words, and what was learned about it on the
// way.
type wordSearch struct {
	terms []wordTerm
	rest  where // of the other terms
	seen  int   // replies examined
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

// match gives the index query for all the words at once; "" if there are none, or some must be
// absent.
func (s *wordSearch) match() string {
	var all []string
	for _, t := range s.terms {
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

// nearReplies gives the replies of a page by their ids; ok is false if the words are too rare or
// none is looked for.
func (s *wordSearch) nearReplies(ctx context.Context, tx *sql.Tx, q model.PageRequest,
	l listing[model.Reply]) (found []string, ok bool, err error) {
	if len(s.terms) == 0 || q.Sort != "" {
		return nil, false, nil
	}
	at, err := l.place(ctx, tx, l.natural, s.rest, q)
	if err != nil {
		return nil, false, err
	}
	want := pageSize(q) + 1
	if l.counted != "" { // the rest of the filter needs no other table
		l.from = l.counted
	}
	l.columns = "r.id, r.text"
	query, args := l.query(l.natural, s.rest, at, model.PageRequest{Back: q.Back, From: q.From, Limit: nearLook})
	err = each(ctx, tx, "look for words", func(row scanner) error {
		var id, text string
		var ignored any
		if err := row(&id, &text, &ignored, &ignored); err != nil {
			return err
		}
		s.seen++
		if s.isIn(text) {
			found = append(found, id)
		}
		if len(found) == want {
			return errEnough
		}
		return nil
	}, query, args...)
	switch {
	case errors.Is(err, errEnough):
		return found, true, nil
	case err != nil || s.seen <= nearLook: // unless there are more, those were all
		return found, err == nil, err
	case len(found)*nearReply < want*s.seen:
		return nil, false, nil
	}
	l.columns = "r.id AS found, r.text AS text"
	inOrder, args := l.query(l.natural, s.rest, at, model.PageRequest{Back: q.Back, From: q.From, Limit: nearReply})
	return s.scan(ctx, tx, inOrder, args, want)
}

// scan gives the first replies, as many as wanted, that have the words, of those that a query gives
// in order; ok is false if there may be others after them. The texts are compared within SQLite:
// handing each over would take longer.
func (s *wordSearch) scan(ctx context.Context, tx *sql.Tx, inOrder string, args []any, want int) (found []string,
	ok bool, err error) {
	has, values := s.has("text", s.terms)
	found, err = texts(ctx, tx, "SELECT found FROM ("+inOrder+") WHERE "+has+" LIMIT ?",
		slices.Concat(args, values, []any{want})...)
	if err != nil || len(found) == want {
		return found, err == nil, err
	}
	var examined int
	err = tx.QueryRowContext(ctx, "SELECT count(*) FROM ("+inOrder+")", args...).Scan(&examined)
	return found, err == nil && examined <= nearReply, err
}

// has gives the condition that a text has the words of terms.
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

// fewReplies is the number of replies with a word up to which they are sorted after they were
// found; with more, it is quicker to scan the replies in their order until a page is full.
const fewReplies = 1000

// commonWord is the share, one in so many replies, from which a word is common. The index is not
// queried for such a word: it would gather all replies with a word of this beginning, however few
// are needed.
const commonWord = 50

// rareReplies gives the replies, few at most, that have all words the filter looks for; ok is false
// when they are many or no word is rare. Common words are looked for in their texts.
func (s *wordSearch) rareReplies(ctx context.Context, q querier) (found []string, ok bool, err error) {
	var rare []string
	for _, t := range s.terms {
		if !t.not && len(t.values) == 1 && t.hits*commonWord <= s.seen {
			rare = append(rare, matchWords(t.values[0]))
		}
	}
	if len(rare) == 0 {
		return nil, false, nil
	}
	if many, err := s.manyHits(ctx, q); many || err != nil {
		return nil, false, err
	}
	found, err = texts(ctx, q, `SELECT rowid FROM reply_text WHERE reply_text MATCH ? LIMIT ?`,
		strings.Join(rare, " AND "), fewReplies+1)
	if err != nil || len(found) > fewReplies || len(rare) == len(s.terms) {
		return found, err == nil && len(found) <= fewReplies, err
	}
	rows := found
	found = nil
	err = each(ctx, q, "look for words", func(row scanner) error {
		var id, text string
		if err := row(&id, &text); err != nil {
			return err
		}
		if s.isIn(text) {
			found = append(found, id)
		}
		return nil
	}, "SELECT id, text FROM reply WHERE id IN ("+strings.Join(rows, ", ")+")")
	return found, err == nil, err
}

// manyHits reports whether those examined leave no doubt that too many replies have all the words.
func (s *wordSearch) manyHits(ctx context.Context, q querier) (bool, error) {
	least := slices.MinFunc(s.terms, func(a, b wordTerm) int { return a.hits - b.hits }).hits
	if least < 5 {
		return false, nil
	}
	last, err := all(ctx, q, "look for words", single[int], "SELECT coalesce(max(id), 0) FROM reply")
	return err == nil && last[0]/s.seen*least > 2*fewReplies, err
}

// muchRarer is how many times rarer than the others a word must be for the index to be asked for it
// alone.
const muchRarer = 4

// byRarest gives the conditions of a search for several words of which one is much rarer than the
// others: only the texts of the replies with that one are read.
func (s *wordSearch) byRarest() (w where, ok bool) {
	if len(s.terms) < 2 || s.seen == 0 {
		return w, false
	}
	terms := slices.SortedFunc(slices.Values(s.terms), func(a, b wordTerm) int { return a.hits - b.hits })
	rarest, others := terms[0], terms[1:]
	if slices.ContainsFunc(terms, func(t wordTerm) bool { return t.not || len(t.values) != 1 }) ||
		rarest.hits*muchRarer > others[0].hits {
		return w, false
	}
	w = where{parts: slices.Clone(s.rest.parts), args: slices.Clone(s.rest.args)}
	// The plus keeps the order of the list: else all with the word would be read and sorted.
	w.add("+r.id IN (SELECT rowid FROM reply_text WHERE reply_text MATCH ?)", matchWords(rarest.values[0]))
	has, values := s.has("r.text", others)
	w.add(has, values...)
	return w, true
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
