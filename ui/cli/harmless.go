package cli

import "viberdeck/model"

const (
	// wordsShown is the most characters of one text from outside in a line for a person.
	wordsShown = 400
	// errorShown is the most characters of one error.
	errorShown = 4000
)

// harmless takes the control characters out of texts that are put into a line for a person, and
// bounds them: a campaign's name, a vendor's words and a file's text come from outside.
func harmless(args []any) []any {
	safe := make([]any, len(args))
	for i, a := range args {
		switch v := a.(type) {
		case string:
			safe[i] = model.Clip(model.SanitiseLine(v), wordsShown)
		case error:
			safe[i] = model.Clip(model.Sanitise(v.Error()), errorShown)
		case model.Text:
			safe[i] = model.Clip(model.Sanitise(v.String()), errorShown)
		default:
			safe[i] = a
		}
	}
	return safe
}
