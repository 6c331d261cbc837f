package doctor

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"viberdeck/model"
)

const (
	// probeTimeout limits the probe of one account.
	probeTimeout = time.Minute
	// maxSkew is the difference between two clocks from which it is reported. The Date of an answer
	// has a resolution of one second, and takes a while to arrive.
	maxSkew = 5 * time.Second
)

// Network is the way to the vendors.
type Network interface {
	Probe(ctx context.Context, a model.Account) (model.Probed, error)
}

// Accounts probes accounts in parallel, and returns the findings about each.
func (d Doctor) Accounts(ctx context.Context, network Network, accounts []model.Account) [][]Finding {
	answers := make([][]Finding, len(accounts))
	var asking sync.WaitGroup
	for i, a := range accounts {
		asking.Go(func() { answers[i] = d.account(ctx, network, a) })
	}
	asking.Wait()
	return answers
}

func about(a model.Account) string { return a.Name + " (" + string(a.Vendor) + ")" }

// account probes whether an account can be used.
func (d Doctor) account(ctx context.Context, network Network, a model.Account) []Finding {
	asking, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	probed, err := network.Probe(asking, a)
	f := Finding{about(a), err == nil, reached(a, probed, err)}
	if err != nil && ctx.Err() == nil && errors.Is(asking.Err(), context.DeadlineExceeded) {
		f.Words = fmt.Sprintf("not reachable: no answer within %s", probeTimeout)
	}
	found := []Finding{f}
	if skew := probed.Ahead.Abs().Round(time.Second); probed.Answered && skew > maxSkew {
		side := "ahead of"
		if probed.Ahead < 0 {
			side = "behind"
		}
		found = append(found, Finding{"clock " + a.Name, false,
			fmt.Sprintf("this host's clock is %s %s %s's; set it (timedatectl set-ntp true), or scheduled sends "+
				"leave at a wrong time", skew, side, d.Vendors.Name(a.Vendor))})
	}
	return found
}

// reached says how far the checks of an account got: reachable, credentials, balance, senders.
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
		words = "reachable; the vendor documents no way to check whether the credentials are accepted"
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

// Lacks names what the account's vendor cannot do, with the reasons why.
func (d Doctor) Lacks(a model.Account) []Finding {
	caps, _ := d.Vendors.Capabilities(a.Vendor)
	why := make([]Finding, 0, len(caps.Lacks))
	for _, act := range slices.Sorted(maps.Keys(caps.Lacks)) {
		why = append(why, Finding{a.Name + " cannot: " + string(act), true, caps.Lacks[act]})
	}
	return why
}
