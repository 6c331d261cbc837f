package programtest_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"viberdeck/vendors/sim"
)

// campaignFile writes a campaign to n people through an account and returns its path.
func (b *bench) campaignFile(account, name string, people int, more string) string {
	b.t.Helper()
	sender := map[string]string{"minsk": "444", "shop-ua": "4495"}[account]
	phones := make([]string, people)
	for i := range phones {
		phones[i] = fmt.Sprintf("%q", phone(i))
	}
	return b.write(strings.ReplaceAll(name, " ", "-")+".toml",
		fmt.Sprintf("account = %q\nname = %q\nsender = %q\ntext = %q\n%s\nphones = [%s]\n",
			account, name, sender, "Hello from "+name, more, strings.Join(phones, ", ")))
}

// phone is the i-th fictitious phone.
func phone(i int) string { return fmt.Sprintf("+37529%07d", 1000000+i) }

func TestASendReachesEachPersonOnce(t *testing.T) {
	t.Parallel()
	for _, account := range []string{"minsk", "shop-ua"} {
		t.Run(account, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, sim.Options{Seed: 5})
			file := b.campaignFile(account, "Autumn sale", 25, "")
			rows := decodeRows(t, strings.NewReader(b.must(0, "send", file, "--confirm", "25", "--hold", "0",
				"--json").out))
			if len(rows) != 1 || rows[0]["accepted"] != 25.0 || rows[0]["unknown"] != 0.0 || rows[0]["refused"] != 0.0 {
				t.Fatalf("result %v", rows)
			}
			for i := range 25 {
				if n := b.world.Ledger().Count("Autumn sale", strings.TrimPrefix(phone(i), "+")); n != 1 {
					t.Errorf("%s got it %d times", phone(i), n)
				}
			}
			for _, r := range b.rows("recipients", "--campaign", rows[0]["campaign"].(string)) {
				if r["status"] == "queued" || r["status"] == "unknown" {
					t.Errorf("%v is %v after the send", r["phone"], r["status"])
				}
			}
		})
	}
}

func TestNothingLeavesWithoutTheNumber(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Young: true})
	file := b.campaignFile("minsk", "Autumn sale", 3, "")
	for _, args := range [][]string{
		{"send", file},
		{"send", file, "--confirm", "2"},
		{"send", file, "--confirm", "0"},
		{"send", file, "--dry-run=false", "--confirm", "4"},
		{"--read-only", "send", file, "--confirm", "3"},
		{"--account", "nobody", "send", file, "--confirm", "3"},
	} {
		b.must(2, args...)
	}
	b.must(0, "send", file, "--dry-run", "--confirm", "3")
	b.must(0, "work", "--once")
	if sends := b.world.Ledger().Sends; len(sends) != 0 {
		t.Errorf("%d messages left", len(sends))
	}
}

func TestABlockedPersonIsLeftOutAlsoBetweenCheckAndClaim(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Young: true})
	b.must(0, "blacklist", "add", phone(1), "--reason", "asked to stop")
	file := b.campaignFile("shop-ua", "Autumn sale", 5, "")
	b.must(0, "send", file, "--confirm", "4", "--hold", "0", "--wait=false")
	b.must(0, "blacklist", "add", phone(2), "--reason", "asked to stop")
	b.must(0, "work", "--once")
	for i, want := range []int{1, 0, 0, 1, 1} {
		if n := b.world.Ledger().Count("Autumn sale", strings.TrimPrefix(phone(i), "+")); n != want {
			t.Errorf("%s got it %d times, want %d", phone(i), n, want)
		}
	}
}

