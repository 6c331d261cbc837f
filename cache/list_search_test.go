package cache

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"viberdeck/model"
)

// Whichever way a page is found, by scanning the replies or by the index, its rows are the same:
// page by page, forwards and backwards, those that the index returns.
func TestAPageOfACommonWordIsThatOfTheIndex(t *testing.T) {
	t.Parallel()
	db := open(t)
	seedAccounts(t, db)
	random := rand.New(rand.NewPCG(1, 2))
	words := []string{"цена", "Ценa", "доставка", "ещё", "стоп!", "é", "e\u0301tat", "20%", "👍", "A-b", "ß", "x_y",
		"1.5", "ї"}
	seed(t, db, func(exec func(string, ...any)) {
		for i := range nearReply + 4*nearLook {
			var text []string
			for range 1 + random.IntN(4) {
				text = append(text, words[random.IntN(len(words))])
			}
			if i == nearReply+4*nearLook-1 {
				text = append(text, "последнее")
			}
			received := at(random.IntN(500))
			if i%3 == 0 { // many, but none among the first ones
				text, received = append(text, "позднее"), at(500+random.IntN(20))
			}
			if i%150 == 1 {
				text = append(text, "нечастое")
			}
			if i%300 == 7 {
				text = append(text, "редкое")
			}
			message := strings.Join(text, []string{" ", ", ", "\n"}[random.IntN(3)])
			exec(`INSERT INTO reply (id, account, vendor_id, campaign, who, text, received_at, stored_at, state)
				VALUES (?, 1, ?, 0, ?, ?, ?, 0, ?)`, i+1, fmt.Sprint(i), 375291000000+i, message, received,
				[]string{"open", "done"}[i%2])
			exec(`INSERT INTO reply_text (rowid, text) VALUES (?, ?)`, i+1, model.Fold(message))
		}
	})
	for _, filter := range []string{"цена", "цен", "доставка is:open", `"ещё доставка"`, "стоп text:цена", "éta", "ss",
		"b",
		"x", "x_y", "1.5", "последнее", "последнее is:open", "нетакого", "-цена", "text:цена,стоп",
		"редкое цена", "-цена редкое", "редкое последнее", "нетакого цена", "редкое is:open text:цена,стоп",
		"редкое доставка is:open", "нечастое", "нечастое is:open", "нечастое цена", "-цена нечастое",
		"позднее", "позднее is:open", "позднее цена", "-цена позднее", "-позднее", "позднее -доставка text:цена,стоп",
		"позднее редкое", "-позднее -цена"} {
		q := model.PageRequest{Filter: filtered(t, filter)}
		condition := ""
		for _, term := range q.Filter.Terms {
			if term.Field == model.FieldIs {
				condition += " AND state = 'open'"
				continue
			}
			var values []string
			for _, v := range term.Values {
				values = append(values, matchWords(v))
			}
			if condition += " AND id"; term.Negate {
				condition += " NOT"
			}
			condition += " IN (SELECT rowid FROM reply_text WHERE reply_text MATCH '" + strings.Join(values, " OR ") +
				"')"
		}
		want := must(all(t.Context(), db.reader, "read", single[model.ReplyID],
			`SELECT id FROM reply WHERE 1`+condition+
				` ORDER BY received_at, id`))(t)
		got := readAll(t, db, q, 37)
		q.Soon = true
		soon := readAll(t, db, q, 60)
		q.Back = true
		back := readAll(t, db, q, 211)
		slices.Reverse(back)
		if n := must(db.Count(t.Context(), model.TopicReplies, q))(t); n != int64(len(want)) {
			t.Errorf("%s: %d counted, want %d", filter, n, len(want))
		}
		if !slices.Equal(soon, want) {
			t.Errorf("%s: %d by first hits, want %d", filter, len(soon), len(want))
		}
		if !slices.Equal(got, want) || !slices.Equal(back, want) {
			t.Errorf("%s: %d forth and %d back, want %d", filter, len(got), len(back), len(want))
		}
	}
}

// readAll reads a list of replies page by page.
func readAll(t *testing.T, db *DB, q model.PageRequest, size int) []model.ReplyID {
	t.Helper()
	var found []model.ReplyID
	for q.Limit = size; ; {
		page := must(db.Replies(t.Context(), q))(t)
		rows := page.Rows
		if q.Back {
			slices.Reverse(rows)
		}
		for _, r := range rows {
			found = append(found, r.ID)
		}
		if !page.More {
			return found
		}
		if q.Cursor = page.Keys[len(page.Keys)-1]; q.Back {
			q.Cursor = page.Keys[0]
		}
	}
}
