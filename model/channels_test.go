package model

import (
	"testing"

	"github.com/shopspring/decimal"
)

func TestWhatArrivedBySMSIsKnownOnlyWhereItCanBe(t *testing.T) {
	t.Parallel()
	cost := NewMoney(decimal.RequireFromString("7.5"), "BYN")
	totals := Totals{Delivered: Known(80), Read: Known(50)}
	none := Capabilities{Lacks: map[Action]string{ActSMSFallback: "it has none"}}
	for _, tt := range []struct {
		name             string
		use              SMSUse
		caps             Capabilities
		viber, sms       Figure
		viberCost, costs string
		why              bool
	}{
		{"without SMS all is Viber", SMSNone, Capabilities{}, Known(80), Known(0), "7.5 BYN", "0 BYN", false},
		{"a vendor that has no SMS", SMSUnknown, none, Known(80), Known(0), "7.5 BYN", "0 BYN", false},
		{"nobody told whether there were SMS", SMSUnknown, Capabilities{}, Figure{}, Figure{}, "—", "—", true},
		{"a vendor that counts both together", SMSAsked, Capabilities{}, Figure{}, Figure{}, "—", "—", true},
		{"a vendor that tells of Viber only", SMSAsked, Capabilities{ViberDeliveriesOnly: true}, Known(80), Figure{},
			"—", "—", true},
	} {
		ch := Statistics{SMS: tt.use, Totals: totals, Cost: cost}.Channels(tt.caps)
		if ch.Viber.Delivered != tt.viber || ch.SMS.Delivered != tt.sms || ch.Viber.Cost.String() != tt.viberCost ||
			ch.SMS.Cost.String() != tt.costs || ch.Why.IsZero() == tt.why || ch.ViberAtLeast != Known(50) {
			t.Errorf("%s: %+v", tt.name, ch)
		}
	}
}
