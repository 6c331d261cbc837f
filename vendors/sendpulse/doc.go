// Package sendpulse speaks to the Viber campaigns of SendPulse: sending to phones or an address
// book, campaigns with statistics and people, senders, the blacklist, address books and the
// balance. It follows sendpulse-viber-api; where that contradicts itself, what was decided is said
// at the place.
package sendpulse
