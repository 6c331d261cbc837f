package compose

import (
	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// ActNew starts a new campaign.
const ActNew kit.Action = "new campaign"

// NewKey is the key of a new campaign on every screen that shows campaigns, people or figures;
// short is its word in the footer.
func NewKey(d *kit.Deck, short string) kit.Binding {
	return kit.Binding{Action: ActNew, Wants: model.IntentSend, Keys: []string{"N"}, Short: short,
		Help: "write a new campaign", Outgoing: true,
		Do:  func() tea.Cmd { return OpenForm(d, model.Campaign{}) },
		Why: func() string { return WhyNotNew(d) }}
}

// WhyNotNew says why no campaign can be started, "" if one can.
func WhyNotNew(d *kit.Deck) string {
	if len(d.Accounts) == 0 {
		return d.Tr("no account is configured")
	}
	return ""
}
