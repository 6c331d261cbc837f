package programtest_test

import (
	"fmt"
	"strings"
	"testing"

	"viberdeck/model"
	"viberdeck/vendors/all"
	"viberdeck/vendors/sim"
)

func TestEveryMethodThatIsWrittenDownIsCalledBySomething(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Vendors: sim.AllVendors()})
	b.reconfigure("vendor = \"wooxy\"", "vendor = \"wooxy\"\ninferred = true")
	b.must(0, "sync")
	once := func(args ...string) { b.must(0, append([]string{"send"}, append(args, "--hold", "0")...)...) }
	once(b.campaignFile("minsk", "Autumn sale", 3, ""), "--confirm", "3")
	once(b.campaignFile("minsk", "One by one", 1, "one_by_one = true\n"), "--confirm", "1", "--again")
	once(b.campaignFile("shop-ua", "Winter sale", 3, ""), "--confirm", "3")
	once(b.routeeFile("Spring sale", 3), "--confirm", "3")
	later := b.write("later.toml", `account = "promo-gr"
name = "Later"
sender = "Example Shop"
text = "Later"
phones = ["+306948500033"]
send_at = 2099-12-01T10:00:00Z
hand_over = true
`)
	once(later, "--confirm", "1")
	for _, account := range []string{"minsk", "promo-gr", "shop-ua"} {
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
		sender := map[string]string{"minsk": "444", "promo-gr": "Example Shop", "shop-ua": "4495"}[account]
		once(b.write(account+".toml",
			fmt.Sprintf("account = %q\nname = \"To a list\"\nsender = %q\ntext = \"To all\"\nlist = %q\n",
				account, sender, list["id"])), "--confirm", fmt.Sprint(people), "--despite-blacklist")
		if account != "minsk" {
			b.must(0, "ask", account, "list", fmt.Sprint(list["id"]))
		}
	}
	b.must(0, "send", b.wooxyFile("Points"), "--to", b.csv("w.csv", "contact", 1, sim.WooxyPhone),
		"--confirm", "1", "--hold", "0")
	b.must(0, "work", "--once")
	for _, c := range b.rows("campaigns", "--account", "promo-gr") {
		if c["name"] == "Later" {
			b.must(0, "campaign", "recall", c["id"].(string))
		}
	}
	b.must(0, "ask", "shop-ua", "sender", "4495")
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
