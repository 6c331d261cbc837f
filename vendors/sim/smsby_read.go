package sim

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// statusBulk is v1 statusBulkViber: a bare array that mixes mailings and errors.
func (v *smsby) statusBulk(c *call) reply {
	request, ok := v.bulk[c.params.text("uuid")]
	if !ok {
		return refuse("not found")
	}
	type delivery struct {
		ID    int64  `json:"delivery_id"`
		Phone string `json:"phone"`
		State string `json:"status"`
		Since string `json:"status_time"`
	}
	type done struct {
		MessageID int64      `json:"message_id"`
		Name      string     `json:"name"`
		Alphaname int64      `json:"alphaname_id"`
		Success   []delivery `json:"success"`
	}
	type wrong struct {
		Errors []string `json:"errors"`
	}
	elements := []any{}
	for _, m := range request.mailings {
		e := done{MessageID: m.id, Name: m.name, Alphaname: m.sender}
		for i, p := range m.people {
			word, _, since := v.state(m, i, c.now)
			e.Success = append(e.Success, delivery{
				m.firstDelivery + int64(i), p.phone, word, since.In(minsk).Format(smsbyBulkTime)})
		}
		elements = append(elements, e)
	}
	for _, e := range request.errors {
		elements = append(elements, wrong{[]string{e}})
	}
	return smsbyAnswer(elements)
}

// deliveryData is v2 getViberDeliveryData, for quick messages only.
func (v *smsby) deliveryData(c *call) reply {
	m, ok := v.mailing(c)
	if !ok || !m.quick {
		return refuse("not found")
	}
	word, code, _ := v.state(m, 0, c.now)
	return okay(struct {
		Phone string `json:"phone"`
		State string `json:"status"`
		Code  int    `json:"error_code"`
	}{m.people[0].phone, word, code})
}

// mailingRow is a mailing in getViberMessages and getViberMessageData.
type mailingRow struct {
	ID       int64  `json:"message_id"`
	Kind     string `json:"message_type"`
	Text     string `json:"message"`
	Caption  string `json:"button_caption"`
	Link     string `json:"button_link"`
	Image    string `json:"image_file"`
	State    string `json:"status"`
	Created  string `json:"d_create"`
	Schedule string `json:"d_schedule"`
	Cost     string `json:"cost"`
}

func rowOf(m *mailing, now time.Time) mailingRow {
	image := m.image
	if image == uploaded {
		image = fmt.Sprintf("viber_%d.jpg", m.id)
	}
	return mailingRow{
		m.id, m.kind, m.text, m.caption, m.link, image, m.status(now),
		m.created.In(minsk).Format(smsbyTime), m.leaves.In(minsk).Format(smsbyTime),
		euros(m.cost()) + " " + smsbyCurrency,
	}
}

// messages is v2 getViberMessages, oldest first as in the document's example.
func (v *smsby) messages(c *call) reply {
	rows := []mailingRow{}
	for _, m := range page(v.mailings, c.params.numberOr("limit_offset", 0), c.params.numberOr("limit_rows", 100),
		1000) {
		rows = append(rows, rowOf(m, c.now))
	}
	return okay(rows)
}

func (v *smsby) messageData(c *call) reply {
	m, ok := v.mailing(c)
	if !ok {
		return refuse("not found")
	}
	return okay(rowOf(m, c.now))
}

// deliveryList is v2 getViberDeliveryList: all people at once, however many.
func (v *smsby) deliveryList(c *call) reply {
	m, ok := v.mailing(c)
	if !ok {
		return refuse("not found")
	}
	type delivery struct {
		ID    int64  `json:"delivery_id"`
		Phone string `json:"phone"`
		State string `json:"status"`
		Code  int    `json:"error_code"`
	}
	rows := make([]delivery, len(m.people))
	for i, p := range m.people {
		word, code, _ := v.state(m, i, c.now)
		rows[i] = delivery{m.firstDelivery + int64(i), p.phone, word, code}
	}
	return okay(rows)
}

// incoming is one reply that has arrived. Its id is derived from the delivery's: a person replies
// at most twice.
type incoming struct {
	id    int64
	phone string
	text  string
	at    time.Time
}

func replyID(delivery int64, n int) int64 { return delivery*2 + int64(n) }

// arrived lists the replies to the i-th message of a mailing so far.
func (v *smsby) arrived(m *mailing, i int, now time.Time) []incoming {
	var replies []incoming
	if !m.confirmed {
		return nil
	}
	left := v.left(m, i)
	for n, a := range v.fate(m, i).answers {
		if at := v.clock.after(left, a.after); !left.After(now) && !at.After(now) {
			replies = append(replies, incoming{replyID(m.firstDelivery+int64(i), n), m.people[i].phone, a.text, at})
		}
	}
	return replies
}

// newIncoming is v2 getNewIncomingMessages: the unread replies to one mailing, in the order of
// arrival.
func (v *smsby) newIncoming(c *call) reply {
	m, ok := v.mailing(c)
	if !ok {
		return refuse("not found")
	}
	var unread []incoming
	for i := range m.people {
		for _, r := range v.arrived(m, i, c.now) {
			if !v.marked[r.id] {
				unread = append(unread, r)
			}
		}
	}
	slices.SortStableFunc(unread, func(a, b incoming) int { return a.at.Compare(b.at) })
	type row struct {
		ID    string `json:"id"`
		Phone string `json:"phone"`
		Text  string `json:"message"`
		At    string `json:"d_receiver"`
	}
	rows := make([]row, len(unread))
	for i, r := range unread {
		rows[i] = row{strconv.FormatInt(r.id, 10), r.phone, r.text, r.at.In(minsk).Format(smsbyTime)}
	}
	return okay(rows)
}

// markRead is v2 readResponseStatus: it flags exactly the ids that have arrived and are unread, and
// counts them.
func (v *smsby) markRead(c *call) reply {
	ids := list(c.params["incoming_messages"])
	if len(ids) == 0 {
		return refuse("incoming_messages is required")
	}
	flagged := 0
	for _, value := range ids {
		id, err := strconv.ParseInt(strings.TrimSpace(text(value)), 10, 64)
		if err != nil || v.marked[id] {
			continue
		}
		if r, ok := v.reply(id, c.now); ok {
			v.marked[id] = true
			flagged++
			v.book.read(ReadMark{Vendor: "smsby", Account: SMSByAccount, ReplyID: strconv.FormatInt(id, 10),
				Phone: r.phone, At: c.now})
		}
	}
	return okay(fmt.Sprintf("Number of flagged messages: %d", flagged))
}

// reply finds a reply that has arrived by its id.
func (v *smsby) reply(id int64, now time.Time) (incoming, bool) {
	delivery := id / 2
	for _, m := range v.mailings {
		if i := delivery - m.firstDelivery; i >= 0 && i < int64(len(m.people)) {
			for _, r := range v.arrived(m, int(i), now) {
				if r.id == id {
					return r, true
				}
			}
		}
	}
	return incoming{}, false
}
