package smsby

import (
	"time"

	"viberdeck/model"
)

const (
	// perCall is how many people one bulk mailing may contain. The document states no limit; 1000
	// is what the other vendors accept, and it keeps the damage of a lost answer small.
	perCall = 1000
	textMax = 1000 // characters; Viber's own limit, sms.by states none
)

// Capabilities say what sms.by can do. They need no account.
func Capabilities() model.Capabilities {
	return model.Capabilities{
		Vendor: model.SMSBy, Name: "sms.by",
		Kinds: []model.MessageKind{model.KindText, model.KindImage, model.KindTextButton, model.KindTextImageButton,
			model.KindTextImage, model.KindButton, model.KindImageButton},
		Classes: []model.Class{model.ClassPromotional, model.ClassTransactional},
		NoClass: true,
		Zone:    "Europe/Minsk", // the documents name none
		Personal: []model.MessageKind{model.KindText, model.KindTextButton, model.KindTextImageButton,
			model.KindTextImage, model.KindButton, model.KindImageButton},
		Lacks: map[model.Action]string{
			model.ActStatistics:      "sms.by has no statistics of a mailing; they are counted from its people",
			model.ActAnswer:          "sms.by has no method to answer a reply",
			model.ActBlacklistRead:   "sms.by has no blacklist; the blacklist here holds for it",
			model.ActBlacklistAdd:    "sms.by has no blacklist; the blacklist here holds for it",
			model.ActBlacklistRemove: "sms.by has no blacklist; the blacklist here holds for it",
			model.ActStretch:         "sms.by cannot send gradually",
			model.ActLifetime:        "sms.by has no lifetime",
			model.ActCancelScheduled: "sms.by cannot cancel a scheduled mailing through its API; use its web office",
			model.ActCancelRunning:   "sms.by cannot stop a running mailing",
			model.ActInboundURL:      "sms.by has no address for replies; they are asked for",
			model.ActLabel:           "sms.by has no labels",
			model.ActTags:            "sms.by has no tags",
			model.ActDevice:          "sms.by has no choice of device",
			model.ActContactList: "sms.by has no contact lists of that kind; give its subscriber list as the " +
				"vendor's list",
			model.ActTemplate:  "sms.by has no templates; write the text",
			model.ActVariables: "sms.by has no common variables; use {{columns}} in the text",
		},
		Undocumented:        []model.Action{model.ActSenders, model.ActLists, model.ActBalance},
		ViberDeliveriesOnly: true,
		Limits: model.Limits{
			PeoplePerCall:    perCall,
			CallsAtOnce:      4,
			PerSecond:        10, // the document mentions 429 but no figure
			TextMax:          textMax,
			CaptionMax:       30,
			LinkMax:          150,
			FallbackAfterMin: 5 * time.Minute,
			FallbackAfterMax: 60 * time.Minute,
			FallbackStep:     time.Minute,
			FallbackTextMax:  textMax,
		},
		Guard: "After a lost answer the mailings at sms.by are compared by time, text and people; a mailing to a " +
			"list is confirmed only after looking at its state.",
	}
}
