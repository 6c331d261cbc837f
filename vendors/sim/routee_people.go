package sim

import (
	"fmt"
	"net/http"
	"slices"
)

// routeeContact is a person in the account's address book.
type routeeContact struct {
	id, phone             string
	first, last, mail     string
	vip                   bool
	groups                []string
	labelNames, labelText []string
}

// labelValues are the values for the tokens in a text; a nil contact has none.
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

// RouteeContactPhone is the phone (E.164 with +) of the n-th seeded contact: Greek, every tenth
// Cypriot.
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
	row := contactRow{k.id, k.first, k.last, "+" + k.phone, k.mail, countryOf(k.phone), k.vip,
		append([]string{}, k.groups...), []string{}, []routeeLabel{}}
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

// createContact is POST /contacts/my. The conflict for a known number, and its code, are guesses.
func (v *routee) createContact(c *call) reply {
	phone, ok := mobile(c.params.text("mobile"))
	switch {
	case !ok:
		return *wrongField("mobile", "The mobile number is not valid.")
	case v.contactOf(phone) != nil:
		return routeeNo(http.StatusConflict, "409002001", "A contact with this mobile number exists.")
	}
	k := &routeeContact{id: uuid(throw(v.seed, "routee", "contact", phone)), phone: phone}
	k.update(c.params)
	v.contacts = append(v.contacts, k)
	return reply{status: http.StatusCreated, body: v.rowOfContact(k)}
}

// update sets the fields that a call contains and leaves the others.
func (k *routeeContact) update(p params) {
	for field, value := range map[string]*string{"firstName": &k.first, "lastName": &k.last, "email": &k.mail} {
		if p[field] != nil {
			*value = p.text(field)
		}
	}
	if p["vip"] != nil {
		k.vip = p.text("vip") == "1" || p.text("vip") == "true"
	}
	if p["labels"] == nil {
		return
	}
	k.labelNames, k.labelText = nil, nil
	for _, item := range list(p["labels"]) {
		k.labelNames = append(k.labelNames, object(item).text("name"))
		k.labelText = append(k.labelText, object(item).text("value"))
	}
}

// updateContact is PUT /contacts/my/{id}.
func (v *routee) updateContact(c *call) reply {
	k := v.contact(c.last())
	if k == nil {
		return noContact()
	}
	if phone, ok := mobile(c.params.text("mobile")); ok {
		k.phone = phone
	}
	k.update(c.params)
	return fine(v.rowOfContact(k))
}

func (v *routee) deleteContact(c *call) reply {
	k := v.contact(c.last())
	if k == nil {
		return noContact()
	}
	v.forget(k.id)
	return fine(v.rowOfContact(k))
}

// deleteContacts is DELETE /contacts/my, with the ids in the body.
func (v *routee) deleteContacts(c *call) reply {
	before := len(v.contacts)
	for _, id := range contactIDs(c.params) {
		v.forget(id)
	}
	return fine(updated(before - len(v.contacts)))
}

func (v *routee) forget(id string) {
	v.contacts = slices.DeleteFunc(v.contacts, func(k *routeeContact) bool { return k.id == id })
	v.blacklist = slices.DeleteFunc(v.blacklist, func(blocked string) bool { return blocked == id })
}

// hasContact is HEAD /contacts/my/mobile?value=: 200 or 404. A plus that the client has not escaped
// arrives as a space.
func (v *routee) hasContact(c *call) reply {
	phone, _ := phoneDigits(c.params["value"])
	if v.contactOf(phone) == nil {
		return noContact()
	}
	return fine(struct{}{})
}
