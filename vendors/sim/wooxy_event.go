package sim

import (
	"encoding/json"
	"slices"
	"time"
)

// Events of Viber messages to which a webhook can subscribe.
const (
	wooxyDelivered    = "viber-delivered"
	wooxyViewed       = "viber-viewed"
	wooxyClicked      = "viber-clicked"
	wooxyFailed       = "viber-failed"
	wooxyExpired      = "viber-expired"
	wooxyRejected     = "viber-rejected"
	wooxySubscribed   = "viber-contact-channel-subscribed"
	wooxyUnsubscribed = "viber-contact-channel-unsubscribed"
)

// wooxyPauses are the pauses before each of the 15 repetitions of a callback that was not accepted.
func wooxyPauses() []time.Duration {
	var pauses []time.Duration
	for _, turn := range []struct {
		times int
		pause time.Duration
	}{{3, 100 * time.Second}, {6, 600 * time.Second}, {6, 3600 * time.Second}} {
		pauses = append(pauses, slices.Repeat([]time.Duration{turn.pause}, turn.times)...)
	}
	return pauses
}

// happening is a webhook's payload. The document shows one for e-mail only; that Viber's has
// phoneNumber in place of email, and rawLog in failure events (the blacklist's word for it), is our
// guess.
type happening struct {
	Time    int64             `json:"datetime"` // Unix seconds
	Event   string            `json:"event"`
	Phone   string            `json:"phoneNumber"`
	ID      string            `json:"id"` // the message's
	User    string            `json:"userId"`
	Reason  string            `json:"rawLog,omitempty"`
	Headers map[string]string `json:"headers"`
}

// announce starts the life of a message: its events are decided now and posted to the webhooks when
// they happen. People who block the sender are put on the blacklist, and some readers leave the
// channel.
func (v *wooxy) announce(o order, m wooxyMessage, left time.Time) {
	if v.isBlocked(m.phone, left) {
		v.schedule(m, wooxyRejected, "Viber user blocked", v.clock.after(left, time.Second))
		return
	}
	f := fateOf(v.seed, "wooxy", m.text, m.phone, circumstances{lifetime: o.lifetime, button: o.template.button})
	d := throw(v.seed, "wooxy", "reason", m.text, m.phone)
	for _, s := range f.steps {
		at := v.clock.after(left, s.after)
		switch s.stage {
		case delivered:
			v.schedule(m, wooxyDelivered, "", at)
		case read:
			v.schedule(m, wooxyViewed, "", at)
			if m.person >= 0 && d.chance(0.01) {
				at = v.clock.after(left, s.after+time.Minute)
				v.gone[m.person] = at
				v.schedule(m, wooxyUnsubscribed, "", at)
			}
		case clicked:
			v.schedule(m, wooxyClicked, "", at)
		case undelivered:
			reason := []string{"Viber user blocked", "No such Viber user", "Invalid phone number"}[d.pick(3)]
			v.blacklist = append(v.blacklist, wooxyBlocked{m.phone, "invalid", "api", reason, at})
			v.schedule(m, wooxyFailed, reason, at)
		case expired:
			v.schedule(m, wooxyExpired, "", at)
		case failed:
			v.schedule(m, wooxyRejected, "Message rejected", at)
		}
	}
}

// schedule posts an event to the webhooks that subscribe to it, when it happens. In the fire drill
// some are sent twice, and some are of an undocumented kind.
func (v *wooxy) schedule(m wooxyMessage, event, reason string, at time.Time) {
	if v.drill() {
		switch throw(v.seed, "wooxy", "drill", m.id, event).pick(6) {
		case 0:
			v.postOnce(m, event, reason, at)
		case 1:
			v.postOnce(m, "viber-teleported", "", at)
		}
	}
	v.postOnce(m, event, reason, at)
}

func (v *wooxy) postOnce(m wooxyMessage, event, reason string, at time.Time) {
	h := happening{Time: at.Unix(), Event: event, Phone: "+" + m.phone, ID: m.id, Reason: reason,
		Headers: map[string]string{}}
	if m.person >= 0 {
		h.User = wooxyUser(m.person)
	}
	v.post.add(at, func(time.Time) []letter {
		body, err := json.Marshal(h)
		if err != nil {
			return nil
		}
		var letters []letter
		for _, hook := range v.webhooks {
			if slices.Contains(hook.Events, event) || event == "viber-teleported" {
				letters = append(letters, letter{hook.URL, body, wooxyPauses()})
			}
		}
		return letters
	})
}
