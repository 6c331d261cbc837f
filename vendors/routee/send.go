package routee

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// campaignAnswer is Routee's answer about a campaign that it took. Only the id matters; the rest is
// read as far as possible.
type campaignAnswer struct {
	TrackingID vendors.String  `json:"trackingId"`
	Cost       json.RawMessage `json:"cost"`
	Currency   json.RawMessage `json:"currency"`
	Messages   json.RawMessage `json:"totalMessages"`
	State      json.RawMessage `json:"state"`
	Scheduled  json.RawMessage `json:"scheduledDate"`
	Sender     json.RawMessage `json:"senderInfoTrackingId"`
	TTL        json.RawMessage `json:"ttl"`
	Analysis   json.RawMessage `json:"viberAnalysis"`
	Errors     json.RawMessage `json:"errors"` // in no document
}

// PerCall is how many people of the campaign one call may contain; groups and the people named
// beside them are one call.
func (a *Adapter) PerCall(c model.Campaign) int {
	if c.List != "" {
		return 1
	}
	return perCall
}

// PrepareList returns how many contacts the campaign's groups have; a person in several groups is
// counted in each. It costs nothing and creates nothing.
func (a *Adapter) PrepareList(ctx context.Context, c model.Campaign) (model.Prepared, error) {
	sum := model.Known(0)
	for _, name := range c.Lists() {
		g, err := a.group(ctx, name)
		if err != nil {
			if e, ok := errors.AsType[*model.Error](err); ok && e.Kind == model.KindNotFound {
				missing := *e
				missing.Field, missing.Text = "list",
					model.Say("Routee has no group %q; choose one from its lists", name)
				return model.Prepared{}, &missing
			}
			return model.Prepared{}, err
		}
		size := g.Size.Figure()
		sum = model.Figure{N: sum.N + size.N, Known: sum.Known && size.Known}
	}
	return model.Prepared{People: sum}, nil
}

// Ready waits until one call can begin at once, after a login.
func (a *Adapter) Ready(ctx context.Context) (*vendors.Permit, error) {
	return a.tokens.Ready(ctx, a.client)
}

// Send creates a campaign for the batch. The call is paid and made once. Requests that Routee
// refused had no effect, so two kinds of refusal are followed by another request: an expired token,
// and wrong numbers that Routee identified, which leave the batch as rejected.
//
// A name that Routee already has is a conflict, unless the batch repeats an earlier attempt whose
// outcome is unknown under a name that was unique to it: then Routee had accepted that attempt.
func (a *Adapter) Send(ctx context.Context, p *vendors.Permit, b model.Batch) (model.Outcome, error) {
	o, err := a.send(ctx, p, b)
	if e, ok := errors.AsType[*model.Error](err); ok && e.Code == codeNameTaken && b.Repeat && b.Tag != "" {
		return taken(b), nil
	}
	return o, err
}

// taken is the outcome of a repeated request whose name Routee already has.
func taken(b model.Batch) model.Outcome {
	return model.Outcome{
		Batch: b.ID, State: model.BatchAccepted, At: time.Now().UTC(),
		Evidence: model.Say("the same request was made again, and Routee said that it has a campaign %q: it had "+
			"taken the first one, and sent nothing again; "+
			"its id was lost with the answer, so statuses and the cost are known only when a callback names it",
			campaignName(b)),
	}
}

func (a *Adapter) send(ctx context.Context, p *vendors.Permit, b model.Batch) (model.Outcome, error) {
	if err := a.Check(b.Campaign); err != nil {
		return model.Outcome{}, err
	}
	resp, err := a.create(ctx, p, b, b.People)
	if err != nil {
		return model.Outcome{}, err
	}
	e := a.refused(resp)
	var bad []model.Recipient
	if e != nil && e.Code == codeBadNumbers {
		var good []model.Recipient
		if bad, good = badNumbers(resp.Body, b.People, e.Vendor); len(bad) > 0 &&
			(len(good) > 0 || b.Campaign.List != "") {
			if resp, err = a.create(ctx, p, b, good); err != nil {
				return model.Outcome{People: bad}, err
			}
			e = a.refused(resp)
		}
	}
	o, err := a.made(b, resp, e, len(b.People)-len(bad))
	if err != nil && e != nil {
		return model.Outcome{}, err
	}
	o.People = bad
	return o, err
}

