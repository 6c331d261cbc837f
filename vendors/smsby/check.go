package smsby

import (
	"errors"
	"slices"
	"strconv"

	"viberdeck/model"
)

// Check verifies what capabilities cannot express: which of the three ways of sending (bulk, single
// messages with SMS forwarding, list) supports what.
func (a *Adapter) Check(c model.Campaign) error {
	var errs []error
	add := func(field, text string) { errs = append(errs, model.Invalid(field, "%s", model.Text{Format: text})) }
	kind, _ := c.Message.Kind()
	fallback, list := c.Fallback.Enabled(), c.List != ""
	if c.Options.OneByOne && list {
		add("one_by_one", "a list at sms.by gets one mailing; it cannot go one by one")
	}
	if fallback && list {
		add("sms_fallback", "sms.by forwards as SMS only what goes to phones, not to a list")
	}
	if fallback && !c.SendAt.IsZero() {
		add("send_at", "sms.by cannot schedule messages with an SMS fallback; take one of the two out")
	}
	if alone(c) && c.HandOver && !fallback {
		add("hand_over", "sms.by cannot schedule messages that go one by one; let it wait here until its time")
	}
	if fallback && c.Message.Text == "" {
		add("sms_fallback", "sms.by forwards the text of the message, and an image has none")
	}
	if c.Fallback.Text != "" && c.Fallback.Text != c.Message.Text {
		add("sms_fallback.text", "sms.by forwards the text of the message itself; leave this empty")
	}
	if c.Fallback.Sender != "" && !isID(c.Fallback.Sender) {
		add("sms_fallback.sender", "it is the number of an alphaname at sms.by")
	}
	if mailing := !alone(c) && !list; mailing && kind == model.KindTextButton {
		add("image_url", "sms.by wants an image beside text and button in a mailing to phones; one by one it needs none")
	} else if mailing && slices.Contains(singleKinds(), kind) {
		add("one_by_one", "sms.by has no mailings to phones of this layout; one by one, each person gets a message "+
			"of their own")
	} else if mailing && c.Message.ImageFile != (model.Upload{}) {
		add("image_file", "an image is uploaded with single messages and lists only; send one by one, or give the "+
			"image's address")
	}
	if !isID(c.Sender) {
		add("sender", "no sender of this account is known by that name; give its number at sms.by, or its name as "+
			"the senders list shows it after a sync")
	}
	if list && !isID(c.List) {
		add("list", "it is the number of a subscriber list at sms.by")
	}
	if (alone(c) || list) && c.Options.CallbackURL != "" {
		add("callback_url", "sms.by takes a callback address only for mailings to phones without SMS fallback")
	}
	return errors.Join(append(errs, c.CheckReachable(a.base))...)
}

// singleKinds are the layouts that only single messages and mailings to lists support.
func singleKinds() []model.MessageKind {
	return []model.MessageKind{model.KindTextImage, model.KindButton, model.KindImageButton}
}

func isID(s string) bool {
	n, err := strconv.ParseInt(s, 10, 64)
	return err == nil && n > 0 && s[0] != '+'
}
