package sim

import (
	"fmt"
	"slices"
	"strconv"
)

// subscriberList is a list of contacts kept at sms.by.
type subscriberList struct {
	id     int64
	name   string
	phones []string
}

// maxImport is how many contacts importContacts accepts.
const maxImport = 500

func (v *smsby) list(id string) (*subscriberList, bool) {
	for _, l := range v.lists {
		if strconv.FormatInt(l.id, 10) == id {
			return l, true
		}
	}
	return nil, false
}

func (v *smsby) addList(name string, phones []string) *subscriberList {
	l := &subscriberList{id: 3434 + int64(len(v.lists)), name: name, phones: phones}
	v.lists = append(v.lists, l)
	return l
}

// listVibernames answers in the shape of the documented, similar method getAlphanames: an object of
// names by id.
func (v *smsby) listVibernames(*call) reply {
	names := map[string]string{}
	for _, n := range v.vibernames {
		names[strconv.FormatInt(n.id, 10)] = n.name
	}
	return smsbyAnswer(names)
}

func (v *smsby) subscriberLists(*call) reply {
	type row struct {
		ID    int64  `json:"list_id"`
		Name  string `json:"name"`
		Count int    `json:"count_subscribers"`
	}
	rows := []row{}
	for _, l := range v.lists {
		rows = append(rows, row{l.id, l.name, len(l.phones)})
	}
	return okay(rows)
}

func (v *smsby) createList(c *call) reply {
	name := c.params.text("name")
	if name == "" {
		return refuse("name is required")
	}
	return okay(struct {
		ID int64 `json:"list_id"`
	}{v.addList(name, nil).id})
}

// importContacts adds the phones of data to a list; field_names gives the column of the phone.
func (v *smsby) importContacts(c *call) reply {
	l, ok := v.list(c.params.text("list_id"))
	if !ok {
		return refuse("list not found")
	}
	rows := list(c.params["data"])
	if len(rows) == 0 || len(rows) > maxImport {
		return refuse("data must have from 1 to %d contacts", maxImport)
	}
	column := slices.IndexFunc(list(c.params["field_names"]), func(name any) bool { return text(name) == "phone" })
	if column < 0 {
		return refuse("field_names must include phone or email")
	}
	type problem struct {
		Index int    `json:"index"`
		Error string `json:"error_message"`
	}
	result := struct {
		Inserted int       `json:"inserted"`
		Updated  int       `json:"updated"`
		Invalid  int       `json:"invalid"`
		Log      []problem `json:"log"`
	}{Log: []problem{}}
	for i, row := range rows {
		var phone string
		cells := list(row)
		valid := column < len(cells)
		if valid {
			phone, valid = phoneDigits(cells[column])
		}
		switch {
		case !valid:
			result.Invalid++
			result.Log = append(result.Log, problem{i, fmt.Sprintf("incorrect phone number %s", phone)})
		case slices.Contains(l.phones, phone):
			result.Updated++
		default:
			result.Inserted++
			l.phones = append(l.phones, phone)
		}
	}
	return okay(result)
}

func (v *smsby) balance(*call) reply {
	type purse struct {
		Balance string `json:"balance"`
		Viber   string `json:"viber_balance"`
	}
	return smsbyAnswer(struct {
		Status   string  `json:"status"`
		Currency string  `json:"currency"`
		Result   []purse `json:"result"`
	}{"OK", smsbyCurrency, []purse{{"2.86600", euros(v.money)}}})
}

// limit is roughly the number of messages that the balance pays for.
func (v *smsby) limit(*call) reply {
	return smsbyAnswer(struct {
		Limit int64 `json:"limit"`
	}{v.money / smsbyPrice})
}
