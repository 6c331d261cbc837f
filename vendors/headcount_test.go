package vendors

import (
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
