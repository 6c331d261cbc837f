package sim

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// found returns one page of the results of a find method.
func found[T, R any](a *arguments, items []T, row func(T) R) reply {
	offset, limit := a.numberOr("offset", 0), a.numberOr("limit", wooxyPage)
	rows := []R{}
	for _, item := range page(items, offset, limit, wooxyMostPage) {
		rows = append(rows, row(item))
	}
	return wooxyFine(struct {
		Result bool  `json:"result"`
		Data   []R   `json:"data"`
		Total  int   `json:"totalCount"`
		Offset int64 `json:"offset"`
		Limit  int64 `json:"limit"`
	}{true, rows, len(items), offset, limit})
}

type contactListRow struct {
	Name      string   `json:"contactListName"`
	ID        string   `json:"contactListId"`
	DomainID  string   `json:"domainId"`
	Domain    string   `json:"domain"`
	Default   string   `json:"isDefault"`
	Contacts  int      `json:"contactsCount"`
	Created   string   `json:"createdAt"`
	Updated   string   `json:"updatedAt"`
	Variables []string `json:"customVariables"`
	Own       []string `json:"defaultVariables"`
}

func rowOfList(l contactList) contactListRow {
	standard := "0"
	if l.standard {
		standard = "1"
	}
	return contactListRow{l.name, l.id, wooxyDomainID, WooxyDomain, standard, l.size, l.created, l.created,
		[]string{"name"}, []string{"email", "phoneNumber", "userId"}}
}

// findLists is POST /v3/contact-list/find.
func (v *wooxy) findLists(c *call) reply {
	a := &arguments{params: c.params}
	if !a.given("domainId") && !a.given("domain") && !a.given("contactListId") {
		return wooxyRefuse("Argument domainId required")
	}
	matching := slices.DeleteFunc(slices.Clone(v.lists), func(l contactList) bool {
		return a.given("contactListId") && a.text("contactListId") != l.id ||
			a.given("domain") && a.text("domain") != WooxyDomain || a.given("domainId") &&
			a.text("domainId") != wooxyDomainID
	})
	return found(a, matching, rowOfList)
}

// oneList is POST /v3/contact-list/get.
func (v *wooxy) oneList(c *call) reply {
	a := &arguments{params: c.params}
	id := a.word("contactListId", true)
	i := slices.IndexFunc(v.lists, func(l contactList) bool { return l.id == id })
	switch {
	case len(a.problems) > 0:
		return wooxyRefuse(a.problems...)
	case i < 0:
		return wooxyRefuse("Contact list with id " + id + " not found")
	}
	return wooxyFine(struct {
		Result bool           `json:"result"`
		Data   contactListRow `json:"data"`
	}{true, rowOfList(v.lists[i])})
}

// oneContact is POST /v3/contact/get; only its existence is documented.
func (v *wooxy) oneContact(c *call) reply {
	a := &arguments{params: c.params}
	id, contact := a.word("contactListId", true), a.word("contact", true)
	i := slices.IndexFunc(v.lists, func(l contactList) bool { return l.id == id })
	switch {
	case len(a.problems) > 0:
		return wooxyRefuse(a.problems...)
	case i < 0:
		return wooxyRefuse("Contact list with id " + id + " not found")
	}
	person, ok := v.lists[i].find(contact)
	if !ok {
		return wooxyRefuse("Contact not found")
	}
	return wooxyFine(struct {
		Result bool              `json:"result"`
		Active bool              `json:"isActive"`
		Data   map[string]string `json:"data"`
	}{true, v.active(person), listVariables(person)})
}

// findDomains is POST /v3/domain/find; the account has one domain. Only the existence of the method
// is documented.
func (v *wooxy) findDomains(c *call) reply {
	type row struct {
		ID       string `json:"domainId"`
		Domain   string `json:"domain"`
		Verified bool   `json:"isVerified"`
	}
	return found(&arguments{params: c.params}, []row{{wooxyDomainID, WooxyDomain, true}}, func(r row) row { return r })
}

// accountInfo is POST /v3/account/info.
func (v *wooxy) accountInfo(*call) reply {
	return wooxyFine(struct {
		Result  bool   `json:"result"`
		Name    string `json:"accountName"`
		Balance string `json:"accountBalance"`
	}{true, "Example Loyalty", fmt.Sprintf("%d.%04d", v.money/wooxyUnits, v.money%wooxyUnits)})
}

// wooxyBlocked is one entry of the Viber blacklist; entries of people who are going to block the
// sender have a future time.
type wooxyBlocked struct {
	phone, reject, source, log string
	created                    time.Time
}

