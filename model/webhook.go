package model

// Webhook is an address to which a vendor reports the events of an account.
type Webhook struct {
	ID       string // the vendor's; "" for a new one
	Title    string
	URL      string
	DomainID string // Wooxy: of a new one; "" here and in Domain: that of the account's contact list
	Domain   string // Wooxy: a domain's name instead of its id
	Events   []string
}
