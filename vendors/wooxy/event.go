package wooxy

import (
	"errors"
	"strings"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// event is one event as posted to a webhook. The vendor's page shows one about e-mail: datetime,
// event, email, id and userId. That Viber's has phoneNumber in place of email is inferred, and no
// page says where a reason would be.
type event struct {
	Event    vendors.String `json:"event"`
	At       vendors.String `json:"datetime"` // Unix seconds
	ID       vendors.String `json:"id"`       // the message's
	Phone    vendors.String `json:"phoneNumber"`
	Contact  vendors.String `json:"contact"`
	Email    vendors.String `json:"email"`
	UserID   vendors.String `json:"userId"`
	RawLog   vendors.String `json:"rawLog"`
	Reason   vendors.String `json:"reason"`
	ErrorOne vendors.String `json:"error"`
}

// DecodeEvent reads what Wooxy posts to a webhook: one event, or an array of events. Each becomes a
// person with the new status, the vendor's word and time, and in VendorID the id of the message,
// which is the most reliable key: the event may identify the person differently than the campaign
// did. An unknown event has StatusUnknown and keeps its word; one that does not concern a message
// is left out.
//
// An invalid event is an error; the people of the others are returned with it.
func DecodeEvent(body []byte) ([]model.Recipient, error) {
	var events vendors.List[event]
	if err := vendors.Decode(body, &events); err != nil {
		return nil, model.Errorf("read Wooxy's event: %w", err)
	}
	if len(events) == 0 {
		return nil, model.Invalid("event", "Wooxy's message holds no event")
	}
	var people []model.Recipient
	var errs []error
	for i, e := range events {
		r := e.recipient()
		if r.VendorStatus == "" || r.VendorID == "" && r.Phone == 0 && r.Contact == "" {
			errs = append(errs, model.Invalid("event",
				"event %d of Wooxy's message names no event, or neither message nor person", i+1))
			continue
		}
		if eventWord(r) != subscribed {
			people = append(people, r)
		}
	}
	return people, errors.Join(errs...)
}

// DecodeCallback reads what Wooxy posts to a webhook, as DecodeEvent does.
func DecodeCallback(body []byte) (model.CallbackEvent, error) {
	people, err := DecodeEvent(body)
	return model.CallbackEvent{People: people}, err
}

func (e event) recipient() model.Recipient {
	r := model.Recipient{VendorStatus: e.Event.Line(), VendorID: e.ID.Line(), UpdatedAt: eventTime(string(e.At))}
	for _, known := range eventStatuses {
		if known.name == eventWord(r) {
			r.Status = known.status
		}
	}
	for _, name := range []vendors.String{e.Phone, e.Contact, e.Email, e.UserID} {
		if name == "" {
			continue
		}
		if phone, ok := model.PhoneFromVendor(string(name)); ok && name != e.UserID {
			r.Phone = phone
		} else {
			r.Contact = name.Line()
		}
		break
	}
	for _, why := range []vendors.String{e.RawLog, e.Reason, e.ErrorOne} {
		if r.Reason.IsZero() {
			r.Reason = model.Data(why.Line())
		}
	}
	if r.Status == model.StatusFailed && strings.Contains(strings.ToLower(r.Reason.String()), userBlocked) {
		r.Status = model.StatusOptedOut
	}
	return r
}

// eventWord returns the event's name as the page writes it.
func eventWord(r model.Recipient) string {
	return strings.ReplaceAll(strings.ToLower(r.VendorStatus), "_", "-")
}

// eventTime reads Unix seconds, milliseconds where the number can be nothing else, or a formatted
// time. Anything outside 1970 to 9999 is unknown.
func eventTime(s string) time.Time {
	var n vendors.Int
	if err := n.UnmarshalJSON([]byte(s)); err != nil || !n.Known {
		return vendors.ParseTime(s, time.UTC)
	}
	const msFrom, most = 100_000_000_000, 253_402_300_799 // the year 5138 in seconds, the end of 9999
	switch {
	case n.N <= 0:
		return time.Time{}
	case n.N < msFrom:
		return time.Unix(n.N, 0).UTC()
	case n.N/1000 <= most:
		return time.UnixMilli(n.N).UTC()
	}
	return time.Time{}
}
