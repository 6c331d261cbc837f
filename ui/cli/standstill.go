package cli

import (
	"cmp"
	"fmt"
	"time"

	"viberdeck/model"
)

// offlinePatience is how long a send waits for an account that does not answer. What has not left
// by then stays in the outbox.
const offlinePatience = 30 * time.Second

// limitedPatience is how long a send waits for a vendor that asks for fewer requests. The engine
// pauses the campaign earlier unless the vendor named a later time.
const limitedPatience = 16 * time.Minute

// standstill says why a send was not waited for to its end.
type standstill string

func (s standstill) Error() string { return string(s) }

// pace watches whether a campaign goes on leaving.
type pace struct {
	moved  time.Time // when somebody got an outcome last
	looked time.Time // when it was looked for a cause last
	last   [4]int64
}

// due reports whether it is time to look why nothing happens: at most once a second.
func (s *pace) due(g model.Progress, now time.Time) bool {
	figures := [4]int64{g.Accepted, g.Refused, g.Unknown, g.Suppressed}
	if figures != s.last || g.State == model.CampaignHeld && g.HoldUntil.After(now) {
		s.moved, s.last = now, figures
	}
	if now.Sub(s.looked) < time.Second {
		return false
	}
	s.looked = now
	return true
}

// stuck gives the reason not to wait any longer, "" if there is none: nothing may leave from this
// cache, the process with the engine stands still (also while a call of its is under way),
// the brake is on, the account has not answered for long, or the vendor asks to wait for long.
func (s *pace) stuck(g model.Progress, o model.Overview, account string, now time.Time) string {
	if why := o.Trouble(now); !why.IsZero() {
		return why.String()
	}
	if g.InFlight > 0 {
		return ""
	}
	if o.Brake.On {
		return fmt.Sprintf("the brake is on (%s), `viberdeck brake off` lets go", cmp.Or(o.Brake.Reason, o.Brake.By))
	}
	if o.Space.Low {
		return "the disk of the cache is nearly full: make room, and it goes on by itself"
	}
	if !g.Waits.IsZero() && (now.Sub(s.moved) >= limitedPatience || g.NextTry.Sub(now) >= limitedPatience) {
		return waits(g, now)
	}
	if now.Sub(s.moved) < offlinePatience {
		return ""
	}
	for _, h := range o.Accounts {
		if h.Account == account && h.Known && !h.Online {
			return cmp.Or(h.Error.String(), account+" does not answer")
		}
	}
	return ""
}
