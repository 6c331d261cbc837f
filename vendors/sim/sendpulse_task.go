package sim

import (
	"slices"
	"strings"
	"time"
)

// task is one Viber campaign at SendPulse.
type task struct {
	id                   int64
	name, text           string
	caption, link, image string
	book                 int64 // 0: phones listed individually
	sender               senderName
	lifetime             time.Duration
	created, sendAt      time.Time
	moderated            time.Duration // how long the moderation takes
	stuck                bool          // moderation never ends
	oddStatus            string        // an undocumented status
	stretch              time.Duration
	sms                  *smsFallback
	phones               []string
	barred               map[string]bool // was on the blacklist when the campaign was created
	circumstances        circumstances
}

// smsFallback is the resend_sms of a campaign.
type smsFallback struct {
	text, sender string
}

// leaves is when the first message goes out: the send date, or the end of moderation if that is
// later.
func (v *sendPulse) leaves(t *task) time.Time {
	return later(t.sendAt, v.clock.after(t.created, t.moderated))
}

// left is when the i-th message goes out; gradual sending spreads them.
func (v *sendPulse) left(t *task, i int) time.Time {
	return v.leaves(t).Add(t.stretch * time.Duration(i) / time.Duration(len(t.phones)))
}

// status is the campaign's word, "" for null: moderation, null until the send date, send while it
// is being sent, sent.
func (v *sendPulse) status(t *task, now time.Time) string {
	switch {
	case t.oddStatus != "":
		return t.oddStatus
	case t.stuck || now.Before(v.clock.after(t.created, t.moderated)):
		return "moderation"
	case now.Before(v.leaves(t)):
		return ""
	case now.Before(v.left(t, len(t.phones)-1)):
		return "send"
	}
	return "sent"
}

func (v *sendPulse) state(t *task, i int, now time.Time) (stage, time.Time) {
	if t.stuck {
		return waiting, t.created
	}
	left := v.left(t, i)
	if t.barred[t.phones[i]] && !now.Before(left) {
		return failed, left
	}
	return fateOf(v.seed, "sendpulse", t.name, t.phones[i], t.circumstances).at(v.clock, left, now)
}

// word is SendPulse's word for a stage; empty means null.
func (v *sendPulse) word(reached stage, i int) string {
	if v.drill() && i%11 == 7 && reached >= delivered {
		return "delivered to a parallel world"
	}
	switch reached {
	case accepted, sent:
		return "send"
	case delivered:
		return "delivered"
	case read:
		return []string{"delivered and read", "delivered and opened"}[i%2]
	case clicked:
		return "delivered, read and a clickthrough followed"
	case undelivered, expired:
		return "not delivered"
	case failed:
		return "error"
	}
	return ""
}

