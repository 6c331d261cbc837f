// Package wooxy speaks to Wooxy (formerly SmartSender): batches of Viber messages made from
// templates for the people of a contact list, the Viber blacklist, webhooks and what of the account
// can be read. It follows wooxy-send-batch-viber; what that leaves out comes from the vendor's
// other pages and from third parties, and each method says how sure it is. A method that is only
// inferred does nothing unless the account's setting inferred is on.
package wooxy
