package routee

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"viberdeck/model"
	"viberdeck/vendors"
)

// mostShown is how many countries or groups the evidence names.
const mostShown = 20

// analysis is Routee's analysis of a campaign.
type analysis struct {
	Recipients lenient         `json:"numberOfRecipients"`
	PerCountry json.RawMessage `json:"recipientsPerCountry"` // ISO 3166-1 alpha-2 → people
	PerGroup   json.RawMessage `json:"recipientsPerGroup"`   // without the blacklisted
	InGroups   lenient         `json:"totalInGroups"`
	Body       json.RawMessage `json:"bodyAnalysis"`
}

// share is one country or group with its people.
type share struct {
	name   string
	people int64
}

// cost gives the cost. Routee's answer names no currency that a document knows of; one that is
// there is taken.
func (c campaignAnswer) cost() model.Money {
	var n vendors.Number
	if json.Unmarshal(c.Cost, &n) != nil {
		return model.Money{}
	}
	return n.Money(currencyOf(c.Currency))
}

// evidence says in one line what the answer tells of the campaign: "1000 recipients; GR 990, CY 10;
// 63 characters".
func (c campaignAnswer) evidence() string {
	var a analysis
	if json.Unmarshal(c.Analysis, &a) != nil {
		a = analysis{}
	}
	var parts []string
	count := func(raw []byte, format string) {
		var n vendors.Int
		if json.Unmarshal(raw, &n) == nil && n.Known {
			parts = append(parts, fmt.Sprintf(format, n.N))
		}
	}
	list := func(before string, raw json.RawMessage) {
		if shares := sharesOf(raw); len(shares) > 0 {
			parts = append(parts, before+strings.Join(shares, ", "))
		}
	}
	count(quoted(a.Recipients), "%d recipients")
	list("", a.PerCountry)
	list("groups: ", a.PerGroup)
	count(quoted(a.InGroups), "%d in groups")
	var body struct {
		Characters lenient `json:"characters"`
	}
	if json.Unmarshal(a.Body, &body) == nil {
		count(quoted(body.Characters), "%d characters")
	}
	count(c.Messages, "%d messages")
	return strings.Join(parts, "; ")
}

func quoted(l lenient) []byte {
	b, err := json.Marshal(string(l))
	if err != nil {
		return nil
	}
	return b
}

// sharesOf reads a map of name to number, the largest first. What is no such map is nothing.
func sharesOf(raw json.RawMessage) []string {
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
	var out []string
	for i, s := range shares {
		if i == mostShown {
			out = append(out, fmt.Sprintf("%d more", len(shares)-i))
			break
		}
		out = append(out, fmt.Sprintf("%s %d", s.name, s.people))
	}
	return out
}

// currencyOf reads a currency: its code, or an object with one.
func currencyOf(raw json.RawMessage) string {
	var t vendors.Text
	if json.Unmarshal(raw, &t) == nil {
		return t.Line()
	}
	var object struct {
		Code vendors.Text `json:"code"`
	}
	if json.Unmarshal(raw, &object) != nil {
		return ""
	}
	return object.Code.Line()
}