// null returns a string, or JSON null if it is empty.
func null(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func (v *sendPulse) task(id int64) *task {
	for _, t := range v.tasks {
		if t.id == id {
			return t
		}
	}
	return nil
}

// taskRow holds the fields that the list and the statistics of a campaign share.
type taskRow struct {
	ID       int64   `json:"id"`
	Name     string  `json:"name"`
	Text     *string `json:"message"`
	Caption  *string `json:"button_text"`
	Link     *string `json:"button_link"`
	Image    *string `json:"image_link"`
	Sender   string  `json:"sender_name"`
	SenderID int64   `json:"sender_id"`
	Lifetime int     `json:"message_live_time"`
	SendAt   string  `json:"send_date"`
	Status   *string `json:"status"`
	Created  string  `json:"created"`
}

func (v *sendPulse) row(t *task, now time.Time) taskRow {
	return taskRow{
		t.id, t.name, null(t.text), null(t.caption), null(t.link), null(t.image), t.sender.Name, t.sender.ID,
		int(t.lifetime.Seconds()), sendPulseDate(t.sendAt), null(v.status(t, now)), sendPulseDate(t.created),
	}
}

// list is GET /viber/task, newest first, at most 100 a page.
func (v *sendPulse) list(c *call) reply {
	type row struct {
		taskRow
		Book *int64 `json:"address_book"`
	}
	newest := slices.Clone(v.tasks)
	slices.Reverse(newest)
	rows := []row{}
	for _, t := range page(newest, c.params.numberOr("offset", 0), c.params.numberOr("limit", sendPulsePage),
		sendPulsePage) {
		r := row{taskRow: v.row(t, c.now)}
		if t.book != 0 || t.id%2 == 1 { // phones entered by hand are null or 0, as in the document's example
			r.Book = &t.book
		}
		rows = append(rows, r)
	}
	return fine(rows)
}

func sendPulseDate(t time.Time) string { return t.UTC().Format(sendPulseTime) }

// counts are the figures of a campaign. Read is a part of delivered, delivered and undelivered are
// parts of sent.
type counts struct {
	Sent        int `json:"sent"`
	Delivered   int `json:"delivered"`
	Read        int `json:"read"`
	Redirected  int `json:"redirected"`
	Undelivered int `json:"undelivered"`
	Errors      int `json:"errors"`
}

func (n *counts) add(reached stage) {
	switch reached {
	case waiting:
		return
	case failed:
		n.Errors++
		return
	case delivered, read, clicked:
		n.Delivered++
	case undelivered, expired:
		n.Undelivered++
	}
	n.Sent++
	if reached == read || reached == clicked {
		n.Read++
	}
	if reached == clicked {
		n.Redirected++
	}
}

// statistics is GET /viber/task/{id}.
func (v *sendPulse) statistics(c *call) reply {
	t := v.task(c.id(0))
	if t == nil {
		return notFound("Campaign not found")
	}
	var n counts
	for i := range t.phones {
		reached, _ := v.state(t, i, c.now)
		n.add(reached)
	}
	var books []int64
	if t.book != 0 {
		books = []int64{t.book}
	}
	var resent *int
	if t.sms != nil {
		stateOfSMS := 1
		if v.status(t, c.now) == "sent" {
			stateOfSMS = 2
		}
		resent = &stateOfSMS
	}
	return fine(struct {
		taskRow
		Books     []int64 `json:"address_book_ids"`
		Stretch   int     `json:"stretch_time"`
		SMS       bool    `json:"resend_sms"`
		SMSState  *int    `json:"resend_sms_status"`
		Statistic counts  `json:"statistic"`
	}{v.row(t, c.now), books, int(t.stretch.Hours()), t.sms != nil, resent, n})
}

// recipients is GET /viber/task/{id}/recipients: all at once, as no paging is documented.
func (v *sendPulse) recipients(c *call) reply {
	t := v.task(c.id(1))
	if t == nil {
		return notFound("Campaign not found")
	}
	type row struct {
		Phone    number  `json:"phone"`
		Book     *int64  `json:"address_book_id"`
		Status   *string `json:"status"`
		SendAt   string  `json:"send_date"`
		Price    float64 `json:"price"`
		Currency string  `json:"currency"`
		Updated  string  `json:"last_update"`
	}
	rows := make([]row, len(t.phones))
	for i, phone := range t.phones {
		reached, since := v.state(t, i, c.now)
		rows[i] = row{
			Phone: number(phone), Status: null(v.word(reached, i)), SendAt: sendPulseDate(v.left(t, i)),
			Currency: sendPulseCurrency, Updated: sendPulseDate(later(since, t.created)),
		}
		if reached == waiting {
			rows[i].Updated = sendPulseDate(t.created)
		} else if reached != failed {
			rows[i].Price = float64(sendPulsePrice) / 100
		}
		if t.book != 0 {
			rows[i].Book = &t.book
		}
	}
	return fine(struct {
		ID   int64 `json:"task_id"`
		Rows []row `json:"recipients"`
	}{t.id, rows})
}

// number is a text of digits that is encoded as a JSON number.
type number string

func (n number) MarshalJSON() ([]byte, error) { return []byte(strings.TrimLeft(string(n), "0")), nil }
