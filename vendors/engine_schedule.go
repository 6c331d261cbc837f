package vendors

import (
	"time"

	"viberdeck/model"
)

const (
	// defaultLifetime is how long a message lives whose lifetime is unknown.
	defaultLifetime = 14 * 24 * time.Hour
	// lifetimeMargin is how long after a message's life its last status may come.
	lifetimeMargin = 24 * time.Hour
	// repliesYoung is the age up to which people are expected to answer a campaign.
	repliesYoung = 30 * 24 * time.Hour
	// unknownAge is how often a campaign is asked about whose age is unknown.
	unknownAge = 6 * time.Hour
)

// askEvery is how often a campaign of the given age is asked about: news come soon after a send or
// hardly at all.
func askEvery(age time.Duration) time.Duration {
	switch {
	case age < 10*time.Minute:
		return jitter(30 * time.Second)
	case age < time.Hour:
		return jitter(2 * time.Minute)
	case age < 24*time.Hour:
		return jitter(10 * time.Minute)
	}
	return jitter(time.Hour)
}

// begin is when a campaign's messages leave, as far as anybody knows.
func begin(p model.Poll) time.Time {
	if !p.SendAt.IsZero() {
		return p.SendAt
	}
	return p.CreatedAt
}

// over reports whether no more statuses are expected because the messages' life has ended.
func over(p model.Poll, now time.Time) bool {
	lifetime := p.Lifetime
	if lifetime <= 0 {
		lifetime = defaultLifetime
	}
	at := begin(p)
	return !at.IsZero() && now.After(at.Add(lifetime+lifetimeMargin))
}

// asked gives the campaign's next poll after a successful one. People is how many were read of it,
// -1 if the vendor has no list of them; open, how many of these are not final.
func asked(p model.Poll, people, open int64, replies bool, now time.Time) model.Poll {
	p.LastAt = now
	if people >= 0 {
		p.OpenRows = open
	}
	if over(p, now) || p.State.Over() && people > 0 && open == 0 {
		p.Stopped = true
	}
	at := begin(p)
	age := now.Sub(at)
	switch {
	case p.Stopped && !replies:
		p.NextAt = now.Add(365 * 24 * time.Hour) // nothing is left to ask
	case at.IsZero():
		p.NextAt = now.Add(jitter(unknownAge))
	case p.Stopped && age >= repliesYoung:
		p.NextAt = now.Add(jitter(24 * time.Hour))
	case age < 0: // it has not left yet
		p.NextAt = now.Add(min(max(-age, 30*time.Second), jitter(10*time.Minute)))
	default:
		p.NextAt = now.Add(askEvery(age))
	}
	return p
}
