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
