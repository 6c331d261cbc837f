// Package wooxy implements Wooxy (formerly SmartSender): batches of Viber messages made from
// templates for the people of a contact list, the Viber blacklist, webhooks and the readable parts
// of the account. It follows wooxy-send-batch-viber; what that omits comes from the vendor's other
// pages and from third parties, and each method says how reliable its source is. A method that is
// only inferred does nothing unless the account's setting inferred is on.
package wooxy