// made reads Routee's answer about a campaign for the given number of named people. A trackingId
// means that Routee knows the campaign, whatever else the answer says, so it is kept: the outcome
// is unknown only if the answer also contains a refusal.
func (a *Adapter) made(b model.Batch, resp vendors.Response, reported *model.Error, people int) (model.Outcome, error) {
	var answer campaignAnswer
	err := resp.Decode(&answer)
	id := answer.TrackingID.Line()
	switch {
	case reported != nil && (!resp.OK() || err != nil || id == ""):
		return model.Outcome{}, reported
	case err != nil:
		return model.Outcome{}, vendors.Unreadable(a.account.Name, err)
	case id == "":
		return model.Outcome{}, vendors.Unreadable(a.account.Name, model.Errorf("there is no trackingId in the answer"))
	}
	o := model.Outcome{
		Batch: b.ID, State: model.BatchAccepted, VendorRef: id, VendorIDs: []string{id},
		Cost:     answer.cost(),
		Err:      a.otherwise(b, people, answer, time.Now()),
		Evidence: answer.evidence(), Facts: answer.facts(), At: time.Now().UTC(),
	}
	if words := vendors.Words(answer.Errors); words != "" {
		o.Err = vendors.Beside(vendors.ExplainWords(a.client.Clean(words), Refusals()), o.Err)
	}
	if reported != nil {
		o.State, o.Err = model.BatchUnknown, model.TextOf(reported)
	}
	return o, nil
}

// create makes the paid call.
func (a *Adapter) create(ctx context.Context, p *vendors.Permit, b model.Batch,
	people []model.Recipient) (vendors.Response, error) {
	body, err := newCampaign(b, people, time.Now())
	if err != nil {
		return vendors.Response{}, err
	}
	if v := body.Body.Video; v != nil && a.account.Setting(settingVideoField) == otherVideoURL {
		v.URL, v.OtherURL = "", v.URL
	}
	r, err := vendors.JSONRequest(http.MethodPost, a.base, "/viber/campaign", body)
	if err != nil {
		return vendors.Response{}, err
	}
	return a.call(ctx, r, p.Sender(a.client))
}

var (
	anyNumber = model.NewPattern(`\+?\d{5,}`)
	anyPlace  = model.NewPattern(`\bto\[(\d{1,4})\]`)
)

// badNumbers finds the people that Routee identified when it refused a call for wrong numbers: by
// the number, or by its position in "to". How it identifies them is undocumented.
func badNumbers(body []byte, people []model.Recipient, words string) (bad, good []model.Recipient) {
	named := map[string]bool{}
	for _, number := range anyNumber().FindAllString(string(body), -1) {
		if p, ok := model.PhoneFromVendor(number); ok {
			named[p.String()] = true
		}
	}
	place := map[int]bool{}
	for _, found := range anyPlace().FindAllStringSubmatch(string(body), -1) {
		if n, err := strconv.Atoi(found[1]); err == nil {
			place[n] = true
		}
	}
	n := 0 // position in "to"
	for _, p := range people {
		is := false
		if p.Phone != 0 && contactOf(p) == "" {
			is = named[p.Phone.String()] || place[n]
			n++
		}
		if !is {
			good = append(good, p)
			continue
		}
		p.Status, p.Reason, p.VendorStatus = model.StatusRejected, model.Data(words), ""
		bad = append(bad, p)
	}
	return bad, good
}

// DeleteScheduled deletes a campaign that is scheduled but has not begun.
func (a *Adapter) DeleteScheduled(ctx context.Context, vendorID string) error {
	r, err := vendors.JSONRequest(http.MethodDelete, a.base, "/viber/campaign/"+url.PathEscape(vendorID), nil)
	if err != nil {
		return err
	}
	resp, err := a.call(ctx, r, a.client.Send)
	return vendors.Answered(resp, err, a.refused, nil)
}
