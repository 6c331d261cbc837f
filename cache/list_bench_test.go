package cache

import (
	"context"
	"database/sql"
	"fmt"
	"testing"

	"viberdeck/model"
)

// seedMillion stores people of ten of the program's campaigns, and replies in Cyrillic, a tenth of
// them open.
func seedMillion(b *testing.B, db *DB, people, replies int) {
	b.Helper()
	seedAccounts(b, db)
	words := []string{"ещё", "раз", "спасибо", "цена", "стоп", "доставка", "когда", "привет", "заказ", "скидка"}
	for campaign := 1; campaign <= 10; campaign++ {
		err := db.write(context.Background(), func(tx *sql.Tx) error {
			if _, err := tx.Exec(addCampaign, campaign, 1, "", words[campaign-1], "sent", at(campaign), at(campaign),
				true, nil, nil, nil); err != nil {
				return err
			}
			add, err := tx.Prepare(addRecipient)
			if err != nil {
				return err
			}
			defer add.Close()
			for i := range people / 10 {
				status := 4 + i%10
				if i%1000 == 0 {
					status = int(model.StatusOptedOut)
				}
				if _, err := add.Exec(campaign, 375291000000+i, status, at(i%1000)); err != nil {
					return err
				}
			}
			reply, err := tx.Prepare(
				`INSERT INTO reply (account, vendor_id, campaign, who, text, received_at, stored_at, state)
					VALUES (1, ?, ?, ?, ?, ?, 0, ?)`)
			if err != nil {
				return err
			}
			defer reply.Close()
			index, err := tx.Prepare(`INSERT INTO reply_text (rowid, text) VALUES (?, ?)`)
			if err != nil {
				return err
			}
			defer index.Close()
			for i := range replies / 10 {
				n := campaign*replies + i
				text := fmt.Sprintf("%s %s слово%d", words[i%10], words[i/10%10], n%5000)
				res, err := reply.Exec(fmt.Sprint(n), campaign, 375291000000+i, text, at(n%100000),
					[]string{"open", "done"}[min(i%10, 1)])
				if err != nil {
					return err
				}
				id, err := res.LastInsertId()
				if err != nil {
					return err
				}
				if _, err := index.Exec(id, model.Fold(text)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPages(b *testing.B) {
	db := open(b)
	seedMillion(b, db, 1_000_000, 200_000)
	ctx := context.Background()
	recipients := func(q model.PageRequest) func() (int, string) {
		return func() (int, string) {
			p := must(db.Recipients(ctx, q))(b)
			return len(p.Rows), p.Keys[len(p.Keys)-1]
		}
	}
	replies := func(filter string) func() (int, string) {
		return func() (int, string) {
			p := must(db.Replies(ctx, model.PageRequest{Filter: filtered(b, filter)}))(b)
			return len(p.Rows), ""
		}
	}
	_, deep := recipients(model.PageRequest{Campaign: 5, Filter: filtered(b, "phone:+375291005"), Limit: 1})()
	for _, c := range []struct {
		name string
		read func() (int, string)
	}{
		{"first page of a campaign's people", recipients(model.PageRequest{Campaign: 5})},
		{"page in the middle of them", recipients(model.PageRequest{Campaign: 5, Cursor: deep})},
		{"people by a rare status", recipients(model.PageRequest{
			Campaign: 5, Filter: filtered(b, "status:opted-out")})},
		{"one phone in all campaigns", recipients(model.PageRequest{Filter: filtered(b, "phone:+375291050000")})},
		{"people sorted by status", recipients(model.PageRequest{Campaign: 5, Sort: "status"})},
		{"campaigns with figures", func() (int, string) {
			return len(must(db.Campaigns(ctx, model.PageRequest{}))(b).Rows), ""
		}},
		{"open replies", replies("is:open")},
		{"replies with a common word", replies("еще")},
		{"replies with a rare word", replies("слово4321")},
		{"replies with a beginning", replies("слово43")},
		{"replies with two words", replies("цена доставка")},
		{"open replies with a rare word", replies("is:open слово4320")},
		{"replies with no such word", replies("такогонет")},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if n, _ := c.read(); n == 0 && c.name != "replies with no such word" {
					b.Fatal("no rows")
				}
			}
		})
	}
}

// BenchmarkCutByCountry counts a million people by country: the dashboard's only query that reads
// every one of them.
func BenchmarkCutByCountry(b *testing.B) {
	db := open(b)
	seedMillion(b, db, 1_000_000, 0)
	for b.Loop() {
		if _, err := db.Cuts(b.Context(), model.CutCountry, model.PageRequest{}); err != nil {
			b.Fatal(err)
		}
	}
}
