package sim

import (
	"fmt"
	"time"
)

// seedHistory fills the account: mailings, unless it is young, and lists.
func (v *smsby) seedHistory() {
	if !v.young {
		v.seedMailings()
	}
	d := throw(v.seed, "smsby", "lists")
	v.addList("Постоянные покупатели", people(d, belarus, 4))
	v.addList("Newsletter", people(d, belarus, 120))
	v.addList("Пусты спіс", nil)
}

// seedMailings adds finished mailings of the past weeks, a large one under way, scheduled ones that
// will leave while someone is watching, and an unconfirmed one.
func (v *smsby) seedMailings() {
	count, large, largeAge := 15, 400, 25*time.Minute
	if v.busy() {
		count, large, largeAge = 150, 20_000, 50*time.Minute
	}
	ahead := []time.Duration{2 * time.Minute, 6 * time.Minute, 15 * time.Minute, 40 * time.Minute, 3 * time.Hour}
	past := count - len(ahead) - 1
	for i := range past {
		d := throw(v.seed, "smsby", "mailing", fmt.Sprint(i))
		age, size := ageOf(past-1-i, past, 40*24*time.Hour), 20+d.pick(40)
		if i == past-2 {
			age, size = largeAge, large
		}
		m := v.seeded(i, v.clock.start.Add(-age), size, d)
		if v.drill() && i%5 == 2 {
			m.oddStatus = []string{"PARTIALLY_SENT", "на модерации"}[i/5%2]
		}
	}
	for i := range len(ahead) + 1 {
		m := v.seeded(past+i, v.clock.start.Add(-time.Duration(9-i)*time.Second), 40,
			throw(v.seed, "smsby", "ahead", fmt.Sprint(i)))
		if m.confirmed = i < len(ahead); m.confirmed {
			m.leaves = v.clock.start.Add(ahead[i])
		}
	}
}

// ageOf is the age of the n-th newest of count campaigns: a few from today, most from earlier
// weeks.
func ageOf(n, count int, oldest time.Duration) time.Duration {
	share := float64(n) / float64(max(count-1, 1))
	return 3*time.Minute + time.Duration(share*share*float64(oldest))
}

func (v *smsby) seeded(n int, at time.Time, size int, d *dice) *mailing {
	s := storyAt(n)
	m := &mailing{
		name: s.name, kind: smsbyText, sender: v.vibernames[n%len(v.vibernames)].id, confirmed: true,
		text: s.text, caption: s.caption, link: s.link, image: s.image,
		created: at.Truncate(time.Second), leaves: at.Truncate(time.Second),
	}
	switch {
	case s.link != "":
		m.kind = smsbyButton
	case s.image != "":
		m.kind = smsbyImage
	}
	m.circumstances = circumstances{smsbyLifetime, s.link != "", v.replyShare(), v.drill()}
	for _, phone := range people(d, belarus, size) {
		m.people = append(m.people, addressee{phone: phone})
	}
	v.add(m)
	return m
}
