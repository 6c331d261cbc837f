// Package smsby implements sms.by and its white labels: bulk and personal mailings (v1), single
// messages with SMS forwarding and mailings to lists (v2), and everything that can be read back
// according to the two documents. It follows smsby-send-bulk-viber and smsby-viber-methods;
// comments in the code explain how their gaps were filled.
package smsby
