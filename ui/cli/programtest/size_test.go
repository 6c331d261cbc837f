package programtest_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"viberdeck/cache"
	"viberdeck/model"
	"viberdeck/vendors/sim"
)

// The size of the cache that the program must stay quick with.
const (
	manyPeople    = 1_000_000 // all of them in one campaign
	manyReplies   = 100_000   // all of them open
	manyCampaigns = 10_000
)

// sizeBegan is when the campaign to everybody was sent.
var sizeBegan = time.Date(2026, 2, 2, 6, 30, 0, 0, time.UTC)

// sized is a bench whose cache is of that size. Filling the cache takes half a minute, so it is
// kept in the directory of temporary files until the schema or this file changes.
func sized(b *testing.B) *bench {
	b.Helper()
	bench := newBench(b, sim.Options{Seed: 3})
	bench.server.Close()
	kept := filepath.Join(os.TempDir(), "viberdeck-size-"+sizeKey(b)+".db")
	if _, err := os.Stat(kept); errors.Is(err, fs.ErrNotExist) {
		fill(b, bench.cache)
		if err := os.Rename(bench.cache, kept); err != nil {
			b.Fatal(err)
		}
	}
	copyFile(b, kept, bench.cache)
	return bench
}

// openSized opens the bench's cache in this process.
func openSized(b *testing.B, bench *bench) *cache.DB {
	b.Helper()
	db, err := cache.Open(b.Context(), bench.cache, cache.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	return db
}

// sizeKey identifies what the filled cache depends on: the schema and the data filled in.
func sizeKey(b *testing.B) string {
	b.Helper()
	files, err := filepath.Glob("cache/migrations/*.sql")
	if err != nil {
		b.Fatal(err)
	}
	h := sha256.New()
	for _, name := range append(files, "ui/cli/programtest/size_test.go") {
		text, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		h.Write(text)
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:6])
}

func copyFile(b *testing.B, from, to string) {
	b.Helper()
	in, err := os.Open(from)
	if err != nil {
		b.Fatal(err)
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := io.Copy(out, in); err != nil {
		b.Fatal(err)
	}
	if err := out.Close(); err != nil {
		b.Fatal(err)
	}
}

// fill writes the cache as a synchronisation does.
func fill(b *testing.B, path string) {
	b.Helper()
	ctx := b.Context()
	db, err := cache.Open(ctx, path, cache.Options{})
	if err != nil {
		b.Fatal(err)
	}
	steps := []func() error{
		func() error {
			return db.Accounts(ctx, []model.Account{
				{Name: "minsk", Vendor: model.SMSBy}, {Name: "shop-ua", Vendor: model.SendPulse}})
		},
		func() error { return db.SaveCampaigns(ctx, "minsk", sizedCampaigns(), sizeBegan) },
		func() error { return savePeople(ctx, db, 0, manyPeople) },
		func() error {
			_, err := db.SaveReplies(ctx, "minsk", sizedReplies(), sizeBegan)
			return err
		},
		db.Close,
	}
	for _, step := range steps {
		if err := step(); err != nil {
			b.Fatal(err)
		}
	}
}

var sizeWords = []string{"Осенняя скидка", "Новая коллекция 🎉", "Ваш заказ", "Бонусы", "С днём рождения 🎂",
	"Autumn sale", "Запись к врачу", "Доставка"}

// sizedCampaigns are campaigns of which every fourth has an emoji in its name; the newest is the
// one with all the people.
func sizedCampaigns() []model.Campaign {
	all := make([]model.Campaign, manyCampaigns)
	for i := range all {
		people := int64(100 + i%5000)
		all[i] = model.Campaign{VendorID: "v" + strconv.Itoa(i),
			Name:  fmt.Sprintf("%s %d", sizeWords[i%len(sizeWords)], i),
			State: model.CampaignSent, SenderName: "Brand", Message: model.Message{Text: "Сегодня скидка 20 % на всё."},
			SendAt: sizeBegan.Add(-time.Duration(i) * time.Hour),
			Totals: model.Totals{Recipients: model.Known(people), Sent: model.Known(people),
				Delivered: model.Known(people * 9 / 10), Read: model.Known(people / 2)}}
	}
	all[0].VendorID, all[0].Name, all[0].Totals = "everybody", "Скидка для всех",
		model.Totals{Recipients: model.Known(manyPeople)}
	return all
}

// savePeople stores people of the campaign to everybody, as pages of a vendor's list come in.
func savePeople(ctx context.Context, db *cache.DB, from, to int) error {
	page := make([]model.Recipient, 1000)
	for ; from < to; from += len(page) {
		for i := range page {
			page[i] = sizedPerson(from + i)
		}
		if _, err := db.SaveRecipients(ctx, "minsk", "everybody", page, sizeBegan); err != nil {
			return err
		}
	}
	return nil
}

// sizedPerson is one of the people: half have read it, a tenth was not reached, one in a thousand
// expired.
func sizedPerson(i int) model.Recipient {
	p := model.Recipient{Phone: model.Phone(375290000000 + int64(i)*7), Status: model.StatusDelivered,
		VendorStatus: "delivered",
		UpdatedAt:    sizeBegan.Add(time.Duration(i%86400) * time.Second)}
	switch {
	case i%1000 == 999:
		p.Status, p.VendorStatus, p.Reason = model.StatusExpired, "expired", model.Data("ttl is over")
	case i%10 == 3:
		p.Status, p.VendorStatus, p.Reason = model.StatusUndelivered, "undelivered",
			model.Data("no Viber on this phone")
	case i%2 == 0:
		p.Status, p.VendorStatus = model.StatusRead, "read"
	}
	return p
}

var replyWords = []string{"спасибо", "когда доставка?", "ещё раз адрес, пожалуйста", "да 👍", "сколько стоит", "Yes",
	"перезвоните мне", "не приходило"}

func sizedReplies() []model.Reply {
	all := make([]model.Reply, manyReplies)
	for i := range all {
		all[i] = model.Reply{VendorID: "r" + strconv.Itoa(i), CampaignRef: "everybody",
			Phone: sizedPerson(i * 10).Phone, State: model.ReplyOpen, Unread: true,
			Text:       fmt.Sprintf("%s слово%d", replyWords[i%len(replyWords)], i%5000),
			ReceivedAt: sizeBegan.Add(time.Duration(i) * time.Minute)}
	}
	return all
}

// peak is the most memory the program has had resident so far, in bytes.
func (s *screen) peak() float64 {
	s.t.Helper()
	return peakOf(s.t, s.cmd.Process.Pid)
}

// peakOf returns the most memory that a process has had resident, in bytes.
func peakOf(t testing.TB, pid int) float64 {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if field := strings.Fields(line); field[0] == "VmHWM:" {
			n, err := strconv.ParseFloat(field[1], 64)
			if err != nil {
				t.Fatal(err)
			}
			return n * 1024
		}
	}
	t.Fatal("this system does not tell how much memory a process has had")
	return 0
}