func TestTheSameMessageToTheSamePeopleIsStopped(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	file := b.campaignFile("minsk", "Autumn sale", 3, "")
	b.must(0, "send", file, "--confirm", "3", "--hold", "0")
	r := b.must(2, "send", file, "--confirm", "3", "--hold", "0")
	if !strings.Contains(r.err, "3 of these people") {
		t.Errorf("the overlap is not told:\n%s", r.err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	like := b.write("like.toml", strings.Replace(string(text), "text = \"", "text = \"!!", 1))
	if r := b.must(2, "send", like, "--confirm", "3", "--hold", "0"); !strings.Contains(r.err, "added: “!”, “!”") {
		t.Errorf("what was added is not told:\n%s", r.err)
	}
	r = b.must(2, "send", like, "--confirm", "3", "--hold", "0", "--json")
	if row := decodeRows(t, strings.NewReader(r.out))[0]; row["repeated"] != 3.0 ||
		!strings.Contains(fmt.Sprint(row["repeats"]), "added:[“!” “!”]") {
		t.Errorf("as JSON: %s", r.out)
	}
	if n := len(b.world.Ledger().Sends); n != 3 {
		t.Fatalf("%d messages left", n)
	}
	b.must(0, "send", file, "--confirm", "3", "--hold", "0", "--again")
	if n := len(b.world.Ledger().Sends); n != 6 {
		t.Errorf("%d messages left after sending again on purpose", n)
	}
}

func TestTheBrakeStopsEverySendAndOutlivesTheProcess(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Young: true})
	file := b.campaignFile("minsk", "Autumn sale", 3, "")
	b.must(0, "send", file, "--confirm", "3", "--hold", "0", "--wait=false")
	b.must(0, "brake", "on", "--reason", "wrong text")
	b.must(1, "work", "--once")
	if n := len(b.world.Ledger().Sends); n != 0 {
		t.Fatalf("%d messages left with the brake on", n)
	}
	if r := b.must(0, "brake", "status"); !strings.Contains(r.out, "wrong text") {
		t.Errorf("status: %s", r.out)
	}
	b.must(0, "brake", "off")
	b.must(0, "work", "--once")
	if n := len(b.world.Ledger().Sends); n != 3 {
		t.Errorf("%d messages left after the brake was let go", n)
	}
}

func TestALostAnswerIsUnknownAndIsNotRepeated(t *testing.T) {
	t.Parallel()
	for _, kind := range []sim.Kind{sim.DropAfter, sim.Garbage, sim.Truncated, sim.DropBefore} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			b := newBench(t, sim.Options{})
			file := b.campaignFile("shop-ua", "Autumn sale", 7, "")
			b.world.SetFaults(sim.Fault{Vendor: "sendpulse", Op: "viber", Kind: kind})
			r := b.must(4, "send", file, "--confirm", "7", "--hold", "0", "--json")
			row := decodeRows(t, strings.NewReader(r.out))[0]
			if row["unknown"] != 7.0 || row["accepted"] != 0.0 {
				t.Fatalf("result %v", row)
			}
			sent := len(b.world.Ledger().Sends)
			b.run("work", "--once")
			if n := len(b.world.Ledger().Sends); n != sent {
				t.Errorf("%d messages left, %d before", n, sent)
			}
			outbox := b.rows("outbox", "--filter", "state:unknown")
			if len(outbox) != 1 || outbox[0]["recipients"] != 7.0 {
				t.Errorf("outbox %v", outbox)
			}
		})
	}
}

func TestALostAnswerIsSettledWhenTheVendorKnowsIt(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	file := b.campaignFile("shop-ua", "Autumn sale", 7, "")
	b.world.SetFaults(sim.Fault{Vendor: "sendpulse", Op: "viber", Kind: sim.DropAfter, Times: 1})
	b.must(4, "send", file, "--confirm", "7", "--hold", "0")
	b.world.SetFaults()
	b.must(0, "work", "--once")
	if n := len(b.world.Ledger().Sends); n != 7 {
		t.Errorf("%d messages left", n)
	}
	if rows := b.rows("outbox", "--filter", "state:unknown"); len(rows) != 0 {
		t.Errorf("still unknown although the vendor lists it: %v", rows)
	}
}

func TestALostCallIsNotSettledByTheSameMessageSentJustBeforeIt(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	file := b.campaignFile("minsk", "Daily reminder", 7, "")
	b.must(0, "send", file, "--confirm", "7", "--hold", "0")
	b.world.SetFaults(sim.Fault{Vendor: "smsby", Op: "sendBulkViber", Kind: sim.DropBefore, Times: 1})
	b.must(4, "send", file, "--confirm", "7", "--hold", "0", "--again")
	b.run("work", "--once")
	if n := len(b.world.Ledger().Sends); n != 7 {
		t.Fatalf("%d messages left", n)
	}
	if rows := b.rows("outbox", "--filter", "state:unknown"); len(rows) != 1 || rows[0]["recipients"] != 7.0 {
		t.Errorf("7 people are counted who are not in the ledger: %v", rows)
	}
}

