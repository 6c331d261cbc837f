package programtest_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/vendors/sim"
)

// killed describes how a send through one vendor is made, disturbed and checked.
type killed struct {
	vendor, account string
	op              string // by which the vendor takes messages
	people          int
	phone           func(i int) string
}

func killedVendors() []killed {
	greek := func(i int) string { return fmt.Sprintf("+30694%07d", 1000000+i) }
	wooxy := func(i int) string { return "+" + strings.TrimPrefix(sim.WooxyPhone(i), "+") }
	return []killed{{"smsby", "minsk", "sendBulkViber", 300, phone}, {"sendpulse", "shop-ua", "viber", 2300, phone},
		{"routee", "promo-gr", "sendCampaign", 2300, greek}, {"wooxy", "loyalty", "viber/batch", 250, wooxy}}
}

// campaign writes a campaign file and its recipients, the people from first on.
func (k killed) campaign(b *bench, name, text string, first, people int) []string {
	values := campaignWith(b.t, append(rulesOf(b.t, model.Vendor(k.vendor)).Good, fmt.Sprintf("name = %q", name)))
	if k.account != "loyalty" {
		values["text"] = fmt.Sprintf("%q", text)
	}
	list := b.csv(fmt.Sprintf("people-%d.csv", first), "phone", people,
		func(i int) string { return k.phone(first + i) })
	return []string{"send", b.tomlFile(values), "--to", list, "--confirm", fmt.Sprint(people), "--hold", "0"}
}

// Killed at a random moment of a send, beside an older campaign of the same name and with lost,
// refused and slow answers: no person gets it twice or is forgotten, and people without a known
// outcome are marked unknown. Through each vendor, judged by its ledger person by person.
func TestAKilledSendThroughEachVendorWithFaultsAndNamesakes(t *testing.T) {
	t.Parallel()
	rounds := 5
	switch {
	case os.Getenv("VIBERDECK_SOAK") != "":
		rounds = 200
	case testing.Short():
		rounds = 2
	}
	for _, k := range killedVendors() {
		t.Run(k.account, func(t *testing.T) {
			t.Parallel()
			for round := range rounds {
				k.round(t, rand.New(rand.NewPCG(uint64(round), 7)))
			}
		})
	}
}

func (k killed) round(t *testing.T, dice *rand.Rand) {
	b := newBench(t, sim.Options{Vendors: []string{k.vendor}, Young: dice.IntN(2) == 0,
		Seed: dice.Uint64()})
	defer b.server.Close()
	const name = "Killed"
	older := k.campaign(b, name, "An older message", k.people, 3)
	if r := b.run(older...); r.code != 0 && r.code != 3 {
		t.Fatalf("the namesake: exit %d\n%s", r.code, r.err)
	}
	slow := sim.Fault{Op: k.op, Kind: sim.Delay, Delay: 40 * time.Millisecond}
	faults := [][]sim.Fault{{slow}}
	for _, kind := range []sim.Kind{sim.DropAfter, sim.DropBefore, sim.Limit, sim.Garbage} {
		faults = append(faults, []sim.Fault{{Op: k.op, Kind: kind, Times: 1}, slow})
	}
	b.world.SetFaults(faults[dice.IntN(len(faults))]...)
	cmd := b.command(k.campaign(b, name, "Hello", 0, k.people)...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(time.Duration(dice.IntN(700))*time.Millisecond, func() { _ = cmd.Process.Kill() })
	_ = cmd.Wait()
	timer.Stop()
	b.world.SetFaults()
	for range 2 {
		// 3: the vendor refuses inactive people, and a pass reports that as a send does
		if r := b.run("work", "--once"); r.code != 0 && r.code != 3 && r.code != 4 {
			t.Fatalf("work after the kill: exit %d\n%s", r.code, r.err)
		}
	}
	k.judge(t, b, name)
}

// judge compares the ledger with the program's report of the campaigns of that name.
func (k killed) judge(t *testing.T, b *bench, name string) {
	t.Helper()
	got := map[string]int{}
	for _, s := range b.world.Ledger().Sends {
		got["+"+strings.TrimPrefix(s.Phone, "+")]++
	}
	reported := map[string]string{}
	for _, c := range b.rows("campaigns", "--account", k.account, "--filter", "campaign:"+name) {
		for _, r := range b.rows("recipients", "--campaign", c["id"].(string)) {
			who, ok := r["phone"].(string)
			if !ok {
				who = "+" + strings.TrimPrefix(fmt.Sprint(r["contact"]), "+")
			}
			reported[who] = r["status"].(string)
		}
	}
	for i := range k.people + 3 {
		who := k.phone(i)
		n, status := got[who], reported[who]
		switch {
		case n > 1:
			t.Errorf("%s: %s got it %d times", k.account, who, n)
		case n == 1 && (status == "" || status == "queued" || status == "held" || status == "suppressed"):
			t.Errorf("%s: %s got it, the program says %q", k.account, who, status)
		case n == 0 && (status == "queued" || status == "accepted" || status == "sent" || status == "delivered" ||
			status == "read"):
			t.Errorf("%s: %s did not get it, the program says %q", k.account, who, status)
		}
	}
}
