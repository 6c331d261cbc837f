package sim

import (
	"hash/fnv"
	"math"
	"time"
)

// stage is how far a message has got.
type stage int

const (
	waiting stage = iota // scheduled, in moderation, or not confirmed
	accepted
	sent
	delivered
	read
	clicked
	undelivered // not on Viber, or blocked
	expired
	failed
)

// dice is a deterministic source of randomness (splitmix64).
type dice struct{ state uint64 }

// throw seeds the dice for one thing: the same seed and names give the same rolls.
func throw(seed uint64, names ...string) *dice {
	h := fnv.New64a()
	for _, name := range names {
		h.Write([]byte(name))
		h.Write([]byte{0})
	}
	return &dice{state: h.Sum64() ^ seed*0x9e3779b97f4a7c15}
}

func (d *dice) roll() uint64 {
	d.state += 0x9e3779b97f4a7c15
	z := d.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func (d *dice) share() float64 { return float64(d.roll()>>11) / (1 << 53) }

func (d *dice) chance(p float64) bool { return d.share() < p }

func (d *dice) pick(n int) int { return int(d.roll() % uint64(n)) }

// between returns a duration distributed as people's reactions are: as many between one and ten
// minutes as between ten and a hundred.
func (d *dice) between(lo, hi time.Duration) time.Duration {
	return time.Duration(float64(lo) * math.Pow(float64(hi)/float64(lo), d.share())).Round(time.Millisecond)
}

// step is one change of a message, with the time since it left.
type step struct {
	stage stage
	after time.Duration
}

// answer is what the person writes back, with the time since the message left.
type answer struct {
	after time.Duration
	text  string
}

// fate is everything that happens to one message. It does not depend on time.
type fate struct {
	steps   []step
	answers []answer
}

// circumstances are everything besides chance that a fate depends on.
type circumstances struct {
	lifetime time.Duration // expires if not delivered by then
	button   bool          // there is something to click
	replies  float64       // share of the readers who write back
	hostile  bool          // some of them are malicious
}

// fateOf decides what happens to the message of a campaign to a phone.
func fateOf(seed uint64, vendor, campaign, phone string, c circumstances) fate {
	d := throw(seed, vendor, campaign, phone)
	luck, slow := d.share(), d.chance(0.15)
	arrives := d.between(2*time.Second, 40*time.Second)
	if slow {
		arrives = d.between(time.Minute, 8*time.Hour)
	}
	f := fate{steps: []step{{sent, d.between(200*time.Millisecond, 2*time.Second)}}}
	switch {
	case luck < 0.02:
		f.steps = append(f.steps, step{failed, arrives})
		return f
	case luck < 0.08:
		f.steps = append(f.steps, step{undelivered, arrives})
		return f
	case luck < 0.11 || arrives > c.lifetime:
		f.steps = append(f.steps, step{expired, c.lifetime})
		return f
	}
	f.steps = append(f.steps, step{delivered, arrives})
	reads := arrives + d.between(5*time.Second, 6*time.Hour)
	clicks := reads + d.between(2*time.Second, 2*time.Minute)
	writes := reads + d.between(15*time.Second, 90*time.Minute)
	readsIt, clicksIt, writesBack := d.chance(0.72), d.chance(0.18), d.chance(c.replies)
	if !readsIt {
		return f
	}
	f.steps = append(f.steps, step{read, reads})
	if clicksIt && c.button {
		f.steps = append(f.steps, step{clicked, clicks})
	}
	if writesBack {
		f.answers = append(f.answers, answer{writes, replyText(d, c.hostile)})
		if d.chance(0.15) {
			f.answers = append(f.answers, answer{writes + d.between(20*time.Second, 20*time.Minute), secondReply(d)})
		}
	}
	return f
}

// at returns how far a message that left at the given time has got, and since when.
func (f fate) at(c clock, left, now time.Time) (stage, time.Time) {
	if now.Before(left) {
		return waiting, left
	}
	reached, since := accepted, left
	for _, s := range f.steps {
		t := c.after(left, s.after)
		if t.After(now) {
			break
		}
		reached, since = s.stage, t
	}
	return reached, since
}
