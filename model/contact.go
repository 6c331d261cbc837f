package model

import "strings"

// FoldContact returns a contact in the form in which it is stored and compared. The case of an
// e-mail address is ignored; any other identifier is a vendor's own and stays as written.
func FoldContact(contact string) string {
	contact = SanitiseLine(strings.TrimSpace(contact))
	if strings.Contains(contact, "@") {
		return strings.ToLower(contact)
	}
	return contact
}
