package vendors

import (
	"github.com/shopspring/decimal"

	"testing"

	"viberdeck/model"
)

func TestPeopleAreCountedByHowFarTheirMessageGot(t *testing.T) {
	t.Parallel()
	var n headcount
	for _, s := range []model.DeliveryStatus{model.StatusDelivered, model.StatusRead, model.StatusRead,
		model.StatusUndelivered, model.StatusExpired,
		model.StatusFailed, model.StatusAccepted, model.StatusUnknown} {
		n.add([]model.Recipient{{Status: s}})
	}
	want := model.Totals{Recipients: model.Known(8), Sent: model.Known(5), Delivered: model.Known(3),
		Read: model.Known(2), Undelivered: model.Known(1),
		Failed: model.Known(1), Expired: model.Known(1), Unknown: model.Known(1)}
	if got := n.totals(); got != want {
		t.Errorf("got %+v", got)
	}
	if n.open != 3 {
		t.Errorf("%d are open, want delivered, accepted and unknown", n.open)
	}
	n.add([]model.Recipient{{Status: model.StatusClicked}})
	if got := n.totals(); got.Clicked != model.Known(1) || got.Read != model.Known(3) ||
		got.Delivered != model.Known(4) {
		t.Errorf("with a click: %+v", got)
	}
}

func TestAFigureDoesNotFallBecauseRowsAreMissing(t *testing.T) {
	t.Parallel()
	var n headcount
	n.add([]model.Recipient{{Status: model.StatusRead, Price: model.NewMoney(decimal.New(5, -2), "EUR")}})
	var s model.Statistics
	n.complete(&s, 3)
	if s.Totals.Recipients != model.Known(3) || s.Totals.Read != model.Known(1) || s.Cost.Known {
		t.Errorf("%+v, cost %s; want 3 people, 1 read, and no cost", s.Totals, s.Cost)
	}
	n.complete(&s, 1)
	if s.Cost.String() != "0.05 EUR" {
		t.Errorf("cost %s", s.Cost)
	}
}
