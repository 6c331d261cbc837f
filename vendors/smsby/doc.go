// Package smsby speaks to sms.by and its white labels: bulk and personal mailings (v1), single
// messages with SMS forwarding and mailings to lists (v2), and everything the two documents let one
// read back. It follows smsby-send-bulk-viber and smsby-viber-methods; what those leave out is said
// where it is decided.
package smsby
