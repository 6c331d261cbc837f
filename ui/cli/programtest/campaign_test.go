package programtest_test

import (
	"bytes"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"viberdeck/vendors/sim"
)

// as runs the program as another operator.
func (b *bench) as(operator string, args ...string) ran {
	b.t.Helper()
	cmd := b.command(args...)
	cmd.Env = append(cmd.Env, "VIBERDECK_OPERATOR="+operator)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); cmd.ProcessState == nil {
		b.t.Fatalf("start %v: %v", cmd.Args, err)
	}
	return ran{out.String(), errs.String(), cmd.ProcessState.ExitCode()}
}

// campaign shows a campaign and requires a field to have a value.
func (b *bench) campaign(id, field string, want any) {
	b.t.Helper()
	rows := b.rows("campaign", "show", id)
	if len(rows) != 1 || rows[0][field] != want {
		b.t.Errorf("%s of %s is %v, want %v", field, id, rows[0][field], want)
	}
}

func TestACampaignIsStoppedReleasedAndTakenBackFromTheCommandLine(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Young: true})
	b.queued("Autumn sale")
	b.must(2, "--read-only", "campaign", "pause", "c1")
	b.must(2, "--account", "shop-ua", "campaign", "pause", "c1")
	b.must(2, "campaign", "pause", "c99")
	b.must(2, "campaign", "resume", "c1")
	if r := b.must(0, "campaign", "pause", "c1", "--json"); decodeRows(t,
		strings.NewReader(r.out))[0]["state"] != "paused" {
		t.Errorf("paused: %s", r.out)
	}
	b.must(0, "work", "--once")
	if n := b.sends(); n != 0 {
		t.Fatalf("%d messages left although it is paused", n)
	}
	b.must(2, "campaign", "resume", "c1", "--confirm", "9")
	b.campaign("c1", "state", "paused")
	b.must(0, "campaign", "resume", "c1")
	b.campaign("c1", "waiting", 10.0)
	b.must(0, "campaign", "recall", "c1")
	b.campaign("c1", "state", "cancelled")
	b.campaign("c1", "held", 10.0)
	b.must(2, "campaign", "recall", "c1")
	b.must(0, "campaign", "archive", "c1")
	for _, row := range b.rows("campaigns") {
		if row["id"] == "c1" {
			t.Errorf("an archived campaign is listed: %v", row)
		}
	}
	b.must(0, "campaign", "archive", "c1", "--out")
	b.must(0, "work", "--once")
	if n := b.sends(); n != 0 {
		t.Errorf("%d messages left although it was recalled", n)
	}
}

func TestAnApprovalWantsAnotherPersonAndTheNumber(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Young: true})
	b.addConfig("[send]\napprove_above = 5")
	b.queued("Autumn sale")
	b.must(1, "campaign", "approve", "c1", "--confirm", "10")
	for _, args := range [][]string{{}, {"--confirm", "9"}} {
		if r := b.as("boris", append([]string{"campaign", "approve", "c1"}, args...)...); r.code != 2 {
			t.Errorf("approved with %v: exit %d\n%s", args, r.code, r.err)
		}
	}
	b.campaign("c1", "state", "needs-approval")
	if r := b.as("boris", "campaign", "approve", "c1", "--confirm", "10"); r.code != 0 {
		t.Fatalf("exit %d\n%s", r.code, r.err)
	}
	b.must(0, "work", "--once")
	if n := b.sends(); n != 10 {
		t.Errorf("%d messages left", n)
	}
}

func TestARetryGoesToThoseWhoFailedWithTheirColumns(t *testing.T) {
	t.Parallel()
	var later atomic.Int64 // by how much the vendors' clock is ahead
	b := newBench(t, sim.Options{Young: true, Seed: 3,
		Now: func() time.Time { return time.Now().Add(time.Duration(later.Load())) }})
	var csv strings.Builder
	csv.WriteString("phone,name\n")
	const people = 300
	for i := range people {
		fmt.Fprintf(&csv, "%s,Guest %d\n", phone(i), i)
	}
	file := b.write("sale.toml",
		"account = \"minsk\"\nname = \"Autumn sale\"\nsender = \"444\"\ntext = \"Hello {{name}}\"\n")
	b.must(0, "send", file, "--to", b.write("people.csv", csv.String()), "--confirm", fmt.Sprint(people), "--hold", "0")
	later.Store(int64(48 * time.Hour))
	b.must(0, "sync")
	shown := b.rows("campaign", "show", "c1")[0]
	failed, _ := shown["permanent"].(float64)
	if failed == 0 {
		t.Fatalf("nobody failed: %v", shown)
	}
	r := b.must(2, "campaign", "retry", "c1", "--permanent", "--confirm", "1")
	if strings.Contains(r.err, "no value for") || !strings.Contains(r.err, fmt.Sprintf("permanent: %.0f", failed)) ||
		!strings.Contains(r.err, "gets: \"Hello Guest ") {
		t.Errorf("what is said before the number:\n%s", r.err)
	}
	before := b.sends()
	b.must(0, "campaign", "retry", "c1", "--permanent", "--again", "--confirm", fmt.Sprintf("%.0f", failed), "--hold",
		"0")
	if n := b.sends() - before; n != int(failed) {
		t.Errorf("%d messages left to %v people", n, failed)
	}
}
