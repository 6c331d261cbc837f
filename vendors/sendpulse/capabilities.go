package sendpulse

import (
	"time"

	"viberdeck/model"
)

const perCall = 1000 // people in "recipients"

// Capabilities say what SendPulse can do. They need no account.
func Capabilities() model.Capabilities {
	return model.Capabilities{
		Vendor: model.SendPulse, Name: "SendPulse",
		ZoneToSchedule: true,
		Kinds: []model.MessageKind{model.KindText, model.KindImage, model.KindTextButton,
			model.KindTextImageButton},
		Classes: []model.Class{model.ClassPromotional, model.ClassTransactional},
		Lacks: map[model.Action]string{
			model.ActReplies:         "SendPulse does not hand out replies to Viber campaigns",
			model.ActMarkRead:        "SendPulse does not hand out replies to Viber campaigns",
			model.ActAnswer:          "SendPulse does not hand out replies to Viber campaigns",
			model.ActPersonal:        "SendPulse sends the same text to all; take the {{columns}} out",
			model.ActCancelScheduled: "SendPulse cannot cancel a scheduled campaign through its API; use its web office",
			model.ActCancelRunning:   "SendPulse cannot stop a running campaign",
			model.ActCallbackURL:     "SendPulse has no callbacks for Viber campaigns",
			model.ActInboundURL:      "SendPulse has no address for replies",
			model.ActLabel:           "SendPulse has no labels",
			model.ActTags:            "SendPulse has no tags",
			model.ActUpload:          "SendPulse takes images by their address only; give the image's address",
			model.ActOneByOne:        "SendPulse sends to everybody of a call at once, not one by one",
			model.ActDevice:          "SendPulse has no choice of device",
			model.ActContactList: "SendPulse has no contact lists of that kind; give its address book as the " +
				"vendor's list",
			model.ActTemplate: "SendPulse has no templates by id; a transactional text must match an " +
				"approved one",
			model.ActVariables:     "SendPulse has no common variables",
			model.ActFallbackAfter: "SendPulse chooses itself when it sends the SMS; leave this out",
		},
		Undocumented: []model.Action{model.ActLists, model.ActBalance},
		Limits: model.Limits{
			PeoplePerCall:   perCall,
			CallsAtOnce:     4,
			PerSecond:       10,
			TextMax:         1000,
			CaptionMax:      30, // Viber's own; the document states none
			LifetimeMin:     time.Minute,
			LifetimeMax:     24 * time.Hour,
			LifetimeDefault: 24 * time.Hour,
			StretchMax:      5 * time.Hour,
			StretchStep:     time.Hour,
		},
		Guard: "After a lost answer the campaigns at SendPulse are compared by name, time and people.",
	}
}
