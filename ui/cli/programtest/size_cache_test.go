package programtest_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"viberdeck/cache"
	"viberdeck/model"
)

// sizedFilter reads the filter language as the screens do.
func sizedFilter(b *testing.B, expression string) model.Filter {
	b.Helper()
	f, err := model.ParseFilter(expression, sizeBegan, time.UTC)
	if err != nil {
		b.Fatal(err)
	}
	return f
}

// BenchmarkSizePages reads pages of the large lists.
func BenchmarkSizePages(b *testing.B) {
	bench := sized(b)
	db := openSized(b, bench)
	everybody, err := db.FindCampaign(b.Context(), "everybody")
	if err != nil {
		b.Fatal(err)
	}
	page := func(name string, read func(context.Context, model.PageRequest) (int, string, error), q model.PageRequest) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if n, _, err := read(b.Context(), q); err != nil || n == 0 {
					b.Fatal(n, err)
				}
			}
		})
	}
	people, replies, campaigns := pageOf(model.RecipientRows().Reader(db)), pageOf(model.ReplyRows().Reader(db)),
		pageOf(model.CampaignRows().Reader(db))
	in := func(filter, sort string, desc bool) model.PageRequest {
		return model.PageRequest{Campaign: everybody.ID, Filter: sizedFilter(b, filter), Sort: sort, Desc: desc}
	}
	last := in("", "", false)
	last.Back = true
	middle := in("phone:"+sizedPerson(manyPeople/2).Phone.String(), "", false)
	_, middle.Cursor, err = people(b.Context(), middle)
	if err != nil {
		b.Fatal(err)
	}
	middle.Filter = model.Filter{}
	page("people, first", people, in("", "", false))
	page("people, middle", people, middle)
	page("people, last", people, last)
	for _, sort := range []string{"status", "updated_at", "phone"} {
		page("people by "+sort, people, in("", sort, false))
		page("people by "+sort+", down", people, in("", sort, true))
	}
	for _, filter := range []string{"phone:+37529", "phone:+375296999", "6999993", "status:expired",
		"status:undelivered", "ttl", "reason:viber", "status:read phone:+37529"} {
		page("people "+filter, people, in(filter, "", false))
	}
	for _, filter := range []string{"phone:+37529", "phone:+375296999993", "6999993", "status:expired", "ttl"} {
		page("people of all campaigns "+filter, people, model.PageRequest{Filter: sizedFilter(b, filter)})
	}
	page("people of all campaigns", people, model.PageRequest{})
	for _, sort := range []string{"", "received_at", "phone", "campaign", "state", "account"} {
		page("open replies by "+sort, replies, model.PageRequest{Filter: sizedFilter(b, "is:open"), Sort: sort})
	}
	for _, filter := range []string{"", "слово4321", "спасибо", "phone:+37529", "campaign:скидка", "account:minsk"} {
		page("replies "+filter, replies, model.PageRequest{Filter: sizedFilter(b, filter)})
	}
	for _, sort := range []string{"", "name", "state", "account", "created_at", "recipients", "sent", "delivered"} {
		page("campaigns by "+sort, campaigns, model.PageRequest{Sort: sort})
	}
	for _, filter := range []string{"скидка", "account:minsk", "state:sent", "9999"} {
		page("campaigns "+filter, campaigns, model.PageRequest{Filter: sizedFilter(b, filter)})
	}
}

// pageOf reads a page of any list: how many rows came, and the place of the first.
func pageOf[T any](read func(context.Context, model.PageRequest) (model.Page[T], error)) func(context.Context,
	model.PageRequest) (int, string, error) {
	return func(ctx context.Context, q model.PageRequest) (int, string, error) {
		p, err := read(ctx, q)
		if err != nil || len(p.Keys) == 0 {
			return 0, "", err
		}
		return len(p.Rows), p.Keys[0], nil
	}
}

