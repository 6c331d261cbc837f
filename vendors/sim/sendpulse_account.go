package sim

import (
	"fmt"
	"slices"
	"strings"
)

// senderName is a sender in SendPulse's format.
type senderName struct {
	ID          int64   `json:"id"`
	Status      string  `json:"status"`
	Name        string  `json:"name"`
	ServiceType string  `json:"service_type"`
	WebSite     string  `json:"web_site"`
	Description string  `json:"description"`
	Country     string  `json:"country"`
	TrafficType string  `json:"traffic_type"`
	Comment     *string `json:"admin_comment"`
}

func (v *sendPulse) sender(id int64) (senderName, bool) {
	i := slices.IndexFunc(v.senders, func(s senderName) bool { return s.ID == id })
	if i < 0 {
		return senderName{}, false
	}
	return v.senders[i], true
}

func (v *sendPulse) listSenders(*call) reply { return fine(slices.Clone(v.senders)) }

func (v *sendPulse) oneSender(c *call) reply {
	s, ok := v.sender(c.id(0))
	if !ok {
		return notFound("Sender not found")
	}
	return fine(s)
}

// blocked is one entry of the blacklist.
type blocked struct {
	id                 int64
	phone, description string
	added              string
}

// listBlacklist is GET phone-exception: pages shorter than requested, and the total.
func (v *sendPulse) listBlacklist(c *call) reply {
	type row struct {
		ID          int64  `json:"id"`
		User        int64  `json:"user_id"`
		Phone       number `json:"phone"`
		Description string `json:"description"`
		Added       string `json:"add_date"`
	}
	type data struct {
		List  []row `json:"list"`
		Total int   `json:"total"`
	}
	rows := []row{}
	for _, b := range page(v.blacklist, c.params.numberOr("offset", 0), c.params.numberOr("limit", sendPulseBlackPage),
		sendPulseBlackPage) {
		rows = append(rows, row{b.id, sendPulseUser, number(b.phone), b.description, b.added})
	}
	return fine(struct {
		Data data `json:"data"`
	}{data{rows, len(v.blacklist)}})
}

// phones reads the phones of a blacklist change.
func (v *sendPulse) phones(c *call) ([]string, *reply) {
	var phones []string
	for _, value := range list(c.params["phones"]) {
		phone, ok := phoneDigits(value)
		if !ok {
			rep := invalid(422, "phones", "has an incorrect phone number: "+phone)
			return nil, &rep
		}
		phones = append(phones, phone)
	}
	if len(phones) == 0 {
		rep := invalid(400, "phones", "is required")
		return nil, &rep
	}
	return phones, nil
}

func (v *sendPulse) addToBlacklist(c *call) reply {
	phones, wrong := v.phones(c)
	if wrong != nil {
		return *wrong
	}
	var n struct {
		Added  int `json:"added"`
		Exists int `json:"exists"`
	}
	reason := c.params.text("description")
	for _, phone := range phones {
		if v.isBlocked(phone) {
			n.Exists++
			continue
		}
		n.Added++
		v.block(phone, reason, sendPulseDate(c.now))
		v.book.blacklisted(BlacklistChange{Vendor: "sendpulse", Account: SendPulseAccount, Phone: phone, Added: true,
			Reason: reason, At: c.now})
	}
	return fine(struct {
		Result   bool `json:"result"`
		Counters any  `json:"counters"`
	}{true, n})
}

func (v *sendPulse) block(phone, reason, added string) {
	v.blocks++
	v.blacklist = append(v.blacklist, blocked{v.blocks, phone, reason, added})
}

func (v *sendPulse) removeFromBlacklist(c *call) reply {
	phones, wrong := v.phones(c)
	if wrong != nil {
		return *wrong
	}
	deleted := 0
	for _, phone := range phones {
		i := slices.IndexFunc(v.blacklist, func(b blocked) bool { return b.phone == phone })
		if i < 0 {
			continue
		}
		v.blacklist = slices.Delete(v.blacklist, i, i+1)
		deleted++
		v.book.blacklisted(BlacklistChange{Vendor: "sendpulse", Account: SendPulseAccount, Phone: phone, At: c.now})
	}
	return fine(struct {
		Result  bool `json:"result"`
		Deleted int  `json:"deleted"`
	}{true, deleted})
}

// addressBook is a mailing list kept at SendPulse.
type addressBook struct {
	id      int64
	name    string
	created string
	phones  []string
}

func (v *sendPulse) addressBook(id int64) (addressBook, bool) {
	i := slices.IndexFunc(v.books, func(b addressBook) bool { return b.id == id })
	if i < 0 {
		return addressBook{}, false
	}
	return v.books[i], true
}

type bookRow struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	All      int    `json:"all_email_qty"`
	Active   int    `json:"active_email_qty"`
	Inactive int    `json:"inactive_email_qty"`
	Phones   int    `json:"active_phones_quantity"`
	New      int    `json:"new_phones_quantity"`
	Excluded int    `json:"exc_phones_quantity"`
	Created  string `json:"creationdate"`
	Status   int    `json:"status"`
	Explain  string `json:"status_explain"`
}

func (v *sendPulse) bookRow(b addressBook) bookRow {
	row := bookRow{ID: b.id, Name: b.name, Created: b.created, Explain: "Active"}
	for _, phone := range b.phones {
		if v.isBlocked(phone) {
			row.Excluded++
		} else {
			row.Phones++
		}
	}
	return row
}

func (v *sendPulse) listBooks(c *call) reply {
	rows := []bookRow{}
	for _, b := range page(v.books, c.params.numberOr("offset", 0), c.params.numberOr("limit", sendPulsePage),
		sendPulsePage) {
		rows = append(rows, v.bookRow(b))
	}
	return fine(rows)
}

// oneBook answers with a list of one, as the vendor does.
func (v *sendPulse) oneBook(c *call) reply {
	b, ok := v.addressBook(c.id(0))
	if !ok {
		return notFound("Address book not found")
	}
	return fine([]bookRow{v.bookRow(b)})
}

func (v *sendPulse) kopecks() string { return fmt.Sprintf("%d.%02d", v.money/100, v.money%100) }

// balance is GET /balance[/{currency}]; the account has one currency.
func (v *sendPulse) balance(c *call) reply {
	if wanted, ok := strings.CutPrefix(c.path, "/balance/"); ok && !strings.EqualFold(wanted, sendPulseCurrency) {
		return invalid(422, "currency", "is not a currency of this account")
	}
	return fine(struct {
		Currency string `json:"currency"`
		Balance  string `json:"balance_currency"`
	}{sendPulseCurrency, v.kopecks()})
}

func (v *sendPulse) balanceDetail(*call) reply {
	type purse struct {
		Main     string `json:"main"`
		Bonus    string `json:"bonus"`
		Currency string `json:"currency"`
	}
	return fine(struct {
		Balance purse `json:"balance"`
	}{purse{v.kopecks(), "0.00", sendPulseCurrency}})
}
