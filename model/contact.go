package model

import "strings"

// FoldContact gives a contact as it is stored and compared. The case of an e-mail address does not
// count; any other identifier is a vendor's own and stays as it was written.
func FoldContact(contact string) string {
	contact = SanitiseLine(strings.TrimSpace(contact))
	if strings.Contains(contact, "@") {
		return strings.ToLower(contact)
	}
	return contact
}

// ContactsOf gives the contacts of people who have no phone.
func ContactsOf(people []Recipient) []string {
	var contacts []string
	for _, r := range people {
		if r.Phone == 0 && r.Contact != "" {
			contacts = append(contacts, FoldContact(r.Contact))
		}
	}
	return contacts
}