// BenchmarkSizeCounts computes the counts that the large lists show. A count runs in the
// background.
func BenchmarkSizeCounts(b *testing.B) {
	bench := sized(b)
	db := openSized(b, bench)
	everybody, err := db.FindCampaign(b.Context(), "everybody")
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		topic    model.Topic
		campaign model.CampaignID
		filter   string
	}{
		{model.TopicRecipients, everybody.ID, ""}, {model.TopicRecipients, everybody.ID, "phone:+37529"},
		{model.TopicRecipients, everybody.ID, "status:expired"},
		{model.TopicRecipients, 0, ""}, {model.TopicRecipients, 0, "phone:+37529"},
		{model.TopicReplies, 0, ""}, {model.TopicReplies, 0, "is:open"}, {model.TopicReplies, 0, "спасибо"},
		{model.TopicCampaigns, 0, ""}, {model.TopicCampaigns, 0, "скидка"},
	} {
		where := ""
		if c.campaign == 0 {
			where = " of all campaigns"
		}
		b.Run(string(c.topic)+where+" "+c.filter, func(b *testing.B) {
			for b.Loop() {
				if n, err := db.Count(b.Context(), c.topic,
					model.PageRequest{Campaign: c.campaign, Filter: sizedFilter(b, c.filter)}); err != nil || n == 0 {
					b.Fatal(n, err)
				}
			}
		})
	}
	b.Run("overview", func(b *testing.B) {
		for b.Loop() {
			if _, err := db.Overview(b.Context(), "anna"); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkSizeSync stores a million people as a synchronisation does, and for comparison the same
// rows by prepared inserts alone: the driver into a table with nothing but its key, in transactions
// of the same size.
func BenchmarkSizeSync(b *testing.B) {
	b.Run("cache", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			db, err := cache.Open(b.Context(), filepath.Join(b.TempDir(), "cache.db"), cache.Options{})
			if err != nil {
				b.Fatal(err)
			}
			if err := db.Accounts(b.Context(), []model.Account{{Name: "minsk", Vendor: model.SMSBy}}); err != nil {
				b.Fatal(err)
			}
			if err := db.SaveCampaigns(b.Context(), "minsk", sizedCampaigns()[:1], sizeBegan); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			if err := savePeople(b.Context(), db, 0, manyPeople); err != nil {
				b.Fatal(err)
			}
			b.StopTimer()
			_ = db.Close()
			b.StartTimer()
		}
		b.ReportMetric(float64(b.N)*manyPeople/b.Elapsed().Seconds(), "rows/s")
	})
	b.Run("driver", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			db, err := sql.Open("sqlite", "file:"+filepath.Join(b.TempDir(), "raw.db")+
				"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_txlock=immediate")
			if err != nil {
				b.Fatal(err)
			}
			db.SetMaxOpenConns(1)
			if _, err := db.ExecContext(b.Context(),
				`CREATE TABLE recipient (campaign INTEGER, who INTEGER, status INTEGER, vendor_status INTEGER, reason INTEGER,
				updated_at INTEGER, vendor_id TEXT, price TEXT, currency INTEGER, PRIMARY KEY (campaign, who)) STRICT, WITHOUT ROWID`); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			for from := 0; from < manyPeople; from += 1000 {
				if err := insertRaw(b.Context(), db, from, 1000); err != nil {
					b.Fatal(err)
				}
			}
			b.StopTimer()
			_ = db.Close()
			b.StartTimer()
		}
		b.ReportMetric(float64(b.N)*manyPeople/b.Elapsed().Seconds(), "rows/s")
	})
}

func insertRaw(ctx context.Context, db *sql.DB, from, n int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after the commit
	add, err := tx.PrepareContext(ctx, `INSERT INTO recipient VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer add.Close()
	for i := from; i < from+n; i++ {
		p := sizedPerson(i)
		if _, err := add.ExecContext(ctx, 1, int64(p.Phone), int64(p.Status), len(p.VendorStatus),
			len(p.Reason.String()),
			p.UpdatedAt.UnixMilli(), nil, nil, 0); err != nil {
			return err
		}
	}
	return tx.Commit()
}
