package wooxy

import (
	"time"

	"viberdeck/model"
)

const (
	perCall     = 100 // people in "contacts"
	callsAtOnce = 10
	tagMax      = 50 // characters
	// complaintsBlock is the percentage of complaints above which Wooxy blocks a sender name
	// (wooxy.com/knowledge-base/viber/viber-integration).
	complaintsBlock = 5
)

const (
	onlyWebhooks  = "Wooxy reports deliveries only by webhook; set callbacks.listen and give Wooxy the address"
	noReplies     = "Wooxy does not hand out replies"
	removeIsGuess = "Wooxy documents no way to take a phone off its Viber blacklist; do it in its web office, or set " +
		"inferred = true in the account to try"
)

// Capabilities say what Wooxy can do as long as the setting inferred is off. They need no account.
func Capabilities() model.Capabilities {
	return model.Capabilities{
		Vendor: model.Wooxy, Name: "Wooxy",
		DefaultSender: true,
		Contacts:      true,
		Kinds:         []model.MessageKind{model.KindTemplate},
		// the template's own; it is not sent
		Classes:  []model.Class{model.ClassPromotional, model.ClassTransactional},
		NoClass:  true,
		Personal: []model.MessageKind{model.KindTemplate},
		Lacks: map[model.Action]string{
			model.ActListCampaigns: "Wooxy has no campaigns in its API, only single messages; those sent from " +
				"here are kept here",
			model.ActStatistics: onlyWebhooks,
			model.ActRecipients: onlyWebhooks,
			model.ActReplies:    noReplies,
			model.ActMarkRead:   noReplies,
			model.ActAnswer:     noReplies,
			model.ActSenders: "Wooxy does not list its senders; name them in the configuration as " +
				"[[account.sender]]",
			model.ActBlacklistRemove: removeIsGuess,
			model.ActSendList: "Wooxy sends to named contacts of a list, not to the list; export its contacts and " +
				"give them as recipients",
			model.ActSchedule:        "Wooxy sends at once",
			model.ActStretch:         "Wooxy cannot send gradually",
			model.ActSMSFallback:     "Wooxy has no SMS fallback for Viber messages",
			model.ActCancelScheduled: "Wooxy schedules nothing, so there is nothing to cancel",
			model.ActCancelRunning: "Wooxy cannot cancel a running send; only people who are not dispatched yet " +
				"can be held",
			model.ActSettle: "Wooxy cannot be asked about a send whose answer was lost: look at Wooxy's web office, " +
				"then decide in the outbox",
			model.ActUpload:      "Wooxy sends only what a template says; put the image into the template",
			model.ActOneByOne:    "Wooxy sends to everybody of a call at once, not one by one",
			model.ActCallbackURL: "Wooxy reports to webhooks of the account, not to an address of one campaign",
			model.ActInboundURL:  noReplies,
			model.ActLabel:       "Wooxy has no labels; use tags",
		},
		Undocumented: []model.Action{model.ActBlacklistRead, model.ActLists, model.ActBalance},
		Limits: model.Limits{
			PeoplePerCall:   perCall,
			CallsAtOnce:     callsAtOnce,
			LifetimeMin:     30 * time.Minute,
			LifetimeMax:     72 * time.Hour,
			LifetimeDefault: time.Hour, // Wooxy's default when ttl is omitted
			TagMax:          tagMax,
			VariableName:    variableName,
			ComplaintsBlock: complaintsBlock,
		},
		Guard: "Nothing at Wooxy protects against a repeat, so a call whose answer is lost is never repeated " +
			"automatically: its people, at most 100, are unknown until a person decides.",
	}
}
