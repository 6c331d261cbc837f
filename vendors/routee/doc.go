// Package routee implements Routee: Viber campaigns with every layout, their tracking, contacts,
// groups, the blacklist by contact id, and what Routee sends to callback and inbound addresses. It
// follows routee-send-viber-campaign; comments in the code explain how its gaps were filled.
package routee
