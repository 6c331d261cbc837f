package cache

import (
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

func TestErrorsBesideSuccessesRefuseWhoIsMissing(t *testing.T) {
	t.Parallel()
	db := open(t)
	ctx := t.Context()
	id := submit(t, db, "k1", plan(3), 0)
	batch := claim(t, db, id, 10, 1)[0]
	record1(t, db, model.Outcome{Batch: batch.ID, State: model.BatchAccepted, VendorRef: "uuid-1", At: start()})
	people := []model.Recipient{
		{Phone: firstPhone, Status: model.StatusAccepted, VendorStatus: "NEW"},
		{Phone: firstPhone + 1, Status: model.StatusDelivered, VendorStatus: "DELIVERED"},
	}
	for range 2 {
		if err := db.SaveTracked(ctx, batch.ID, model.Tracked{VendorIDs: []string{"v9"}, People: people,
			Refused: model.Data("the image is too large")}, start()); err != nil {
			t.Fatal(err)
		}
	}
	for phone, want := range map[model.Phone]model.DeliveryStatus{
		firstPhone: model.StatusAccepted, firstPhone + 1: model.StatusDelivered, firstPhone + 2: model.StatusRejected,
	} {
		if got, reason := statusOf(t, db, id, int(phone)); got != want ||
			(got == model.StatusRejected) != (reason == "the image is too large") {
			t.Errorf("%s is %s (%s), want %s", phone, got, reason, want)
		}
	}
	row := must(db.Outbox(ctx, model.PageRequest{}))(t).Rows[0]
	if row.State != model.BatchAccepted || row.Error.String() != "the image is too large" {
		t.Errorf("%+v", row)
	}
	count := 0
	for _, a := range must(db.Activities(ctx, id, 50))(t) {
		if a.Action == "refused" && strings.Contains(a.Detail.String(), "1 of 3 people: the image is too large") {
			count++
		}
	}
	if count != 1 {
		t.Errorf("the activity says it %d times, want once", count)
	}
	if c := must(db.Campaign(ctx, id))(t); c.State == model.CampaignFailed {
		t.Errorf("the campaign is %s although most were taken", c.State)
	}
}

func TestASingleMessageIsFollowedToItsEndWithoutBeingACampaign(t *testing.T) {
	t.Parallel()
	db := open(t)
	ctx := t.Context()
	id := submit(t, db, "k1", plan(1), 0)
	batch := claim(t, db, id, 1, 1)[0]
	record1(t, db, model.Outcome{Batch: batch.ID, State: model.BatchAccepted, VendorRef: "message:8484", At: start()})
	for _, c := range []struct {
		status  model.DeliveryStatus
		tracked int
	}{{model.StatusAccepted, 1}, {model.StatusRead, 1}, {model.StatusUndelivered, 1}} {
		people := []model.Recipient{{Phone: firstPhone, Status: c.status}}
		if err := db.SaveTracked(ctx, batch.ID, model.Tracked{People: people}, start()); err != nil {
			t.Fatal(err)
		}
	}
	if polls := must(db.Polls(ctx, "minsk", time.Time{}))(t); len(polls) != 0 {
		t.Errorf("asked about as a campaign: %+v", polls)
	}
	if got, _ := statusOf(t, db, id, firstPhone); got != model.StatusRead {
		t.Errorf("status %s", got)
	}
}

func TestLackOfMoneyIsNoRefusalWhateverTheVendorCallsIt(t *testing.T) {
	t.Parallel()
	db := open(t)
	ctx := t.Context()
	id := submit(t, db, "k1", plan(4), 0)
	batch := claim(t, db, id, 10, 1)[0]
	record1(t, db, model.Outcome{Batch: batch.ID, State: model.BatchAccepted, VendorRef: "v1", At: start(),
		People: []model.Recipient{
			{Phone: firstPhone, Status: model.StatusRejected, Reason: model.Data("Not enough money on the balance")},
			{Phone: firstPhone + 1, Status: model.StatusRejected, Reason: model.Data("Contact is not active")},
		}})
	page := []model.Recipient{
		{Phone: firstPhone + 2, Status: model.StatusFailed, VendorStatus: "FAILED",
			Reason: model.Data("Insufficient Balance")},
		{Phone: firstPhone + 3, Status: model.StatusUnknown, VendorStatus: "NOT_ENOUGH_MONEY"},
	}
	if _, err := db.SaveRecipients(ctx, "minsk", "v1", page, start()); err != nil {
		t.Fatal(err)
	}
	for phone, want := range map[int]model.DeliveryStatus{firstPhone: model.StatusNoMoney,
		firstPhone + 1: model.StatusRejected, firstPhone + 2: model.StatusNoMoney,
		firstPhone + 3: model.StatusNoMoney} {
		if got, reason := statusOf(t, db, id, phone); got != want {
			t.Errorf("%d is %s (%s), want %s", phone, got, reason, want)
		}
	}
}

func TestPeopleOfAnUnknownBatchAreCountedByWhatIsKnownOfThem(t *testing.T) {
	t.Parallel()
	db := open(t)
	id := submit(t, db, "k1", plan(6), 0)
	batch := claim(t, db, id, 4, 1)[0]
	record1(t, db, model.Outcome{Batch: batch.ID, State: model.BatchUnknown, At: start(), People: []model.Recipient{
		{Phone: firstPhone, Status: model.StatusAccepted},
		{Phone: firstPhone + 1, Status: model.StatusRejected},
		{Phone: firstPhone + 2, Status: model.StatusNoMoney},
	}})
	g := must(db.Progress(t.Context(), id))(t)
	if g.Accepted != 1 || g.Refused != 2 || g.Unknown != 1 || g.Waiting != 2 || g.Total != 6 {
		t.Errorf("%+v; want accepted 1, refused 2, unknown 1, waiting 2", g)
	}
}
