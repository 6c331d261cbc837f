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

// For the next page of replies with a word, at most nearReply replies are read in their order. If
// the word is common enough, that fills the page, and the index, which would have to give all
// replies with the word, is not queried. After each nearLook of them the scan is given up if it
// will not fill the page in time.
const (
	nearReply = 10000
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
	l.columns = "r.id, r.text"
	query, args := l.query(l.natural, s.rest, at, model.PageRequest{Back: q.Back, From: q.From, Limit: nearReply})
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
		if len(found) == want || s.seen%nearLook == 0 && len(found)*nearReply < want*s.seen {
			return errEnough
		}
		return nil
	}, query, args...)
	if errors.Is(err, errEnough) {
		return found, len(found) == want, nil
	}
	return found, err == nil && s.seen <= nearReply, err // unless there are more, those were all
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
