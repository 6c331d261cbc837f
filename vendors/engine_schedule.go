package vendors

import (
	"time"

	"viberdeck/model"
)

const (
	// defaultLifetime is the lifetime assumed for a message when it is unknown.
	defaultLifetime = 14 * 24 * time.Hour
	// lifetimeMargin is how long after a message's lifetime its last status may arrive.
	lifetimeMargin = 24 * time.Hour
	// repliesYoung is the age up to which people are expected to reply to a campaign.
	repliesYoung = 30 * 24 * time.Hour
	// unknownAge is how often to ask about a campaign of unknown age.
	unknownAge = 6 * time.Hour
)

// askEvery is how often to ask about a campaign of the given age: news arrives soon after a send or
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

// beat is the distance of the moments at which campaigns are asked about: those of all accounts
// that are due about then share one waking of the program.
const beat = 30 * time.Second

// onBeat returns the last such moment before a poll that was just made would be repeated late. The
// moments differ between processes.
func (e *Engine) onBeat(due, now time.Time) time.Time {
	at := due.Add(beat/10 - e.phase).Truncate(beat).Add(e.phase)
	if soonest := now.Add(pollEarly); at.Before(soonest) {
		return soonest // the next time it is on the beat
	}
	return at
}

// startOf is when a campaign's messages leave, as far as known.
func startOf(p model.Poll) time.Time {
	if !p.SendAt.IsZero() {
		return p.SendAt
	}
	return p.CreatedAt
}

// expired reports whether no more statuses are expected because the messages have expired.
func expired(p model.Poll, now time.Time) bool {
	lifetime := p.Lifetime
	if lifetime <= 0 {
		lifetime = defaultLifetime
	}
	at := startOf(p)
	return !at.IsZero() && now.After(at.Add(lifetime+lifetimeMargin))
}

// asked returns the campaign's next poll after a successful one. people is how many were read, -1
// if the vendor has no list of them; open is how many of these are not final.
func asked(p model.Poll, people, open int64, replies bool, now time.Time) model.Poll {
	p.LastAt = now
	if people >= 0 {
		p.OpenRows = open
	}
	if expired(p, now) || p.State.Over() && people > 0 && open == 0 {
		p.Stopped = true
	}
	at := startOf(p)
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
