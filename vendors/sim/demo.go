package sim

import "viberdeck/model"

// DemoPlans returns a planned campaign for each vendor, which a demonstration sends by itself. This
// fills its outbox, and gives campaigns to the vendors that cannot list any. Those in state held
// must stay in their recall window.
func DemoPlans() []model.Plan {
	plan := func(account string, vendor model.Vendor, name, sender, text string, people []model.Recipient) model.Plan {
		return model.Plan{People: model.PeopleOf(people...), Recipients: model.Known(int64(len(people))),
			Campaign: model.Campaign{Account: account, Vendor: vendor,
				Name: name, Sender: sender, Class: model.ClassPromotional, Message: model.Message{Text: text}}}
	}
	bonus := plan(WooxyAccount, model.Wooxy, "Loyalty bonus", "", "", demoContacts(230))
	bonus.Campaign.Message.Template, bonus.Campaign.Options.ContactList = WooxyTemplate, WooxyList
	held := plan(SMSByAccount, model.SMSBy, "Напоминание о записи", "444", "Здравствуйте! Ждём вас завтра.",
		demoPeople(375291500000, 60))
	held.Campaign.State = model.CampaignHeld
	return []model.Plan{
		plan(RouteeAccount, model.Routee, "Weekend in Athens", RouteeSender,
			"Kalimera! This weekend everything is 20 % off.", demoPeople(306940000000, 140)),
		bonus,
		plan(SendPulseAccount, model.SendPulse, "Вечірній розпродаж", "4495",
			"Сьогодні після 18:00 знижка 15 % на все.", demoPeople(380501000000, 1200)),
		held,
	}
}

// demoPeople returns n made-up consecutive phones.
func demoPeople(first model.Phone, n int) []model.Recipient {
	people := make([]model.Recipient, n)
	for i := range people {
		people[i].Phone = first + model.Phone(i)
	}
	return people
}

// demoContacts returns the first people of Wooxy's list.
func demoContacts(n int) []model.Recipient {
	people := make([]model.Recipient, 0, n)
	for i := range n {
		if p, ok := model.PhoneFromVendor(WooxyPhone(i)); ok {
			people = append(people, model.Recipient{Phone: p, Vars: map[string]string{"name": "friend"}})
		}
	}
	return people
}
