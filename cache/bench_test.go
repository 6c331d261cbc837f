package cache

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"viberdeck/model"
)

func BenchmarkSubmit10000People(b *testing.B) {
	db := open(b)
	p := plan(10_000)
	for n := 0; b.Loop(); n++ {
		submit(b, db, "k"+string(rune(n)), p, 0)
	}
}

// The people of a list are in random order, so that storing by phone differs from storing in list
// order.
func BenchmarkSubmitAMillionPeople(b *testing.B) {
	db := open(b)
	const people = 1_000_000
	var file strings.Builder
	file.WriteString("phone;name\n")
	for i := range people {
		fmt.Fprintf(&file, "+37529%d;Name%d\n", 1_000_000+i*7919%people, i%5000)
	}
	list, err := model.ReadRecipients(strings.NewReader(file.String()), model.ImportOptions{})
	if err != nil {
		b.Fatal(err)
	}
	p := plan(1)
	p.People = list.People
	for n := 0; b.Loop(); n++ {
		submit(b, db, "k"+string(rune(n)), p, 0)
	}
}

// One claim of ten calls of a hundred people each, and the recording of their outcomes.
func BenchmarkClaimAndRecord1000People(b *testing.B) {
	db := open(b)
	sendMany(b, db, 1000, func(id model.CampaignID) {
		record1(b, db, outcome(claim(b, db, id, 100, 10), model.BatchAccepted, "")...)
	})
}

// What the cache does for one call to Wooxy, whose answer gives each person's message an id.
func BenchmarkCallTo100People(b *testing.B) {
	db := open(b)
	sendMany(b, db, 100, func(id model.CampaignID) {
		claimed := claim(b, db, id, 100, 1)[0]
		done, why, err := db.Begin(b.Context(), claimed.ID, db.now())
		if err != nil || !why.IsZero() {
			b.Fatal(why, err)
		}
		done()
		o := outcome([]model.Batch{claimed}, model.BatchAccepted, "")[0]
		for i, p := range claimed.People {
			p.Status, p.VendorID, p.UpdatedAt = model.StatusAccepted, claimed.Attempt+strconv.Itoa(i), o.At
			o.People = append(o.People, p)
		}
		record1(b, db, o)
	})
}

// sendMany calls send again and again, which sends to that many people of the campaign it is given.
// There is a new campaign whenever nobody is left in one.
func sendMany(b *testing.B, db *DB, people int, send func(id model.CampaignID)) {
	const all = 200_000
	n := 0
	var id model.CampaignID
	for b.Loop() {
		if n%all == 0 {
			b.StopTimer()
			id = submit(b, db, "k"+string(rune(n/all)), plan(all), 0)
			b.StartTimer()
		}
		send(id)
		n += people
	}
}

func benchmarkRecipients(b *testing.B, status func(n int) model.DeliveryStatus) {
	db := open(b)
	saveCampaigns(b, db, "minsk", found("v1"))
	page := audience(1000)
	for n := 0; b.Loop(); n++ {
		for i := range page {
			page[i].Status = status(n)
		}
		if n == 0 || n%2 == 0 && status(n) != status(n+1) {
			b.StopTimer()
			if _, err := db.writer.ExecContext(b.Context(), `DELETE FROM recipient`); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
		}
		if _, err := db.SaveRecipients(b.Context(), "minsk", "v1", page, start()); err != nil {
			b.Fatal(err)
		}
	}
}

// Every second page is new, every other one changes all statuses.
func BenchmarkSave1000RecipientsThatChanged(b *testing.B) {
	benchmarkRecipients(b, func(n int) model.DeliveryStatus {
		return model.StatusDelivered + model.DeliveryStatus(n%2)
	})
}

func BenchmarkSave1000RecipientsThatDidNotChange(b *testing.B) {
	benchmarkRecipients(b, func(int) model.DeliveryStatus { return model.StatusDelivered })
}