func (v *wooxy) isBlocked(phone string, now time.Time) bool {
	return slices.ContainsFunc(v.blacklist, func(b wooxyBlocked) bool {
		return b.phone == phone && !b.created.After(now)
	})
}

const wooxyLogSize = 1024

// addToBlacklist is POST /v3/viber/blacklist/add: at most 100 records, known ones ignored.
func (v *wooxy) addToBlacklist(c *call) reply {
	records, isList := c.params["records"].([]any)
	switch {
	case c.params["records"] == nil:
		return wooxyRefuse("Argument records required")
	case !isList || len(records) == 0:
		return wooxyRefuse("Argument records must be a non-empty array")
	case len(records) > wooxyContacts:
		return wooxyRefuse("Amount of records must be less or equal 100")
	}
	var fresh []wooxyBlocked
	for _, record := range records {
		r := object(record)
		phone, ok := phoneDigits(r["phoneNumber"])
		reject := r.text("rejectType")
		switch {
		case !ok:
			return wooxyRefuse("Argument phoneNumber must be a valid phone number")
		case reject != "spam" && reject != "invalid":
			return wooxyRefuse("Argument rejectType must be in [spam, invalid]")
		case len([]rune(r.text("rawLog"))) > wooxyLogSize:
			return wooxyRefuse("Argument rawLog must be 1024 characters or less")
		}
		fresh = append(fresh, wooxyBlocked{phone, reject, "api", r.text("rawLog"), c.now})
	}
	for _, b := range fresh {
		if v.isBlocked(b.phone, c.now) {
			continue
		}
		v.blacklist = append(v.blacklist, b)
		v.book.blacklisted(BlacklistChange{Vendor: "wooxy", Account: WooxyAccount, Phone: b.phone, Added: true,
			Reason: b.log, At: c.now})
	}
	return wooxyDone()
}

// findInBlacklist is POST /v3/viber/blacklist/find. Whether it lists everything if called without a
// phone is unknown; here it does.
func (v *wooxy) findInBlacklist(c *call) reply {
	type row struct {
		Phone   string `json:"phoneNumber"`
		Reject  string `json:"rejectType"`
		Source  string `json:"source"`
		Created string `json:"createdAt"`
		Log     string `json:"rawLog"`
	}
	phone, _ := phoneDigits(c.params["phoneNumber"])
	matching := slices.DeleteFunc(slices.Clone(v.blacklist), func(b wooxyBlocked) bool {
		return b.created.After(c.now) || c.params.given("phoneNumber") && b.phone != phone ||
			c.params.given("rejectType") && b.reject != c.params.text("rejectType") || c.params.given("source") &&
			b.source != c.params.text("source")
	})
	return found(&arguments{params: c.params}, matching, func(b wooxyBlocked) row {
		return row{"+" + b.phone, b.reject, b.source, wooxyDate(b.created), b.log}
	})
}

func wooxyDate(t time.Time) string { return t.UTC().Format(wooxyTime) }

// removeFromBlacklist is POST /v3/viber/blacklist/remove, a guess based on the phone blacklist.
func (v *wooxy) removeFromBlacklist(c *call) reply {
	a := &arguments{params: c.params}
	phone, _ := phoneDigits(a.word("phoneNumber", true))
	switch {
	case len(a.problems) > 0:
		return wooxyRefuse(a.problems...)
	case !v.isBlocked(phone, c.now):
		return wooxyRefuse("Contact not found")
	}
	v.blacklist = slices.DeleteFunc(v.blacklist,
		func(b wooxyBlocked) bool { return b.phone == phone && !b.created.After(c.now) })
	v.book.blacklisted(BlacklistChange{Vendor: "wooxy", Account: WooxyAccount, Phone: phone, At: c.now})
	return wooxyDone()
}

// createTag is POST /v3/tags/create. The documents name these three methods without their
// arguments.
func (v *wooxy) createTag(c *call) reply {
	a := &arguments{params: params{"tags": []any{c.params["name"]}}}
	names := a.tagNames()
	if len(a.problems) > 0 {
		return wooxyRefuse(a.problems...)
	}
	if !slices.Contains(v.tags, names[0]) {
		v.tags = append(v.tags, names[0])
	}
	return wooxyDone()
}

func (v *wooxy) listTags(c *call) reply {
	return found(&arguments{params: c.params}, v.tags, strings.Clone)
}

func (v *wooxy) removeTag(c *call) reply {
	a := &arguments{params: c.params}
	name := a.word("name", true)
	v.registered(a, []string{name})
	if len(a.problems) > 0 {
		return wooxyRefuse(a.problems...)
	}
	v.tags = slices.DeleteFunc(v.tags, func(tag string) bool { return tag == name })
	return wooxyDone()
}
