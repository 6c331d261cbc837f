package cache

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

// ladder is how often the words of the seeded replies are: one reply in so many has them.
var ladder = []int{2, 8, 20, 50, 100, 200, 500, 1000, 2000, 5000, 20000, 200000}

func exactWord(n int) string { return "слово" + strings.Repeat("н", n) + "ый" }
func beginning(n int) string { return "нача" + string(rune('а'+n)) }

// seedWords stores replies of eight words, one in ten of them open.
func seedWords(b *testing.B, db *DB, replies int) {
	b.Helper()
	seedAccounts(b, db)
	random := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(random, 1.1, 8, 50000)
	for begun := 0; begun < replies; begun += 50000 {
		if err := db.write(context.Background(), func(tx *sql.Tx) error {
			reply, err := tx.Prepare(
				`INSERT INTO reply (id, account, vendor_id, campaign, who, text, received_at, stored_at, state)
					VALUES (?, 1, ?, 0, ?, ?, ?, 0, ?)`)
			if err != nil {
				return err
			}
			defer reply.Close()
			index, err := tx.Prepare(`INSERT INTO reply_text (rowid, text) VALUES (?, ?)`)
			if err != nil {
				return err
			}
			defer index.Close()
			for i := begun; i < begun+50000; i++ {
				var words []string
				for range 8 {
					words = append(words, fmt.Sprintf("обычн%d", zipf.Uint64()))
				}
				for n, every := range ladder {
					if random.IntN(every) == 0 {
						words = append(words, exactWord(n))
					}
					if random.IntN(every) == 0 {
						words = append(words, fmt.Sprintf("%s%d", beginning(n), random.IntN(300)))
					}
				}
				if i%2 == 0 {
					words = append(words, "четное")
				} else {
					words = append(words, "нечетное")
				}
				text := strings.Join(words, " ")
				if _, err := reply.Exec(i+1, fmt.Sprint(i), 375291000000+i, text, at(i+random.IntN(1000)),
					[]string{"open", "done"}[min(random.IntN(10), 1)]); err != nil {
					return err
				}
				if _, err := index.Exec(i+1, model.Fold(text)); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
}

// wordsCache opens a cache with a million replies. It is filled once for each schema.
func wordsCache(b *testing.B) *DB {
	b.Helper()
	migrations := must(os.ReadDir("migrations"))(b)
	path := filepath.Join(os.TempDir(), fmt.Sprintf("viberdeck-words-%d.db", len(migrations)))
	if _, err := os.Stat(path); err != nil {
		filled := filepath.Join(b.TempDir(), "cache.db")
		db := must(Open(b.Context(), filled, Options{}))(b)
		seedWords(b, db, 1_000_000)
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
		if err := os.Rename(filled, path); err != nil {
			b.Fatal(err)
		}
	}
	db := must(Open(b.Context(), path, Options{}))(b)
	b.Cleanup(func() { _ = db.Close() })
	return db
}

// BenchmarkWordsOfAMillion reads the first hits and the first page of words and of beginnings, from
// those that every second reply has to those that hardly any has. Beside the mean it gives the best
// time, which other work on the machine does not change.
func BenchmarkWordsOfAMillion(b *testing.B) {
	db := wordsCache(b)
	words := []string{"такогонет", "н", "четное нечетное", "четное " + beginning(3), exactWord(3) + " " + exactWord(4),
		exactWord(3) + " " + beginning(4), beginning(3) + " " + beginning(4), exactWord(1) + " " + exactWord(7),
		beginning(1) + " " + beginning(7), `"четное слововый"`, "-четное " + beginning(5)}
	for n := range ladder {
		words = append(words, exactWord(n), beginning(n))
	}
	for _, word := range words {
		for _, filter := range []string{word, "is:open " + word} {
			for _, what := range []string{"first hits", "page"} {
				q := model.PageRequest{Filter: filtered(b, filter), Soon: what == "first hits"}
				b.Run(filter+" "+what, func(b *testing.B) {
					best, n := time.Hour, 0
					for b.Loop() {
						began := time.Now()
						n = len(must(db.Replies(b.Context(), q))(b).Rows)
						best = min(best, time.Since(began))
					}
					b.ReportMetric(best.Seconds()*1000, "ms-at-best")
					b.ReportMetric(float64(n), "rows")
				})
			}
		}
	}
}
