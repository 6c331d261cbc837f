package programtest_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"viberdeck/model"
	"viberdeck/vendors"
	"viberdeck/vendors/all"
	"viberdeck/vendors/sim"
)

func TestEveryMethodThatIsWrittenDownIsCalledBySomething(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Vendors: sim.AllVendors()})
	b.reconfigure("vendor = \"wooxy\"", "vendor = \"wooxy\"\ninferred = true")
	b.must(0, "sync")
	once := func(args ...string) { b.must(0, append([]string{"send"}, append(args, "--hold", "0")...)...) }
	for _, row := range all.Vendors() {
		b.useEverything(row)
	}
	once(b.campaignFile("minsk", "One by one", 1, "one_by_one = true\n"), "--confirm", "1", "--again")
	later := b.write("later.toml", `account = "promo-gr"
name = "Later"
sender = "Example Shop"
text = "Later"
phones = ["+306948500033"]
send_at = 2099-12-01T10:00:00Z
hand_over = true
`)
	once(later, "--confirm", "1")
	b.must(0, "send", b.wooxyFile("Points"), "--to", b.csv("w.csv", "contact", 1, sim.WooxyPhone),
		"--confirm", "1", "--hold", "0")
	b.must(0, "work", "--once")
	for _, c := range b.rows("campaigns", "--account", "promo-gr") {
		if c["name"] == "Later" {
			b.must(0, "campaign", "recall", c["id"].(string))
		}
	}
	b.must(0, "ask", "loyalty", "list", "sim-list-loyalty-0001")
	b.must(0, "ask", "promo-gr", "message", fmt.Sprint(b.rows("recipients", "--account", "promo-gr")[0]["message_id"]))
	b.must(0, "reply", "done", b.rows("replies", "--account", "minsk")[0]["id"].(string))
	b.must(0, "blacklist", "add", phone(1), sim.RouteeContactPhone(7), "--reason", "asked to stop")
	b.must(0, "work", "--once")
	b.must(0, "blacklist", "remove", phone(1), "--confirm", "1", "--reason", "a mistake")
	b.must(0, "work", "--once")
	b.must(0, "config", "callbacks", "--register", "https://deck.example.com/", "--account", "loyalty")
	id := strings.Fields(b.must(0, "config", "callbacks", "--list", "--account", "loyalty").out)[1]
	b.must(0, "config", "callbacks", "--remove", id, "--account", "loyalty")
	b.reconfigure("contact_list = \"sim-list-loyalty-0001\"", "") // its domain is looked for then
	b.must(0, "sync", "--account", "loyalty")
	for _, row := range all.Vendors() {
		for _, m := range row.Methods {
			called := false
			for _, r := range b.world.Requests() {
				called = called || model.Vendor(r.Vendor) == row.Vendor && r.Method == m.Verb && matches(m.Path, r.Path)
			}
			if !called {
				t.Errorf("%s: nothing calls %s %s", row.Vendor, m.Verb, m.Path)
			}
		}
	}
}

// useEverything sends to people and to a list through a simulated vendor, and asks it about single
// objects, as far as it can all that.
func (b *bench) useEverything(v vendors.Registration) {
	b.t.Helper()
	campaign := campaignWith(b.t, append(rulesOf(b.t, v.Vendor).Good, `name = "To some"`))
	account, err := strconv.Unquote(campaign["account"])
	if err != nil {
		b.t.Fatalf("%s has no simulation that takes a campaign", v.Vendor)
	}
	send := func(people string) {
		b.must(0, "send", b.tomlFile(campaign), "--confirm", people, "--hold", "0", "--despite-blacklist", "--again")
	}
	ask := func(what, id string) {
		if r := b.run("ask", account, what, id); r.code != 0 && !strings.Contains(r.err, "has no method that reads one") {
			b.t.Errorf("%s of %s: exit %d\n%s", what, account, r.code, r.err)
		}
	}
	if campaign["template"] == "" { // else its people are the contacts of a list
		campaign["phones"] = fmt.Sprintf("[%q, %q, %q]", phone(0), phone(1), phone(2))
		send("3")
	}
	if sender := campaign["sender"]; sender != "" && v.Capabilities.Can(model.ActSenders) {
		ask("sender", strings.Trim(sender, `"`))
	}
	if !v.Capabilities.Can(model.ActSendList) {
		return
	}
	list := b.rows("lists", "--account", account)[0]
	for _, row := range b.rows("lists", "--account", account) {
		if n, _ := row["people"].(float64); n > 0 || row["id"] == "vip" {
			list = row
		}
	}
	people := list["people"]
	if people == nil {
		people = 12
	}
	delete(campaign, "phones")
	campaign["name"], campaign["list"] = `"To a list"`, fmt.Sprintf("%q", list["id"])
	send(fmt.Sprint(people))
	ask("list", fmt.Sprint(list["id"]))
}
