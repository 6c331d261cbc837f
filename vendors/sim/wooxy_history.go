package sim

import "time"

// seedHistory fills the account: lists, templates and senders in every state, tags, and a blacklist
// longer than a page. Past messages leave no trace at Wooxy, which cannot list them.
func (v *wooxy) seedHistory() {
	start := v.clock.start
	created := wooxyDate(start.Add(-400 * 24 * time.Hour))
	v.lists = []contactList{
		{WooxyList, "Карта лояльности", 2000, created, true},
		{WooxyLargeList, "Everybody", wooxyPeople, created, false},
		{WooxySmallList, "VIP", 120, created, false},
		{WooxyEmptyList, "Empty", 0, created, false},
	}
	v.templates = map[string]wooxyTemplate{}
	for _, t := range []wooxyTemplate{
		{id: WooxyTemplate, text: "Здравствуйте, {{ name }}! Рады видеть вас."},
		{id: WooxyBonusTemplate, text: "{{ name }}, you have {{ points }} points until {{ day|default('Sunday') }}.",
			button: true},
		{id: WooxyTemplateNotApproved, text: "New", waiting: true},
		{id: WooxyTemplateRejected, text: "WIN NOW", rejected: true},
		{id: WooxyTemplateRestricted, text: "20 % off today, {{ name }}", restricted: true, button: true},
		{id: WooxyTemplateBroken, text: "Hello {{ name", twig: `Unclosed "variable" at line 1.`},
		{id: WooxyTemplateCrashing, text: "?", crashes: true},
	} {
		v.templates[t.id] = t
	}
	v.senders = map[string]wooxySender{}
	for _, s := range []wooxySender{
		{id: "", countries: "BY GR UA LT LV EE PL CY"},
		{id: WooxySender, countries: "BY GR UA DE LT PL"},
		{id: WooxyGreekSender, countries: "GR CY"},
		{id: WooxySenderNotApproved, countries: "BY", waiting: true},
		{id: WooxySenderOfOthers, countries: "BY", foreign: true},
	} {
		v.senders[s.id] = s
	}
	v.tags = []string{"autumn", "loyalty", "vip", "зіма"}
	bans := 45
	if v.busy() {
		bans = 450
	}
	logs := []string{"Viber user blocked", "No such Viber user", "Invalid phone number", "Message rejected as spam",
		"asked by phone"}
	if v.drill() {
		logs = append(logs, hostileReplies[0], hostileReplies[2], hostileReplies[4])
	}
	d := throw(v.seed, "wooxy", "blacklist")
	banned := append(people(d, belarus, bans), wooxyPhone(40), wooxyPhone(41))
	for i, phone := range banned {
		log := logs[d.pick(len(logs))]
		reject := "invalid"
		if log == "Message rejected as spam" {
			reject = "spam"
		}
		source := []string{"api", "manual", "import"}[d.pick(3)]
		v.blacklist = append(v.blacklist, wooxyBlocked{
			phone, reject, source, log, start.Add(-time.Duration(len(banned)-i) * 9 * time.Hour)})
	}
}
