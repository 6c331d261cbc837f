package model

import "github.com/shopspring/decimal"

// SMSUse says whether people of a campaign who do not get the Viber message get an SMS.
type SMSUse string

// The uses of SMS.
const (
	SMSUnknown SMSUse = ""      // not reported
	SMSNone    SMSUse = "none"  // no SMS is sent
	SMSAsked   SMSUse = "asked" // some may have got one
)

// SMSUseOf converts a vendor's yes or no.
func SMSUseOf(asked bool) SMSUse {
	if asked {
		return SMSAsked
	}
	return SMSNone
}

// ChannelFigures are the figures of one channel.
type ChannelFigures struct {
	Delivered Figure
	Cost      Money
}

// Channels are the deliveries of a campaign by channel. Figures that the vendor does not report
// separately are unknown.
type Channels struct {
	Use        SMSUse
	Viber, SMS ChannelFigures
	// ViberAtLeast are people who certainly got the Viber message: it was read there.
	ViberAtLeast Figure
	// Why says why the two channels cannot be separated; it is empty if they can.
	Why Text
}

// Channels separates the deliveries by Viber and by SMS, as far as the vendor's reports allow.
func (s Statistics) Channels(caps Capabilities) Channels {
	ch := Channels{Use: s.SMS, ViberAtLeast: s.Totals.Read}
	if ch.Use == SMSUnknown && !caps.Can(ActSMSFallback) {
		ch.Use = SMSNone
	}
	switch {
	case ch.Use == SMSNone:
		ch.Viber = ChannelFigures{Delivered: s.Totals.Delivered, Cost: s.Cost}
		ch.SMS = ChannelFigures{Delivered: Known(0)}
		if s.Cost.Known {
			ch.SMS.Cost = NewMoney(decimal.Zero, s.Cost.Currency)
		}
	case ch.Use == SMSUnknown:
		ch.Why = Say("the vendor does not report whether SMS were sent for messages that did not arrive")
	case caps.ViberDeliveriesOnly:
		ch.Viber.Delivered = s.Totals.Delivered
		ch.Why = Say("the vendor reports what arrived by Viber, but neither how many SMS it sent instead nor what " +
			"they cost")
	default:
		ch.Why = Say("the vendor counts messages and SMS together")
	}
	return ch
}
