package routee

import (
	"strconv"
	"strings"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// deliveryWords are the statuses of a message, in upper case; Routee's own pages write them in
// both. QUEUED is the status of everyone Routee accepted. SENT is in no list but is
// self-explanatory.
var deliveryWords = map[string]model.DeliveryStatus{
	"QUEUED":      model.StatusAccepted,
	"SENT":        model.StatusSent,
	"DELIVERED":   model.StatusDelivered,
	"SEEN":        model.StatusRead,
	"UNDELIVERED": model.StatusUndelivered,
	"EXPIRED":     model.StatusExpired,
	"FAILED":      model.StatusFailed,
	"UNSENT":      model.StatusNoMoney, // insufficient balance
}

// detailWords are the detailed statuses that are more specific than UNDELIVERED or FAILED. "Timed
// Out" adds nothing to the main status.
var detailWords = map[string]model.DeliveryStatus{
	"NOTVIBERUSER":         model.StatusUndelivered,
	"OPTEDOUT":             model.StatusOptedOut,
	"SYSTEMFAILURE":        model.StatusFailed,
	"MESSAGEREJECTED":      model.StatusRejected,
	"UNSUPPORTEDEQUIPMENT": model.StatusUndelivered,
	"TTLEXPIRED":           model.StatusExpired,
}

// statusOf returns the delivery status. Any other word is kept as it is, with unknown meaning.
func statusOf(word, detail string) model.DeliveryStatus {
	s := deliveryWords[key(word)]
	if s == model.StatusUndelivered || s == model.StatusFailed {
		if more, ok := detailWords[key(detail)]; ok {
			return more
		}
	}
	return s
}

// key normalises a word for the tables: "NotViberUser", "not_viber_user" and "Not Viber User" are
// equal.
func key(word string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if r == ' ' || r == '_' || r == '-' {
			return -1
		}
		return r
	}, strings.TrimSpace(word)))
}

// timeOf reads a time: as text, with or without a colon in its zone, or as milliseconds since 1970.
func timeOf(s vendors.String, zone *time.Location) time.Time {
	text := strings.TrimSpace(string(s))
	if t, err := time.Parse("2006-01-02T15:04:05Z0700", text); err == nil && t.Year() > 1970 && t.Year() < 10000 {
		return t.UTC()
	}
	if ms, err := strconv.ParseInt(text, 10, 64); err == nil && len(text) == 13 {
		return time.UnixMilli(ms).UTC()
	}
	return vendors.ParseTime(text, zone)
}