func TestAPersonDecidesAboutAnUnknownOutcome(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	file := b.campaignFile("shop-ua", "Autumn sale", 7, "")
	b.world.SetFaults(sim.Fault{Vendor: "sendpulse", Op: "viber", Kind: sim.DropBefore})
	b.must(4, "send", file, "--confirm", "7", "--hold", "0")
	batch := b.rows("outbox", "--filter", "state:unknown")[0]["batch"].(string)
	b.world.SetFaults()
	if r := b.must(2, "outbox", "resolve"); r.out != "" || !strings.Contains(r.err, batch) ||
		!strings.Contains(r.err, "viberdeck outbox resolve BATCH --as accepted|resend|dropped") {
		t.Errorf("without a batch it says %q %q", r.out, r.err)
	}
	b.run("work", "--once") // asks the vendor
	const found = "looked at, none of them new since the call"
	if rows := b.rows("outbox", "--filter", "state:unknown"); !strings.Contains(fmt.Sprint(rows[0]["evidence"]),
		found) {
		t.Errorf("scripts are not given what was found: %v", rows)
	}
	if r := b.must(2, "outbox", "resolve"); !strings.Contains(r.err, found) {
		t.Errorf("the list of what is to be decided does not say what was found:\n%s", r.err)
	}
	b.must(2, "outbox", "resolve", batch, "--as", "perhaps")
	if r := b.must(2, "outbox", "resolve", batch, "--as", "resend"); !strings.Contains(r.err, found) {
		t.Errorf("who decides is not shown what was found:\n%s", r.err)
	}
	b.must(2, "outbox", "resolve", batch, "--as", "resend", "--confirm", "6")
	b.must(0, "outbox", "resolve", batch, "--as", "resend", "--confirm", "7")
	b.must(0, "work", "--once")
	if n := len(b.world.Ledger().Sends); n != 7 {
		t.Errorf("%d messages left", n)
	}
	b.must(2, "outbox", "resolve", batch, "--as", "resend")
}

// Killed at random moments, a send is finished by the next engine: no person gets it twice or is
// forgotten, and people without a known outcome are marked unknown.
func TestAKilledSendIsNeitherRepeatedNorForgotten(t *testing.T) {
	t.Parallel()
	people, rounds := 60, 12
	if testing.Short() {
		rounds = 6
	}
	dice := rand.New(rand.NewPCG(1, 2))
	b := newBench(t, sim.Options{Young: true})
	b.world.SetFaults(sim.Fault{Op: "sendBulkViber", Kind: sim.Delay, Delay: 30 * time.Millisecond},
		sim.Fault{Op: "viber", Kind: sim.Delay, Delay: 30 * time.Millisecond})
	for round := range rounds {
		account := []string{"minsk", "shop-ua"}[round%2]
		name := fmt.Sprintf("Killed %d", round)
		file := b.campaignFile(account, name, people, "")
		cmd := b.command("send", file, "--confirm", fmt.Sprint(people), "--hold", "0")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(dice.IntN(350))*time.Millisecond, func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait()
		timer.Stop()
		if r := b.run("work", "--once"); r.code != 0 && r.code != 4 {
			t.Fatalf("work after the kill: exit %d\n%s", r.code, r.err)
		}
		b.judge(name, people)
	}
}

// judge compares the vendor's ledger with the program's report of a campaign.
func (b *bench) judge(name string, people int) {
	b.t.Helper()
	campaigns := b.rows("campaigns", "--filter", fmt.Sprintf("campaign:%q", name))
	status := map[string]any{}
	for _, c := range campaigns {
		if c["name"] != name {
			continue
		}
		for _, r := range b.rows("recipients", "--campaign", c["id"].(string)) {
			status[r["phone"].(string)] = r["status"]
		}
	}
	for i := range people {
		n := b.world.Ledger().Count(name, strings.TrimPrefix(phone(i), "+"))
		answer, known := status[phone(i)]
		switch {
		case n > 1:
			b.t.Errorf("%s: %s got it %d times", name, phone(i), n)
		case n == 1 && (!known || answer == "queued" || answer == "held" || answer == "rejected"):
			b.t.Errorf("%s: %s got it, the program says %v", name, phone(i), answer)
		case n == 0 && known && answer != "unknown" && answer != "queued":
			b.t.Errorf("%s: %s did not get it, the program says %v", name, phone(i), answer)
		case n == 0 && answer == "queued":
			b.t.Errorf("%s: %s was forgotten in the queue", name, phone(i))
		}
	}
}

