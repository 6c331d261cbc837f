package model

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// ContactColumn is the column of a list of people with the vendor's contact that a phone belongs
// to. That contact's own labels fill in the text.
const ContactColumn = "contact_id"

// Value returns the person's value in a column, "" if there is no such column.
func (r Recipient) Value(column string) string {
	for name, value := range r.Vars {
		if columnKey(name) == column {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// names resolves names in a campaign to ids: of the template, the contact list and the lists. What
// is not among the known ones is sent to the vendor unchanged, with a warning. If no contact list
// is named, the account's is set, so that it is confirmed and cannot change later.
func (p Planner) names(ctx context.Context, plan *Plan, caps Capabilities) error {
	c := &plan.Campaign
	account, _ := FindAccount(p.Accounts, c.Account)
	templates := make([]List, len(account.Templates))
	for i, t := range account.Templates {
		templates[i] = List{ID: t.ID, Name: t.Name}
	}
	var err error
	if c.Message.Template, err = idOf("template", c.Message.Template, templates); err != nil {
		return err
	}
	plan.notAmong(templates, c.Message.Template, Say("the templates of the configuration"))
	if strings.TrimSpace(c.Options.ContactList) == "" && caps.Can(ActContactList) {
		c.Options.ContactList = strings.TrimSpace(account.Setting(SettingContactList))
	}
	if c.List == "" && c.Options.ContactList == "" {
		return nil
	}
	lists, err := p.Reader.Lists(ctx, c.Account)
	if err != nil {
		return Errorf("lists of %s: %w", c.Account, err)
	}
	if c.Options.ContactList, err = idOf("contact_list", c.Options.ContactList, lists); err != nil {
		return err
	}
	if c.List, err = idOf("list", c.List, lists); err != nil {
		return err
	}
	others := slices.Clone(c.Options.OtherLists)
	for i := range others {
		if others[i], err = idOf("list", others[i], lists); err != nil {
			return err
		}
	}
	c.Options.OtherLists = others
	plan.listNames = map[string]string{}
	for _, id := range append(c.Lists(), c.Options.ContactList) {
		plan.nameList(lists, id)
		plan.notAmong(lists, id, Say("the lists that were read from %s", c.Account))
	}
	return nil
}

// nameList remembers the name of a list, with its id if another one has the same name.
func (plan *Plan) nameList(known []List, id string) {
	i := slices.IndexFunc(known, func(l List) bool { return l.ID == id && l.Name != "" })
	if i < 0 {
		return
	}
	name := SanitiseLine(known[i].Name)
	if slices.ContainsFunc(known, func(l List) bool { return l.ID != id && Fold(l.Name) == Fold(known[i].Name) }) {
		name += " (" + id + ")"
	}
	plan.listNames[id] = name
}

// listTitles returns the names of lists, and the id of one whose name is unknown.
func (plan Plan) listTitles(ids ...string) string {
	titles := make([]string, len(ids))
	for i, id := range ids {
		titles[i] = cmp.Or(plan.listNames[id], id)
	}
	return strings.Join(titles, ", ")
}

// Lists names the vendor's lists that the campaign goes to, "" if there are none.
func (plan Plan) Lists() string { return plan.listTitles(plan.Campaign.Lists()...) }

// Details returns the vendor-specific parts of the campaign, with the names of lists.
func (plan Plan) Details() Details {
	c := plan.Campaign
	c.Options.OtherLists = nil // they are among Lists
	if id := c.Options.ContactList; id != "" {
		c.Options.ContactList = plan.listTitles(id)
	}
	return c.Details()
}

// notAmong warns of an id that is not among the known ones, if there are any.
func (plan *Plan) notAmong(known []List, id string, what Text) {
	if id == "" || len(known) == 0 || slices.ContainsFunc(known, func(l List) bool { return l.ID == id }) {
		return
	}
	plan.Warnings = append(plan.Warnings,
		Say("%q is not among %s: the vendor gets it as it is, and decides", id, what))
}

// idOf returns the id for an id or a name among the known ones. Anything else is left to the
// vendor: it may not have been read yet.
func idOf(field, named string, known []List) (string, error) {
	if named == "" || slices.ContainsFunc(known, func(l List) bool { return l.ID == named }) {
		return named, nil
	}
	var ids []string
	for _, l := range known {
		if Fold(l.Name) == Fold(named) && !slices.Contains(ids, l.ID) {
			ids = append(ids, l.ID)
		}
	}
	switch len(ids) {
	case 0:
		return named, nil
	case 1:
		return ids[0], nil
	}
	return named, Invalid(field, "%d are called %q; give the id of one: %s", len(ids), named, Listed(ids))
}

// fills reports whether the vendor itself fills in the text of the campaign for these people.
func (caps Capabilities) fills(c Campaign, people People) bool {
	return caps.PersonalLists && (c.List != "" || people.allContacts())
}

// forContacts returns the vendor's capabilities if all of the people are its own contacts.
func (caps Capabilities) forContacts(people People) Capabilities {
	if caps.PersonalLists && people.allContacts() {
		lacks := make(map[Action]string, len(caps.Lacks))
		for act, why := range caps.Lacks {
			if act != ActPersonal {
				lacks[act] = why
			}
		}
		caps.Lacks = lacks
	}
	return caps
}

// allContacts reports whether each of the people has a vendor's id.
func (p People) allContacts() bool {
	for _, r := range p.All() {
		if r.Contact == "" && r.Value(ContactColumn) == "" {
			return false
		}
	}
	return p.Len() > 0
}

// contactsOnly counts the people without a known phone.
func (p People) contactsOnly() (n int) {
	for _, r := range p.Who() {
		if r.Phone == 0 {
			n++
		}
	}
	return n
}

// checkFilled requires a fallback for each place of a text that only the vendor can fill in: it is
// not known here which people lack the value.
func checkFilled(c Campaign, caps Capabilities, people People) error {
	t, err := ParseTemplate(c.Message.Text)
	if err != nil || !caps.fills(c, people) {
		return err
	}
	has := t.Fallbacks()
	for _, column := range t.Columns() {
		if _, ok := has[column]; !ok {
			return Invalid("text", "only the vendor knows who has {{%[1]s}}; write {{%[1]s|fallback}} for those who "+
				"lack it, or {{%[1]s|}} for nothing there", column)
		}
	}
	return nil
}
