package routee

import (
	"time"

	"viberdeck/model"
)

const perCall = 1000 // people in "to" and in "contacts", and groups

// Capabilities say what Routee can do. They need no account.
func Capabilities() model.Capabilities {
	return model.Capabilities{
		Vendor: model.Routee, Name: "Routee",
		Kinds: []model.MessageKind{model.KindText, model.KindImage, model.KindTextButton, model.KindTextImageButton,
			model.KindFile,
			model.KindVideo, model.KindVideoText, model.KindVideoTextImage},
		Classes:      []model.Class{model.ClassPromotional, model.ClassTransactional, model.ClassSession},
		NamesCalls:   true,
		Lacks:        lacks(),
		Undocumented: []model.Action{model.ActLists, model.ActBlacklistRead},
		Personal: []model.MessageKind{model.KindText, model.KindTextButton, model.KindTextImageButton,
			model.KindVideoText, model.KindVideoTextImage},
		PersonalLists:       true,
		TextIsTransactional: true, // "when the viber message has only text, then the message is transactional"
		PeopleBesideLists:   true,
		Contacts:            true,
		Limits: model.Limits{
			PeoplePerCall: perCall,
			AskAgain:      repeatFor,
			CallsAtOnce:   4,
			PerSecond:     5, // the documents state none
			TextMax:       1000,
			CaptionMax:    30,
			ImageURLMax:   1000,
			ImageKB:       400, // "recommended image size"
			FileKB:        600, // "recommended file size", and error 016
			HTTPSOnly:     true,
			LifetimeMin:   30 * time.Second,
			LifetimeMax:   24 * time.Hour,
			NameMin:       2,
			NameMax:       nameMax,
			NamePattern:   model.NewPattern(`^[A-Za-z0-9 -]*$`),
			NameRule:      "Routee takes only Latin letters, digits, spaces and - in a name",
			LabelMax:      350,
			FileNameMax:   25,
			ListsPerCall:  perCall,
			FileTypes: []string{"doc", "docx", "rtf", "dot", "dotx", "odt", "odf", "fodt", "txt", "info",
				"pdf", "xps", "pdax", "eps", "xls", "xlsx", "ods", "fods", "csv", "xlsm", "xltx"},
			VideoSizeMB:  200,
			VideoSeconds: 600,
		},
		Guard: "Routee takes each campaign name once only, and each call has a name of its own. After a lost answer " +
			"the same request is repeated under the same name: if Routee had taken it, it says so and sends nothing " +
			"again. Without a lifetime a message waits up to " +
			"14 days.",
	}
}

// lacks says what Routee cannot do, and what to do instead.
func lacks() map[model.Action]string {
	return map[model.Action]string{
		model.ActListCampaigns: "Routee cannot list Viber campaigns: those sent from here are shown, others are not",
		model.ActStatistics:    "Routee has no totals of a Viber campaign: the figures are counted from its people",
		model.ActReplies: "Routee sends replies only to a campaign's inbound address: set up [callbacks] " +
			"and inbound_url",
		model.ActMarkRead: "Routee keeps no replies, so there is nothing to mark",
		model.ActSenders:  "Routee cannot list its Viber senders: those of the configuration are shown",
		model.ActPersonal: "Routee fills in {{columns}} only from its own contacts and groups; give a group as " +
			"the vendor's list, or take the {{columns}} out",
		model.ActStretch:       "Routee cannot send gradually",
		model.ActSMSFallback:   "Routee's Viber campaigns have no SMS fallback",
		model.ActCancelRunning: "Routee cannot stop a running campaign; only a scheduled one can be deleted",
		model.ActTags:          "Routee has no tags; it has one label",
		model.ActUpload:        "Routee takes images by their address only; give the image's address",
		model.ActOneByOne:      "Routee sends to everybody of a call at once, not one by one",
		model.ActDevice:        "Routee has no choice of device",
		model.ActContactList:   "Routee has no contact lists of that kind; give its group as the vendor's list",
		model.ActTemplate:      "Routee has no templates by id",
		model.ActVariables:     "Routee has no common variables",
	}
}