func TestADryRunToAListSaysThatItsPeopleAreNotChecked(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	file := b.write("list.toml",
		"account = \"minsk\"\nname = \"List\"\nsender = \"444\"\ntext = \"Hello\"\nlist = \"3434\"\n")
	if r := b.must(0, "send", file, "--dry-run"); !strings.Contains(r.err, "blacklist here are not left out") {
		t.Errorf("the warning is missing:\n%s", r.err)
	}
}

func TestAListAtAVendorWithoutABlacklistWantsAYesForPeopleOfOurs(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	file := b.write("list.toml",
		"account = \"minsk\"\nname = \"List\"\nsender = \"444\"\ntext = \"Hello\"\nlist = \"3434\"\n")
	b.must(0, "blacklist", "add", "+375291111111", "+375291111112", "--reason", "asked")
	b.must(0, "blacklist", "add", "+375291111113", "--reason", "asked", "--account", "shop-ua")
	dry := b.must(0, "send", file, "--dry-run", "--json")
	if !strings.Contains(dry.err, "2 people of our blacklist may be in this list") ||
		!strings.Contains(dry.out, `"blacklist_in_list":2`) {
		t.Errorf("the dry run says\n%s%s", dry.err, dry.out)
	}
	size := fmt.Sprint(listSize(b))
	r := b.must(2, "send", file, "--confirm", size, "--hold", "0")
	if !strings.Contains(r.err, "--despite-blacklist") || !strings.Contains(r.err, "stays there unconfirmed") ||
		len(b.world.Ledger().Sends) != 0 {
		t.Errorf("%d messages left: %s", len(b.world.Ledger().Sends), r.err)
	}
	b.must(0, "send", file, "--confirm", size, "--hold", "0", "--despite-blacklist")
	if len(b.world.Ledger().Sends) == 0 {
		t.Error("the list did not leave after the yes")
	}
}

// listSize returns the number of people on list 3434 of minsk.
func listSize(b *bench) int64 {
	b.must(0, "sync", "--account", "minsk")
	for _, row := range b.rows("lists", "--account", "minsk") {
		if row["id"] == "3434" {
			return int64(row["people"].(float64))
		}
	}
	b.t.Fatal("there is no list 3434")
	return 0
}

func TestAListLeavesOnlyAfterItsVendorHasTakenOurBlacklist(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	file := b.write("book.toml", "account = \"shop-ua\"\nname = \"Book\"\nsender = \"4495\"\ntext = \"Hello\"\n"+
		"list = \"1488435\"\nlifetime = \"24h\"\n")
	b.must(0, "sync", "--account", "shop-ua")
	b.must(0, "blacklist", "add", "+380931111111", "--reason", "asked")
	var people string
	for _, row := range b.rows("lists", "--account", "shop-ua") {
		if row["id"] == "1488435" {
			people = fmt.Sprintf("%.0f", row["people"])
		}
	}
	b.must(0, "send", file, "--confirm", people, "--hold", "0")
	blocked, sent := -1, -1
	for i, r := range b.world.Requests() {
		switch {
		case r.Method == http.MethodPost && strings.HasSuffix(r.Path, "/phone-exception"):
			blocked = i
		case r.Method == http.MethodPost && strings.HasSuffix(r.Path, "/viber"):
			sent = i
		}
	}
	if blocked < 0 || sent < blocked {
		t.Errorf("the block was request %d, the send request %d", blocked, sent)
	}
}

func TestAReplyIsAnsweredOnceUnlessAnAnswerIsAskedForAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Seed: 3})
	b.must(0, "sync")
	reply := ""
	for _, r := range b.rows("replies") {
		if r["account"] == "minsk" && r["phone"] != nil {
			reply = r["id"].(string)
			break
		}
	}
	answer := func(code int, text string, more ...string) ran {
		return b.must(code, append([]string{"reply", "answer", reply, "--text", text, "--sender", "444", "--confirm",
			"1", "--hold", "0"}, more...)...)
	}
	answer(0, "We are open until nine")
	if reported := answer(2, "And tomorrow too"); !strings.Contains(reported.err, "has answered "+reply+" already") {
		t.Errorf("the second answer is refused with %q", reported.err)
	}
	answer(0, "And tomorrow too", "--again")
	for _, r := range b.rows("replies", "--filter", "is:open") {
		if r["id"] == reply {
			t.Errorf("the answered reply is still open: %v", r)
		}
	}
}

