package sim

import (
	"net/http"
	"slices"
	"strings"
)

// listBlacklist is GET /contacts/my/blacklist/Viber: a bare list of contacts.
func (v *routee) listBlacklist(c *call) reply {
	if wrong := viberService(c); wrong != nil {
		return *wrong
	}
	rows := []contactRow{}
	for _, id := range v.blacklist {
		if k := v.contact(id); k != nil {
			rows = append(rows, v.rowOfContact(k))
		}
	}
	return fine(rows)
}

func viberService(c *call) *reply {
	if strings.EqualFold(c.last(), "Viber") {
		return nil
	}
	rep := routeeNo(http.StatusNotFound, "404000000", "The service is not known.")
	return &rep
}

// videoField is the name of the field with a video's address.
func (v *routee) videoField() string {
	if v.otherSpellings() {
		return "videoUrl"
	}
	return "videoURL"
}

// contactIDs reads contacts in every shape found on a page or in a library: {"contacts":["id"]},
// ["id"], [{"id":"id"}] and {"contacts":[{"id":"id"}]}.
func contactIDs(p params) []string {
	items := list(p["contacts"])
	if bare, ok := p[bareList]; ok {
		items = list(bare)
	}
	var ids []string
	for _, item := range items {
		id := text(item)
		if id == "" {
			id = object(item).text("id")
		}
		if id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

// listedIDs reads the contacts of a blacklist change: {"contacts":["id"]}, as on the vendor's page,
// or, among the other spellings, [{"id":"id"}], as in a library. Only one is accepted.
func (v *routee) listedIDs(p params) []string {
	var ids []string
	if v.otherSpellings() {
		for _, item := range list(p[bareList]) {
			if id := object(item).text("id"); id != "" {
				ids = append(ids, id)
			}
		}
		return ids
	}
	for _, item := range list(p["contacts"]) {
		if id := text(item); id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

func (v *routee) addToBlacklist(c *call) reply {
	return v.changeBlacklist(c, func(id string) bool {
		if slices.Contains(v.blacklist, id) {
			return false
		}
		v.blacklist = append(v.blacklist, id)
		return true
	}, true)
}

func (v *routee) removeFromBlacklist(c *call) reply {
	return v.changeBlacklist(c, func(id string) bool {
		before := len(v.blacklist)
		v.blacklist = slices.DeleteFunc(v.blacklist, func(other string) bool { return other == id })
		return len(v.blacklist) < before
	}, false)
}

// changeBlacklist changes the entries of the call's contacts: all of them or, if one is unknown,
// none.
func (v *routee) changeBlacklist(c *call, change func(id string) bool, added bool) reply {
	if wrong := viberService(c); wrong != nil {
		return *wrong
	}
	ids := v.listedIDs(c.params)
	if len(ids) == 0 {
		return *wrongField("contacts", "The contacts are required.")
	}
	for _, id := range ids {
		if v.contact(id) == nil {
			return noContact()
		}
	}
	n := 0
	for _, id := range ids {
		if change(id) {
			n++
			v.book.blacklisted(BlacklistChange{Vendor: "routee", Account: RouteeAccount, Phone: v.contact(id).phone,
				Added: added, At: c.now})
		}
	}
	return fine(updated(n))
}

// updated is the reply to a change of several entries.
func updated(n int) any {
	return struct {
		Updated int `json:"updated"`
	}{n}
}

// removeGroupsFromBlacklist is DELETE /contacts/my/blacklist/Viber/groups: the members of the named
// groups.
func (v *routee) removeGroupsFromBlacklist(c *call) reply {
	n := 0
	for _, group := range groupNames(c.params) {
		for _, k := range v.members(group) {
			if !v.isBlocked(k) {
				continue
			}
			n++
			v.blacklist = slices.DeleteFunc(v.blacklist, func(id string) bool { return id == k.id })
			v.book.blacklisted(BlacklistChange{Vendor: "routee", Account: RouteeAccount, Phone: k.phone, At: c.now})
		}
	}
	return fine(updated(n))
}

type routeeCurrency struct {
	Code string `json:"code"`
	Name string `json:"name"`
	Sign string `json:"sign"`
}

// balance is GET /accounts/me/balance.
func (v *routee) balance(*call) reply {
	return fine(struct {
		Balance  amount         `json:"balance"`
		Currency routeeCurrency `json:"currency"`
	}{amount(v.money), routeeCurrency{"EUR", "Euro", "€"}})
}

// transactions is GET /accounts/me/transactions: the costs of campaigns, newest first. The shape of
// a row is a guess.
func (v *routee) transactions(c *call) reply {
	type row struct {
		ID      string `json:"id"`
		Type    string `json:"type"`
		Amount  amount `json:"amount"`
		Created string `json:"createdAt"`
	}
	var all []*routeeCampaign
	for _, m := range v.campaigns {
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b *routeeCampaign) int {
		if order := b.created.Compare(a.created); order != 0 {
			return order
		}
		return strings.Compare(a.id, b.id)
	})
	return spring(c, all, func(m *routeeCampaign) row {
		return row{m.id, "ViberCampaign", amount(m.cost), routeeDate(m.created)}
	})
}

// prices is GET /system/prices?service=Viber&mcc&mnc. The shape of its reply is a guess.
func (v *routee) prices(c *call) reply {
	type network struct {
		MNC   string `json:"mnc"`
		Name  string `json:"network"`
		Price amount `json:"price"`
	}
	type country struct {
		MCC      string    `json:"mcc"`
		Country  string    `json:"country"`
		ISO      string    `json:"iso"`
		Networks []network `json:"networks"`
	}
	if service := c.params.text("service"); service != "" && !strings.EqualFold(service, "Viber") {
		return *wrongField("service", "The service is not known.")
	}
	all := []country{
		{"202", "Greece", "GR", []network{{"01", "Example Mobile", amount(routeePrice("30", true))},
			{"05", "Sample Telecom", amount(routeePrice("30", true))}}},
		{"280", "Cyprus", "CY", []network{{"01", "Example Mobile", amount(routeePrice("357", true))}}},
		{"257", "Belarus", "BY", []network{{"01", "Example Mobile", amount(routeePrice("375", true))}}},
	}
	wanted := slices.DeleteFunc(all, func(in country) bool {
		mcc, mnc := c.params.text("mcc"), c.params.text("mnc")
		return mcc != "" && in.MCC != mcc || mnc != "" &&
			!slices.ContainsFunc(in.Networks, func(n network) bool { return n.MNC == mnc })
	})
	return fine(struct {
		Viber    []country      `json:"viber"`
		Currency routeeCurrency `json:"currency"`
	}{wanted, routeeCurrency{"EUR", "Euro", "€"}})
}
