package sendpulse

import (
	"errors"
	"strconv"

	"viberdeck/model"
)

// Check verifies what capabilities cannot express.
func (a *Adapter) Check(c model.Campaign) error {
	var errs []error
	add := func(field, format string, args ...any) { errs = append(errs, model.Invalid(field, format, args...)) }
	if !isID(c.Sender) {
		add("sender", "no sender of this account is known by that name; give its number at SendPulse, or its name "+
			"as the senders list shows it after a sync")
	}
	if c.List != "" && !isID(c.List) {
		add("list", "it is the number of an address book at SendPulse")
	}
	if !c.SendAt.IsZero() && a.account.TimeZone == "" {
		add("send_at", "SendPulse takes a time without a zone, and account %s names none; set its time_zone to that "+
			"of the SendPulse account", a.account.Name)
	}
	if c.Fallback.Enabled() && c.Fallback.Text == "" && c.Message.Text == "" {
		add("sms_fallback.text", "an SMS needs a text, and an image has none")
	}
	if c.Fallback.After != 0 {
		add("sms_fallback.after", "%s", Capabilities().Why(model.ActFallbackAfter))
	}
	return errors.Join(errs...)
}

func isID(s string) bool {
	n, err := strconv.ParseInt(s, 10, 64)
	return err == nil && n > 0 && s[0] != '+'
}
