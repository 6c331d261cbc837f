package sim

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"
)

// routeeContact is a person in the account's address book.
type routeeContact struct {
	id, phone             string
	first, last, mail     string
	vip                   bool
	groups                []string
	labelNames, labelText []string
}

// labelValues are what tokens in a text are filled with; a contact that is nil has none.
func (k *routeeContact) labelValues() map[string]string {
	if k == nil {
		return nil
	}
	values := map[string]string{"firstName": k.first, "lastName": k.last, "mobile": "+" + k.phone, "email": k.mail}
	for i, name := range k.labelNames {
		values[name] = k.labelText[i]
	}
	return values
}

// RouteeContact is the id of the n-th seeded contact, from 0 to 299; see RouteeContactPhone.
func RouteeContact(n int) string { return fmt.Sprintf("5f0c00000000000000%06d", n) }

// RouteeContactPhone is the phone (E.164 with +) of the n-th seeded contact: Greek, every tenth Cypriot.
func RouteeContactPhone(n int) string {
	if n%10 == 9 {
		return fmt.Sprintf("+35796%06d", n)
	}
	return fmt.Sprintf("+3069485%05d", n)
}

const routeeContacts = 300

func (v *routee) contact(id string) *routeeContact {
	i := slices.IndexFunc(v.contacts, func(k *routeeContact) bool { return k.id == id })
	if i < 0 {
		return nil
	}
	return v.contacts[i]
}

func (v *routee) contactOf(phone string) *routeeContact {
	i := slices.IndexFunc(v.contacts, func(k *routeeContact) bool { return k.phone == phone })
	if i < 0 {
		return nil
	}
	return v.contacts[i]
}

func (v *routee) members(group string) []*routeeContact {
	var members []*routeeContact
	for _, k := range v.contacts {
		if slices.Contains(k.groups, group) {
			members = append(members, k)
		}
	}
	return members
}

func (v *routee) isBlocked(k *routeeContact) bool { return slices.Contains(v.blacklist, k.id) }

type routeeLabel struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type contactRow struct {
	ID        string        `json:"id"`
	First     string        `json:"firstName"`
	Last      string        `json:"lastName"`
	Mobile    string        `json:"mobile"`
	Mail      string        `json:"email,omitempty"`
	Country   string        `json:"country"`
	VIP       bool          `json:"vip"`
	Groups    []string      `json:"groups"`
	Blacklist []string      `json:"blacklistedServices"`
	Labels    []routeeLabel `json:"labels"`
}

func (v *routee) rowOfContact(k *routeeContact) contactRow {
	row := contactRow{k.id, k.first, k.last, "+" + k.phone, k.mail, countryOf(k.phone), k.vip, append([]string{}, k.groups...), []string{}, []routeeLabel{}}
	if v.isBlocked(k) {
		row.Blacklist = append(row.Blacklist, "Viber")
	}
	for i, name := range k.labelNames {
		row.Labels = append(row.Labels, routeeLabel{name, k.labelText[i]})
	}
	return row
}

func (v *routee) listContacts(c *call) reply { return spring(c, v.contacts, v.rowOfContact) }

func noContact() reply {
	return routeeNo(http.StatusNotFound, "404002001", "The contact does not exist.")
}

func (v *routee) oneContact(c *call) reply {
	k := v.contact(c.last())
	if k == nil {
		return noContact()
	}
	return fine(v.rowOfContact(k))
}

// createContact is POST /contacts/my. That a known number is a conflict, and its code, is a guess.
func (v *routee) createContact(c *call) reply {
	phone, ok := mobile(c.params.text("mobile"))
	switch {
	case !ok:
		return *wrongField("mobile", "The mobile number is not valid.")
	case v.contactOf(phone) != nil:
		return routeeNo(http.StatusConflict, "409002001", "A contact with this mobile number exists.")
	}
	k := &routeeContact{
		id: uuid(throw(v.seed, "routee", "contact", phone)), phone: phone, first: c.params.text("firstName"), last: c.params.text("lastName"),
		mail: c.params.text("email"), vip: c.params.text("vip") == "1",
	}
	for _, item := range list(c.params["labels"]) {
		k.labelNames = append(k.labelNames, object(item).text("name"))
		k.labelText = append(k.labelText, object(item).text("value"))
	}
	v.contacts = append(v.contacts, k)
	return reply{status: http.StatusCreated, body: v.rowOfContact(k)}
}

func (v *routee) deleteContact(c *call) reply {
	k := v.contact(c.last())
	if k == nil {
		return noContact()
	}
	v.contacts = slices.DeleteFunc(v.contacts, func(other *routeeContact) bool { return other == k })
	v.blacklist = slices.DeleteFunc(v.blacklist, func(id string) bool { return id == k.id })
	return fine(v.rowOfContact(k))
}

// hasContact is HEAD /contacts/my/mobile?value=: 200 or 404. A plus that the client has not escaped arrives as a space.
func (v *routee) hasContact(c *call) reply {
	phone, _ := phoneDigits(c.params["value"])
	if v.contactOf(phone) == nil {
		return noContact()
	}
	return fine(struct{}{})
}

type groupRow struct {
	Name string `json:"name"`
	Size int    `json:"size"`
}

func (v *routee) rowOfGroup(name string) groupRow { return groupRow{name, len(v.members(name))} }

// listGroups is GET /groups/my: names alone, all at once.
func (v *routee) listGroups(*call) reply {
	type row struct {
		Name string `json:"name"`
	}
	rows := []row{}
	for _, name := range v.groups {
		rows = append(rows, row{name})
	}
	return fine(rows)
}

func (v *routee) pageGroups(c *call) reply { return spring(c, v.groups, v.rowOfGroup) }

func (v *routee) oneGroup(c *call) reply {
	if !slices.Contains(v.groups, c.last()) {
		return routeeNo(http.StatusNotFound, "404003001", "The group does not exist.")
	}
	return fine(v.rowOfGroup(c.last()))
}

func (v *routee) groupContacts(c *call) reply {
	name := strings.Split(c.path, "/")[3]
	if !slices.Contains(v.groups, name) {
		return routeeNo(http.StatusNotFound, "404003001", "The group does not exist.")
	}
	return spring(c, v.members(name), v.rowOfContact)
}

// createGroup is POST /groups/my; names have 2 to 30 characters. The code of the conflict is a guess.
func (v *routee) createGroup(c *call) reply {
	name := c.params.text("name")
	switch n := utf8.RuneCountInString(name); {
	case n < 2 || n > 30:
		return *wrongField("name", "The name must be between 2 and 30 characters.")
	case slices.Contains(v.groups, name):
		return routeeNo(http.StatusConflict, "409003001", "A group with this name exists.")
	}
	v.groups = append(v.groups, name)
	return reply{status: http.StatusCreated, body: v.rowOfGroup(name)}
}