// BenchmarkSizeFirstScreen reports the time from a start until the first row is on the screen,
// process start included, and the number of bytes that took.
func BenchmarkSizeFirstScreen(b *testing.B) {
	bench := sized(b)
	for _, view := range []string{"1", "2", "3"} {
		b.Run("view "+view, func(b *testing.B) {
			s := bench.open(80, 24)
			s.until("rows", func(string) bool { return s.selected() != "" })
			s.press(view)
			s.until("the view", func(text string) bool {
				return strings.Contains(text, "["+view+" ") && s.selected() != ""
			})
			s.press("q") // the next start opens this view
			if err := s.ends(); err != nil {
				b.Fatal(err)
			}
			bytes := 0
			for b.Loop() {
				s := bench.open(80, 24)
				s.until("rows", func(string) bool { return s.selected() != "" })
				bytes = len(s.history())
				_ = s.cmd.Process.Kill()
				_ = s.ends()
			}
			b.ReportMetric(float64(bytes), "bytes")
		})
	}
}

// BenchmarkSizeMemory scrolls, filters, sorts, goes to both ends and marks in each of the large
// lists, and reports the most memory the program had resident.
func BenchmarkSizeMemory(b *testing.B) {
	bench := sized(b)
	for b.Loop() {
		s := bench.open(80, 24)
		s.until("replies", func(string) bool { return s.selected() != "" })
		b.ReportMetric(s.peak()/(1<<20), "MiB/start")
		for _, view := range []string{"1", "2", "3"} {
			for _, keys := range []string{view, pages(100), "G", strings.Repeat("\x1b[5~", 20), "s", "g", pages(20),
				"sss", "g", strings.Repeat("j ", 40), "/", "phone:+37529",
				"\r", pages(50), "G"} {
				s.press(keys)
				s.quiet()
			}
			b.ReportMetric(s.peak()/(1<<20), "MiB/view"+view)
		}
		_ = s.cmd.Process.Kill()
		_ = s.ends()
	}
}

// pages are the keys that advance by so many pages.
func pages(n int) string { return strings.Repeat("\x1b[6~", n) }
