package model

import "testing"

func TestASenderIsWarnedOfLongBeforeItsVendorBlocksIt(t *testing.T) {
	t.Parallel()
	wooxy := Limits{ComplaintsBlock: 5}
	for _, tt := range []struct {
		name       string
		complaints Figure
		delivered  Figure
		limits     Limits
		want       HealthLevel
	}{
		{"few", Known(19), Known(1000), wooxy, HealthGood},
		{"two in a hundred", Known(20), Known(1000), wooxy, HealthWarning},
		{"as many as the vendor allows", Known(50), Known(1000), wooxy, HealthWarning},
		{"more", Known(51), Known(1000), wooxy, HealthDanger},
		{"none", Known(0), Known(1000), wooxy, HealthGood},
		{"nobody knows", Figure{}, Known(1000), wooxy, HealthUnknown},
		{"nothing arrived", Known(0), Known(0), wooxy, HealthUnknown},
		{"a vendor that states no level", Known(999), Known(1000), Limits{}, HealthUnknown},
	} {
		if got := (SenderHealth{Complaints: tt.complaints, Delivered: tt.delivered}).Level(tt.limits); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
}
