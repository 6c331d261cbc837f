// Package routee speaks to Routee: Viber campaigns with every layout, their tracking, contacts,
// groups, the blacklist by contact id, and what Routee sends to callback and inbound addresses. It
// follows routee-send-viber-campaign; what that leaves out is said where it is decided.
package routee
