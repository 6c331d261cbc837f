package cache

import (
	"fmt"
	"testing"

	"viberdeck/model"
)

func TestACampaignThatTurnsOutToBeOursIsTakenOverInSmallTransactions(t *testing.T) {
	t.Parallel()
	const people = pieceRows + 500
	db, sizes := metered(t, nil)
	id := submit(t, db, "k1", plan(5), 0)
	b := claim(t, db, id, 5, 1)[0]
	found := model.Campaign{VendorID: "900", Account: "minsk", Vendor: model.SMSBy, Name: "Found",
		State: model.CampaignSent}
	if err := db.SaveCampaigns(t.Context(), "minsk", []model.Campaign{found}, start()); err != nil {
		t.Fatal(err)
	}
	reported := make([]model.Recipient, people)
	replies := make([]model.Reply, people)
	for i := range reported {
		p := model.Phone(375290000000 + int64(i))
		reported[i] = model.Recipient{Phone: p, Status: model.StatusDelivered, UpdatedAt: start()}
		replies[i] = model.Reply{VendorID: fmt.Sprint(i), CampaignRef: "900", Phone: p, Text: "Yes",
			ReceivedAt: start()}
	}
	if _, err := db.SaveRecipients(t.Context(), "minsk", "900", reported, start()); err != nil {
		t.Fatal(err)
	}
	if _, err := db.SaveReplies(t.Context(), "minsk", replies, start()); err != nil {
		t.Fatal(err)
	}
	before := len(*sizes)
	err := db.RecordOutcomes(t.Context(), []model.Outcome{{Batch: b.ID, State: model.BatchAccepted,
		VendorIDs: []string{"900"}, At: start()}})
	if err != nil {
		t.Fatal(err)
	}
	for topic, want := range map[model.Topic]int64{model.TopicCampaigns: 1, model.TopicRecipients: 5,
		model.TopicReplies: people} {
		if n := must(db.Count(t.Context(), topic, model.PageRequest{}))(t); n != want {
			t.Errorf("%d %s are listed at once, want %d", n, topic, want)
		}
	}
	if err := db.SaveCampaigns(t.Context(), "minsk", nil, start()); err != nil {
		t.Fatal(err)
	}
	for i, n := range (*sizes)[before:] { // a reply and a person, each with the counts that triggers keep
		if n > 6*pieceRows+100 {
			t.Errorf("transaction %d changed %d rows", i, n)
		}
	}
	for query, want := range map[string]int64{`SELECT count(*) FROM recipient`: 5, `SELECT count(*) FROM preparing`: 0,
		`SELECT count(*) FROM reply WHERE campaign = 1`: people, `SELECT n FROM reply_count WHERE campaign = 1`: people,
		`SELECT sum(n) FROM recipient_count`: 5} {
		if n := one[int64](t, db, query); n != want {
			t.Errorf("in the end %s is %d, want %d", query, n, want)
		}
	}
}