func TestAnAccountThatIsNamedIsTheOnlyOneThatSends(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Young: true})
	file := b.campaignFile("minsk", "Autumn sale", 3, "")
	r := b.must(2, "send", file, "--account", "shop-ua", "--confirm", "3", "--hold", "0")
	if !strings.Contains(r.err, "minsk") || len(b.world.Ledger().Sends) != 0 {
		t.Errorf("%d messages left: %s", len(b.world.Ledger().Sends), r.err)
	}
	b.must(0, "send", file, "--confirm", "3", "--hold", "0", "--wait=false")
	b.must(0, "work", "--once", "--account", "shop-ua")
	if n := len(b.world.Ledger().Sends); n != 0 {
		t.Errorf("%d messages of another account left", n)
	}
	b.must(0, "work", "--once", "--account", "minsk")
	if n := len(b.world.Ledger().Sends); n != 3 {
		t.Errorf("%d messages left", n)
	}
}

func TestAScheduledCampaignIsHandedOverShortlyBeforeItsTimeOrWhenChosen(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Young: true, Vendors: sim.AllVendors()})
	at := "send_at = " + time.Now().Add(24*time.Hour).Format(time.RFC3339) + "\n"
	r := b.must(0, "send", b.campaignFile("shop-ua", "Tomorrow", 3, at), "--confirm", "3", "--hold", "0")
	if !strings.Contains(r.err, "stays here until") {
		t.Errorf("said: %s", r.err)
	}
	b.must(0, "blacklist", "add", phone(0), "--reason", "asked")
	b.must(0, "work", "--once")
	if n := b.calls("POST /viber"); n != 0 {
		t.Errorf("%d calls a day early", n)
	}
	campaign := b.rows("campaigns", "--filter", "campaign:Tomorrow")
	if len(campaign) != 1 || campaign[0]["state"] != "scheduled" {
		t.Errorf("campaigns %v", campaign)
	}
	r = b.must(0, "send", b.campaignFile("shop-ua", "At the vendor", 3, at+"hand_over = true\n"), "--confirm", "2",
		"--hold", "0")
	if !strings.Contains(r.err, "handed to the vendor at once") || len(b.world.Ledger().Sends) != 2 {
		t.Errorf("%d handed over; said: %s", len(b.world.Ledger().Sends), r.err)
	}
}

func TestARePointedAccountSendsNothingThatWasConfirmedForAnother(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Young: true})
	b.must(0, "send", b.campaignFile("minsk", "Autumn sale", 3, ""), "--confirm", "3", "--hold", "0", "--wait=false")
	b.reconfigure(`name = "shop-ua"`, `name = "later"`)
	b.reconfigure(`name = "minsk"`, `name = "old"`)
	b.reconfigure(`name = "later"`, `name = "minsk"`)
	b.must(0, "work", "--once")
	if n := len(b.world.Ledger().Sends); n != 0 {
		t.Errorf("%d messages left through another vendor", n)
	}
	if c := b.rows("campaigns", "--filter", "text:\"Hello from Autumn sale\""); len(c) != 1 ||
		c[0]["state"] != "paused" {
		t.Errorf("campaigns %v", c)
	}
}

func TestSyncAloneBringsWhatBecameOfOurOwnBulkMailing(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Speed: 3600})
	b.must(0, "send", b.campaignFile("minsk", "Winter sale", 12, ""), "--confirm", "12", "--hold", "0")
	id := b.rows("campaigns", "--filter", `campaign:"Winter sale"`)[0]["id"].(string)
	until(t, "every status has come by sync alone", func() bool {
		b.must(0, "sync")
		rows := b.rows("recipients", "--campaign", id)
		waiting := slices.ContainsFunc(rows, func(r map[string]any) bool {
			return slices.Contains([]any{"queued", "accepted", "sent"}, r["status"])
		})
		return len(rows) == 12 && !waiting
	})
}
