// Package sendpulse implements the Viber campaigns of SendPulse: sending to phones or an address
// book, campaigns with statistics and people, senders, the blacklist, address books and the
// balance. It follows sendpulse-viber-api; where that contradicts itself, a comment in the code
// explains the decision.
package sendpulse
