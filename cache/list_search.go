package cache

import (
	"context"
	"strings"
	"unicode"

	"viberdeck/model"
)

// matchWords gives the FTS5 expression that finds a value in folded text: its words in a row, the
// last one by its beginning. Whatever a person types is put in quotes, so none of it is syntax. It
// is "" when the value has no letter or digit.
func matchWords(value string) string {
	folded := model.Fold(value)
	if !strings.ContainsFunc(folded, isIndexed) {
		return ""
	}
	return `"` + strings.ReplaceAll(folded, `"`, " ") + `" *`
}

// isIndexed reports whether the tokenizer takes a character for part of a word; the rest only
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

// fewReplies is up to how many replies with a word are sorted after they were found; with more, it
// is quicker to go through the replies in their order until a page is full.
const fewReplies = 1000

// rareReplies gives the replies, few at most, that have all words the filter looks for; ok is false
// when they are many or the filter looks for none.
func rareReplies(ctx context.Context, q querier, f model.Filter) (found []string, ok bool, err error) {
	var all []string
	for _, t := range f.Terms {
		if t.Field != model.FieldText || t.Negate || len(t.Phones) > 0 || len(t.Values) != 1 {
			continue
		}
		if match := matchWords(t.Values[0]); match != "" {
			all = append(all, match)
		}
	}
	if len(all) == 0 {
		return nil, false, nil
	}
	found, err = texts(ctx, q, `SELECT rowid FROM reply_text WHERE reply_text MATCH ? LIMIT ?`,
		strings.Join(all, " AND "), fewReplies+1)
	return found, err == nil && len(found) <= fewReplies, err
}

// campaignNamed finds campaigns by our id, by a vendor's id or by the name: words in a row, the
// last one by its beginning. The index also holds the campaign's text, hence the second look at the
// name.
func campaignNamed(id string) fieldSQL {
	return eachValue(func(value string) condition {
		byName := searched("campaign_text", "n.id", "n.name", value).
			within(id + " IN (SELECT n.id FROM campaign n WHERE % AND instr(fold(n.name), ?) > 0)")
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
