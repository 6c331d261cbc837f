package model

import (
	"slices"
	"strings"
	"time"
)

// Retryable are the statuses of people for whom another attempt may succeed.
func Retryable() []DeliveryStatus {
	return []DeliveryStatus{StatusExpired, StatusFailed, StatusNoMoney}
}

// Permanent are the statuses of people for whom another attempt is unlikely to succeed. People who
// opted out are in neither group: nobody writes to them.
func Permanent() []DeliveryStatus { return []DeliveryStatus{StatusUndelivered, StatusRejected} }

// lackOfMoney matches the words by which vendors say that a balance did not cover a message.
var lackOfMoney = NewPattern(`(?i)\bpayment required\b|` +
	`(\bnot|n't) have enough (\w+ ){0,2}(money|balance|funds?|credits?)\b|` +
	`\b(not enough|insufficient|no|low|lack of|out of) (\w+ ){0,2}(money|balance|funds?|credits?)\b|` +
	`\b(money|balance|funds?|credits?) (\w+ ){0,3}(not enough|insufficient|low|exhausted|empty|exceeded)\b`)

// MeansNoMoney reports whether a vendor's words say that the balance did not cover a message.
func MeansNoMoney(words string) bool {
	return lackOfMoney.MatchString(strings.NewReplacer("_", " ", "-", " ").Replace(words))
}

// Verdict is the status of a person with regard to the vendor's words: somebody whose message the
// balance did not cover was not refused for good, whatever the vendor calls it.
func (r Recipient) Verdict() DeliveryStatus {
	switch r.Status {
	case StatusUnknown:
		if MeansNoMoney(r.VendorStatus) {
			return StatusNoMoney
		}
	case StatusUndelivered, StatusRejected, StatusFailed:
		if MeansNoMoney(r.VendorStatus) || MeansNoMoney(r.Reason.String()) {
			return StatusNoMoney
		}
	}
	return r.Status
}

// StatusFilter returns the filter for people with one of the statuses.
func StatusFilter(statuses []DeliveryStatus) string {
	words := make([]string, len(statuses))
	for i, s := range statuses {
		words[i] = s.String()
	}
	return "status:" + strings.Join(words, ",")
}

// FailedWith counts the people whose message failed with one of the statuses.
func (s Statistics) FailedWith(statuses ...DeliveryStatus) int64 {
	var n int64
	for _, r := range s.Reasons {
		if slices.Contains(statuses, r.Status) {
			n += r.People
		}
	}
	return n
}

// NextStep says what a person can do about the people of this group, by the vendor's reason if it
// is a known one.
func (r ReasonCount) NextStep() Text {
	folded := Fold(r.Reason.String())
	noViber := strings.Contains(folded, "viber") && (strings.Contains(folded, "not") || strings.Contains(folded, "no "))
	switch {
	case r.Status == StatusOptedOut:
		return Say("opted out: blacklist")
	case r.Status == StatusNoMoney:
		return Say("no money: top up, then retry")
	case r.Status == StatusUnknown:
		return Say("unknown: decide in Outbox")
	case noViber:
		return Say("not on Viber: use SMS")
	case r.Status == StatusExpired:
		return Say("expired: retry")
	case r.Status == StatusUndelivered:
		return Say("perhaps not on Viber: use SMS")
	case r.Status == StatusRejected:
		return Say("refused: read why, do not repeat")
	case r.Status == StatusFailed:
		return Say("technical: retry")
	}
	return Say("wait")
}

// WhyNotRetry says why a campaign has no failed people to write to again; it is empty if it may
// have.
func (c Campaign) WhyNotRetry() Text {
	switch c.State {
	case CampaignSent, CampaignPartlySent, CampaignFailed, CampaignCancelled:
		return Text{}
	}
	return Say("it is %s: who failed is known when it has ended", c.State)
}

// ResumeDoubts says what a person must know before a paused campaign continues, apart from the
// cost: that some of its messages have an unknown outcome, and that its time has passed. If there
// is a doubt, the person has to enter the number of people who will be written to.
func (p Progress) ResumeDoubts(c Campaign, now time.Time) []Text {
	var doubts []Text
	if p.Unknown > 0 {
		doubts = append(doubts, Say("it is unknown whether %s got it; only the others will get it",
			Persons(p.Unknown)))
	}
	if !c.SendAt.IsZero() && c.SendAt.Before(now) && p.StartedAt.IsZero() {
		doubts = append(doubts, Say("its time, %s, has passed; it leaves at once",
			Moment{c.SendAt.In(now.Location()), "2 Jan 15:04"}))
	}
	return doubts
}
