package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"viberdeck/model"
)

const (
	// probeTimeout bounds what the doctor asks one account.
	probeTimeout = 20 * time.Second
	// maxSkew is the difference between two clocks that is told. The Date of an answer is a second
	// coarse, and under way for a while.
	maxSkew = 5 * time.Second
)

func about(a model.Account) string { return a.Name + " (" + string(a.Vendor) + ")" }

// examineAccount asks an account what proves that it can be used, and says what its vendor cannot
// do.
func (p *program) examineAccount(ctx context.Context, network Network, a model.Account) []finding {
	asking, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	probed, err := network.Probe(asking, a)
	f := finding{about(a), err == nil, reached(a, probed, err)}
	if err != nil && ctx.Err() == nil && errors.Is(asking.Err(), context.DeadlineExceeded) {
		f.words = fmt.Sprintf("not reachable: no answer within %s", probeTimeout)
	}
	found := []finding{f}
	if skew := probed.Ahead.Abs().Round(time.Second); probed.Answered && skew > maxSkew {
		side := "ahead of"
		if probed.Ahead < 0 {
			side = "behind"
		}
		found = append(found, finding{"clock " + a.Name, false,
			fmt.Sprintf("this host's clock is %s %s %s's; set it (timedatectl set-ntp true), or scheduled sends "+
				"leave at a wrong time", skew, side, a.Vendor)})
	}
	if caps, ok := p.capabilities(a.Vendor); ok {
		found = append(found, p.lacks(a, caps)...)
	}
	return found
}

// reached says how far the account could be used: reachable, credentials, balance, senders.
func reached(a model.Account, probed model.Probed, err error) string {
	switch {
	case err != nil && model.KindOf(err) == model.KindDenied:
		return "reachable, credentials refused: " + err.Error()
	case err != nil && !probed.Answered:
		return "not reachable: " + err.Error()
	case err != nil:
		return "reachable, but: " + err.Error()
	}
	words := "reachable, credentials accepted"
	if !probed.Accepted {
		words = "reachable; nothing that the vendor documents tells whether the credentials are accepted"
	}
	if a.ReadOnly {
		words += ", read only by the configuration"
	}
	for _, b := range probed.Balances {
		words += strings.TrimRight(", balance "+b.Name, " ") + " " + b.Amount.String()
	}
	if len(probed.Balances) == 0 {
		words += ", balance unknown"
	}
	const shown = 5
	switch n := len(probed.Senders); {
	case n == 0:
		words += ", no senders are listed or named in the configuration"
	case n > shown:
		words += fmt.Sprintf(", %s: %s …", model.Counted(n, "sender", "senders"),
			strings.Join(probed.Senders[:shown], ", "))
	default:
		words += fmt.Sprintf(", %s: %s", model.Counted(n, "sender", "senders"), strings.Join(probed.Senders, ", "))
	}
	return words
}

// lacks names what the account's vendor cannot do; with -v, --json and --csv each on a line of its
// own, with the reason; -v says the reasons on standard error.
func (p *program) lacks(a model.Account, caps model.Capabilities) []finding {
	var acts []string
	var why []finding
	for _, act := range slices.Sorted(maps.Keys(caps.Lacks)) {
		acts = append(acts, string(act))
		why = append(why, finding{a.Name + " cannot: " + string(act), true, caps.Lacks[act]})
	}
	if p.json || p.csv || len(why) == 0 {
		return why
	}
	if p.verbose {
		for _, w := range why {
			p.note("%s: %s", w.about, w.words)
		}
	}
	return []finding{{a.Name + " cannot", true, strings.Join(acts, ", ") + " (why: viberdeck doctor -v)"}}
}
