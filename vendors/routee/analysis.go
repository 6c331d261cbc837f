package routee

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// mostShown is how many countries or groups the evidence lists.
const mostShown = 20

// analysis is Routee's analysis of a campaign.
type analysis struct {
	Recipients lenient         `json:"numberOfRecipients"`
	PerCountry json.RawMessage `json:"recipientsPerCountry"` // ISO 3166-1 alpha-2 → people
	PerGroup   json.RawMessage `json:"recipientsPerGroup"`   // without blacklisted people
	InGroups   lenient         `json:"totalInGroups"`
	Body       json.RawMessage `json:"bodyAnalysis"`
}

// share is one country or group with its people.
type share struct {
	name   string
	people int64
}

// cost returns the cost. No document says how Routee's answer names the currency; if it contains
// one, it is used. 0 is Routee's value before it knows the cost.
func (c campaignAnswer) cost() model.Money {
	var n vendors.Number
	if json.Unmarshal(c.Cost, &n) != nil {
		return model.Money{}
	}
	return n.Money(currencyOf(c.Currency)).AsReported()
}

// evidence summarises the answer about the campaign in one line: "1000 recipients; GR 990, CY 10;
// 63 characters".
func (c campaignAnswer) evidence() model.Text {
	var a analysis
	if json.Unmarshal(c.Analysis, &a) != nil {
		a = analysis{}
	}
	var parts []model.Text
	count := func(raw []byte, one, many string) {
		var n vendors.Int
		if json.Unmarshal(raw, &n) == nil && n.Known {
			parts = append(parts, model.Say("%s", model.Counted(n.N, one, many)))
		}
	}
	list := func(format string, raw json.RawMessage) {
		if shares := sharesOf(raw); len(shares) > 0 {
			parts = append(parts, model.Text{Format: format, Args: []any{model.Listed(shares)}})
		}
	}
	count(quoted(a.Recipients), "recipient", "recipients")
	list("%s", a.PerCountry)
	list("groups: %s", a.PerGroup)
	count(quoted(a.InGroups), "in a group", "in groups")
	var body struct {
		Characters lenient `json:"characters"`
	}
	if json.Unmarshal(a.Body, &body) == nil {
		count(quoted(body.Characters), "character", "characters")
	}
	count(c.Messages, "message", "messages")
	var state vendors.String
	if json.Unmarshal(c.State, &state) == nil && state != "" {
		parts = append(parts, model.Say("state %s", state.Line()))
	}
	if len(parts) == 0 {
		return model.Text{}
	}
	return model.Say("%s", model.ListedBy("; ", parts))
}

// facts returns the answer's information about the campaign as it is stored.
func (c campaignAnswer) facts() []model.ReportedFact {
	var a analysis
	if json.Unmarshal(c.Analysis, &a) != nil {
		a = analysis{}
	}
	var body struct {
		Characters lenient `json:"characters"`
	}
	if json.Unmarshal(a.Body, &body) != nil {
		body.Characters = ""
	}
	var state, messages vendors.String
	if json.Unmarshal(c.State, &state) != nil {
		state = ""
	}
	if json.Unmarshal(c.Messages, &messages) != nil {
		messages = ""
	}
	shares := func(raw json.RawMessage) string { return model.Say("%s", model.Listed(sharesOf(raw))).String() }
	var all []model.ReportedFact
	for _, t := range []model.ReportedFact{
		{Name: model.FactState, Value: state.Line()},
		{Name: model.FactMessages, Value: messages.Line()},
		{Name: model.FactRecipients, Value: model.SanitiseLine(string(a.Recipients))},
		{Name: model.FactCountries, Value: shares(a.PerCountry)},
		{Name: model.FactGroups, Value: shares(a.PerGroup)},
		{Name: model.FactInGroups, Value: model.SanitiseLine(string(a.InGroups))},
		{Name: model.FactCharacters, Value: model.SanitiseLine(string(body.Characters))},
	} {
		if t.Value != "" {
			all = append(all, t)
		}
	}
	return all
}

// otherwise says how the campaign that Routee created differs from the request, as far as its
// answer shows. people is how many were requested by phone or contact.
func (a *Adapter) otherwise(b model.Batch, people int, c campaignAnswer, now time.Time) model.Text {
	var all []model.Text
	if n, known := c.recognised(b.Campaign.List != ""); known && n != int64(people) {
		all = append(all, model.Say("Routee recognised %d of %s", n,
			model.Counted(people, "recipient", "recipients")))
	}
	show := func(t time.Time) string { return t.UTC().Format(time.RFC3339) }
	return vendors.Beside(append(all, c.asMade(a.zone).Differences("Routee", b.Campaign, now, 0, show)...)...)
}

// asMade returns the answer about the campaign in a form that can be compared.
func (c campaignAnswer) asMade(zone *time.Location) (made vendors.Made) {
	var date, sender vendors.String
	var ttl vendors.Int
	if json.Unmarshal(c.Scheduled, &date) == nil {
		made.At = timeOf(date, zone)
	}
	if json.Unmarshal(c.Sender, &sender) == nil {
		made.Sender = sender.Line()
	}
	if json.Unmarshal(c.TTL, &ttl) == nil && ttl.Known {
		made.Lifetime = time.Duration(ttl.N) * time.Second
	}
	return made
}

// recognised returns how many of the people named by phone or contact Routee recognised, as far as
// it reports that. With groups, that is everyone except those in the groups.
func (c campaignAnswer) recognised(groups bool) (n int64, known bool) {
	var answer analysis
	var all, inGroups vendors.Int
	if json.Unmarshal(c.Analysis, &answer) != nil || json.Unmarshal(quoted(answer.Recipients), &all) != nil {
		return 0, false
	}
	if !groups {
		return all.N, all.Known
	}
	if json.Unmarshal(quoted(answer.InGroups), &inGroups) != nil {
		return 0, false
	}
	return all.N - inGroups.N, all.Known && inGroups.Known && all.N >= inGroups.N
}

func quoted(l lenient) []byte {
	b, err := json.Marshal(string(l))
	if err != nil {
		return nil
	}
	return b
}

// sharesOf reads a map of name to number, the largest first. Anything else gives an empty result.
func sharesOf(raw json.RawMessage) []model.Text {
	var named map[string]lenient
	if json.Unmarshal(raw, &named) != nil {
		return nil
	}
	var shares []share
	for name, people := range named {
		var n vendors.Int
		if json.Unmarshal(quoted(people), &n) == nil && n.Known {
			shares = append(shares, share{model.SanitiseLine(name), n.N})
		}
	}
	slices.SortFunc(shares, func(x, y share) int {
		if x.people != y.people {
			if x.people > y.people {
				return -1
			}
			return 1
		}
		return strings.Compare(x.name, y.name)
	})
	var out []model.Text
	for i, s := range shares {
		if i == mostShown {
			out = append(out, model.Say("%d more", len(shares)-i))
			break
		}
		out = append(out, model.Say("%s %d", s.name, s.people))
	}
	return out
}

// currencyOf reads a currency: its code, or an object with one.
func currencyOf(raw json.RawMessage) string {
	var t vendors.String
	if json.Unmarshal(raw, &t) == nil {
		return t.Line()
	}
	var object struct {
		Code vendors.String `json:"code"`
	}
	if json.Unmarshal(raw, &object) != nil {
		return ""
	}
	return object.Code.Line()
}
