package sim

import (
	"fmt"
	"time"
)

// seedHistory fills the account: sender names in every state, a blacklist longer than a page,
// address books and, unless it is young, campaigns.
func (v *sendPulse) seedHistory() {
	v.senders = []senderName{
		v.seededSender(4495, "verified", "EXAMPLE SHOP",
			"Your name has been approved, thank you for choosing our service."),
		v.seededSender(4501, "verified", "Приклад", ""),
		v.seededSender(4647, "pending", "Example Clinic", ""),
		v.seededSender(4650, "rejected", "VIP-Bonus",
			"The web site does not open. Please send a link to your service."),
	}
	if v.drill() {
		v.senders = append(v.senders, v.seededSender(4666, "on hold by \x1b[31mViber\x1b[0m", "Evil\u202eeman",
			"Wait\x07"))
	}
	start := v.clock.start
	bans := 64
	if v.busy() {
		bans = 530
	}
	reasons := []string{"", "asked by phone", "СТОП", "invalid number", "скарга"}
	d := throw(v.seed, "sendpulse", "blacklist")
	for i, phone := range people(d, ukraine, bans) {
		v.block(phone, reasons[d.pick(len(reasons))], sendPulseDate(start.Add(-time.Duration(bans-i)*7*time.Hour)))
	}
	for i, size := range []int{3, 180, 0} {
		name := []string{"Постійні покупці", "Newsletter UA", "Empty book"}[i]
		v.books = append(v.books, addressBook{1488435 + int64(i), name, sendPulseDate(start.Add(-900 * time.Hour)),
			people(throw(v.seed, "book", name), ukraine, size)})
	}
	if !v.young {
		v.seedCampaigns()
	}
}

// seedCampaigns adds campaigns that are finished, under way, in moderation and scheduled.
func (v *sendPulse) seedCampaigns() {
	start, count := v.clock.start, 15
	if v.busy() {
		count = 265
	}
	const future = 4 // moderation, moderation forever, scheduled, scheduled soon (null)
	past := count - future
	for i := range past {
		v.seeded(i, start.Add(-ageOf(past-1-i, past, 60*24*time.Hour)))
	}
	v.seeded(past, start.Add(-30*time.Second)).moderated = 3 * time.Minute
	v.seeded(past+1, start.Add(-20*time.Second)).stuck = true
	scheduled := v.seeded(past+2, start.Add(-10*time.Second))
	scheduled.moderated, scheduled.sendAt = 0, start.Add(26*time.Hour).Truncate(time.Hour)
	soon := v.seeded(past+3, start.Add(-5*time.Second))
	soon.moderated, soon.sendAt = 0, start.Add(4*time.Minute).Truncate(time.Minute)
}

func (v *sendPulse) seededSender(id int64, status, name, comment string) senderName {
	return senderName{
		ID: id, Status: status, Name: name, ServiceType: "Online shop", WebSite: "https://shop.example.com",
		Description: "We tell our customers about orders and offers", Country: "UA", TrafficType: "Public information",
		Comment: null(comment),
	}
}

func (v *sendPulse) seeded(n int, at time.Time) *task {
	d := throw(v.seed, "sendpulse", "campaign", fmt.Sprint(n))
	s := storyAt(n)
	at = at.Truncate(time.Second)
	t := &task{
		name: s.name, text: s.text, caption: s.caption, link: s.link, image: s.image, sender: v.senders[n%2],
		lifetime: 24 * time.Hour, created: at, sendAt: at, moderated: 20 * time.Second,
		phones: people(d, ukraine, 15+d.pick(60)),
	}
	if n%4 == 1 {
		t.book, t.phones = v.books[1].id, v.books[1].phones
	}
	if n%5 == 3 {
		t.sms = &smsFallback{"Текст для SMS", "Example"}
	}
	if v.drill() && n%4 == 2 {
		t.oddStatus = []string{"rejected by operator", "частково \x1b[5mнадіслано"}[n/4%2]
		t.name += " \x1b]0;owned\x07\u202e2 yad"
	}
	t.circumstances = circumstances{lifetime: t.lifetime, button: t.link != ""}
	v.add(t)
	return t
}
