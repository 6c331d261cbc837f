package wooxy

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// errNamesNoOne is the cause of an unknown outcome when the answer looks like a success.
var errNamesNoOne = model.Errorf("it lists nobody as accepted or failed")

// notNamed is the reason for a person missing from the answer, bothNamed for one who is listed as
// both taken and failed.
const (
	notNamed  = "Wooxy's answer lists this person neither as accepted nor as failed"
	bothNamed = "Wooxy's answer lists this person as accepted and as failed"
)

// batchAnswer is the answer of the batch method: message ids and errors, by contact.
type batchAnswer struct {
	envelope
	Success byContact `json:"success"`
	Failed  byContact `json:"failed"`
}

// refusesAll reports whether the answer refuses the whole call, so that people it does not list
// were not taken either.
func (b batchAnswer) refusesAll() bool {
	known, _ := explained(b.words())
	return b.no() && len(b.Success) == 0 && known.Kind != model.KindUnknown
}

// byContact reads a map of contact to text. An empty map may come as an empty array, as PHP encodes
// it, and a map as an array of maps.
type byContact map[string]string

// UnmarshalJSON reads any of the forms; a value that is not a scalar is converted by vendors.Said.
func (m *byContact) UnmarshalJSON(b []byte) error {
	*m = byContact{}
	var maps vendors.List[map[string]json.RawMessage]
	if b = bytes.TrimSpace(b); len(b) > 0 && b[0] == '{' {
		maps = vendors.List[map[string]json.RawMessage]{nil}
		if err := json.Unmarshal(b, &maps[0]); err != nil {
			return err
		}
	} else if err := json.Unmarshal(b, &maps); err != nil {
		return err
	}
	for _, one := range maps {
		for name, value := range one {
			(*m)[name] = vendors.Words(value)
		}
	}
	return nil
}

// finder returns a lookup of contacts, first as sent, then as normalised by foldContact.
func (m byContact) finder() func(name string) (string, bool) {
	folded := make(map[string]string, len(m))
	for name, value := range m {
		folded[foldContact(name)] = value
	}
	return func(name string) (string, bool) {
		if value, ok := m[name]; ok {
			return value, true
		}
		value, ok := folded[foldContact(name)]
		return value, ok
	}
}

// foldContact removes from a contact what a vendor may write differently: the plus of a phone, and
// case.
func foldContact(name string) string {
	if phone, ok := model.PhoneFromVendor(name); ok {
		return phone.Digits()
	}
	return strings.ToLower(strings.TrimSpace(name))
}

// outcome reads an answer that lists people. If the result of anyone is unknown the batch is
// unknown, so that a person decides about those; for the others the outcome holds what is known.
func (a *Adapter) outcome(b model.Batch, resp vendors.Response, answer batchAnswer) (model.Outcome, error) {
	o := model.Outcome{Batch: b.ID, State: model.BatchAccepted, At: time.Now().UTC()}
	success, failed := answer.Success.finder(), answer.Failed.finder()
	refusedAll := answer.refusesAll()
	taken, unknown := 0, 0
	var words []string
	for _, p := range b.People {
		r := model.Recipient{Account: a.account.Name, Phone: p.Phone, Contact: p.Contact}
		id, in := success(identifier(p))
		why, out := failed(identifier(p))
		if !in && !out && refusedAll {
			why, out = answer.words(), true
		}
		switch {
		case in && out:
			r.Status, r.Reason, r.VendorID = model.StatusUnknown,
				model.Say("%s: %s", model.Text{Format: bothNamed}, a.client.Clean(why)),
				model.SanitiseLine(id)
			unknown++
		case in:
			r.Status, r.VendorStatus, r.VendorID = model.StatusAccepted, "success", model.SanitiseLine(id)
			taken++
		case out:
			r.Status, r.VendorStatus, r.Reason = personStatus(why), "failed", model.Data(a.client.Clean(why))
			words = append(words, why)
		default:
			r.Status, r.Reason = model.StatusUnknown, model.Text{Format: notNamed}
			unknown++
		}
		o.People = append(o.People, r)
	}
	switch {
	case unknown > 0:
		o.State = model.BatchUnknown
		o.Err = model.Say("Wooxy's answer does not say whether %d of %s got it; look at Wooxy's web office before "+
			"deciding", unknown, model.Persons(len(b.People)))
	case taken == 0:
		return o, a.allFailed(resp, words)
	case len(words) > 0:
		o.Err = model.Say("Wooxy refused %d of %s, first: %s", len(words), model.Persons(len(b.People)),
			a.client.Clean(words[0]))
	case answer.words() != "":
		o.Err = model.Data(a.client.Clean(answer.words()))
	}
	return o, nil
}

// allFailed builds the refusal of a call in which no one was accepted. A lack of money takes
// precedence over other reasons, because it persists.
func (a *Adapter) allFailed(resp vendors.Response, words []string) *model.Error {
	first := words[0]
	for _, w := range words {
		if known, ok := explained(w); ok && known.Kind == model.KindMoney {
			first = w
			break
		}
	}
	e := vendors.Explain(a.client, resp, first, Refusals())
	e.Fate = model.FateRefused
	if e.Kind == model.KindUnknown {
		e.Kind = model.KindInvalid // Wooxy says that the message to this person was not sent
	}
	return e
}

// personStatus is the status of a person for whom the vendor gives these words.
func personStatus(words string) model.DeliveryStatus {
	if strings.Contains(strings.ToLower(words), userBlocked) {
		return model.StatusOptedOut
	}
	if known, ok := explained(words); ok {
		return known.Person
	}
	return model.StatusRejected
}
