package model

// ReportedFactName names something that a vendor reports about its campaign in addition to state,
// figures and cost.
type ReportedFactName string

// The things that vendors report.
const (
	FactState      ReportedFactName = "state"
	FactMessages   ReportedFactName = "messages"
	FactRecipients ReportedFactName = "recipients"
	FactCountries  ReportedFactName = "countries"
	FactGroups     ReportedFactName = "groups"
	FactInGroups   ReportedFactName = "in groups"
	FactCharacters ReportedFactName = "characters"
	FactSMSState   ReportedFactName = "state of the SMS"
	FactLists      ReportedFactName = "lists"
)

// ReportedFact is one such thing, in the vendor's words and numbers.
type ReportedFact struct {
	Name  ReportedFactName `json:"name"`
	Value string           `json:"value"`
}
