package model

import "time"

// CutBy is what figures of many people are grouped by.
type CutBy string

// The cuts.
const (
	CutVendor  CutBy = "vendor"
	CutSender  CutBy = "sender"
	CutCountry CutBy = "country"
)

// Cut is the part of the figures that belongs to one vendor, sender or country.
type Cut struct {
	Name      string // "" if unknown
	Account   string // of a sender; "" otherwise
	Campaigns int64
	Totals    Totals
}

// Cuts are figures grouped by one property, the part with the most people first.
type Cuts struct {
	By   CutBy
	Rows []Cut
	// Campaigns is how many were counted, Without how many more have no figures (or no people)
	// here, Beyond how many are too old to be counted as well.
	Campaigns, Without, Beyond int64
	AsOf                       time.Time // of the oldest figure counted
}

// Plus adds two figures; one that is unknown makes the sum unknown.
func (f Figure) Plus(o Figure) Figure { return Figure{N: f.N + o.N, Known: f.Known && o.Known} }

// Plus adds the totals of other people. A figure that one of the two lacks is unknown.
func (t Totals) Plus(o Totals) Totals {
	return Totals{Recipients: t.Recipients.Plus(o.Recipients), Sent: t.Sent.Plus(o.Sent),
		Delivered: t.Delivered.Plus(o.Delivered),
		Read:      t.Read.Plus(o.Read), Clicked: t.Clicked.Plus(o.Clicked),
		Undelivered: t.Undelivered.Plus(o.Undelivered), Failed: t.Failed.Plus(o.Failed),
		Expired: t.Expired.Plus(o.Expired), Unknown: t.Unknown.Plus(o.Unknown), Replies: t.Replies.Plus(o.Replies),
		OptOuts: t.OptOuts.Plus(o.OptOuts)}
}

// PerThousand returns f per 1000 of whole; ok is false when either is unknown or whole is 0.
func (f Figure) PerThousand(whole Figure) (rate float64, ok bool) {
	percent, ok := f.Share(whole)
	return 10 * percent, ok
}
