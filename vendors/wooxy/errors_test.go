package wooxy_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"viberdeck/model"
	"viberdeck/vendors/wooxy"
)

// documentedErrors are the error texts of the document as it prints them, each with what it means
// for a call and for one person.
const documentedErrors = `
"Argument contactListId must be a string"                    | invalid contact_list | rejected
"Argument contactListId must be a non-empty string"          | invalid contact_list | rejected
"Contact list with id {contactListId} not found"             | not-found contact_list | rejected
"Each contact must contain contact field"                    | invalid phones | rejected
"Argument contacts must be an array of objects"              | invalid phones | rejected
"Amount of contacts must be less or equal 100"               | invalid phones | rejected
"No contacts to handle"                                      | invalid phones | rejected
"Duplicated as {contact}",                                   | conflict phones | rejected
"Contact not found"                                          | not-found phones | rejected
"name of variable can not be empty"                          | invalid variables | rejected
"Argument templateId must be a non-empty string"             | invalid template | rejected
"Template with id {templateId} not found"                    | not-found template | rejected
"Argument tags must be an array"                             | invalid tags | rejected
"Tag name must be a non-empty string"                        | invalid tags | rejected
"Tags should be 50 characters or less"                       | invalid tags | rejected
"Any tags starting with an underscore are reserved for internal use and will cause errors" | invalid tags | rejected
"Argument variables must be an array of arrays with \"name\" and \"value\" fields"         | invalid variables | rejected
"name of variable must be a string"                          | invalid variables | rejected
"variable \"{name}\" is reserved and can not be added as custom variable"                  | invalid variables | rejected
"invalid name of variable {name}"                            | invalid variables | rejected
"Payment required"                                           | money | no-money
"Twig syntax error: {error}"                                 | invalid template | failed
"Invalid authorization token!"                               | denied | rejected
"Internal server error"                                      | unknown | failed
"Bad Request"                                                | invalid | rejected
"no matches found for access token {accessToken}"            | denied | rejected
"user {id} not enabled"                                      | denied | rejected
"no data found for key {userId}"                             | denied | rejected
"access token check failed for key/secret $key/$accessToken" | denied | rejected
"Argument {argument} required"                               | invalid | rejected
"Argument device must be a non-empty string"                 | invalid device | rejected
"Argument device must be in [all, phone]"                    | invalid device | rejected
"Argument senderId must be a non-empty string"               | invalid sender | rejected
"There is no registered senderId {id} in account"            | invalid sender | rejected
"Sender with senderId {id} not registered in account"        | invalid sender | rejected
"Sender with senderId {id} not approved"                     | invalid sender | rejected
"Country of contact is not allowed for senderId {id}"        | invalid sender | rejected
"No default senderId registered for country"                 | invalid sender | rejected
"Argument ttl must be a positive integer"                    | invalid lifetime | rejected
"Template {id} is rejected"                                  | invalid template | rejected
"Template {id} is not approved"                              | invalid template | rejected
"Template {id} is not allowed to use in restricted country"  | invalid template | rejected
"Contact is not active"                                      | invalid phones | rejected
"Tag %s is not registered in account tags"                   | not-found tags | rejected
`

// documentedError is one row of the table.
type documentedError struct{ text, kind, field, person string }

func errorsOfTheDocument(t *testing.T) []documentedError {
	t.Helper()
	places := regexp.MustCompile(`\{\w+\}|\$\w+|%s`)
	var all []documentedError
	for line := range strings.Lines(documentedErrors) {
		parts := strings.Split(strings.TrimSpace(line), " | ")
		if len(parts) != 3 {
			continue
		}
		var text string
		if err := json.Unmarshal([]byte(strings.TrimSuffix(strings.TrimSpace(parts[0]), ",")), &text); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		kind, field, _ := strings.Cut(parts[1], " ")
		all = append(all, documentedError{places.ReplaceAllString(text, "Ab-12 x"), kind, field, parts[2]})
	}
	if len(all) != 44 {
		t.Fatalf("%d error texts, the document has 44", len(all))
	}
	return all
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestEveryDocumentedErrorOfACallIsRecognised(t *testing.T) {
	t.Parallel()
	sentences := map[string]bool{}
	for _, want := range errorsOfTheDocument(t) {
		for _, status := range []int{200, 400, 500} {
			f := saying(t, status, jsonOf(t, map[string]any{"result": false, "errors": []string{want.text}}))
			_, err := adapter(t, f).Send(t.Context(), nil, plain(375291111111))
			e, ok := err.(*model.Error) //nolint:errorlint // the adapter's own error, not one it wraps
			if !ok || string(e.Kind) != want.kind || e.Field != want.field || e.Vendor != want.text ||
				strings.Contains(e.Text.String(), "its message says why") {
				t.Errorf("%d %s: %#v; want %s of %q", status, want.text, err, want.kind, want.field)
				continue
			}
			sentences[e.Text.String()] = true
			fate := model.FateRefused
			if want.kind == "unknown" {
				fate = model.FateUnknown
			}
			if e.Fate != fate {
				t.Errorf("%d %s: fate %q, want %q", status, want.text, e.Fate, fate)
			}
		}
	}
	if len(sentences) < 30 {
		t.Errorf("only %d sentences say what to do", len(sentences))
	}
}

func TestEveryDocumentedErrorOfAPersonIsRecognised(t *testing.T) {
	t.Parallel()
	for _, want := range errorsOfTheDocument(t) {
		f := saying(t, 0, jsonOf(t, map[string]any{
			"result": true, "success": map[string]string{"+375291111111": "m1"},
			"failed": map[string]string{"+375292222222": want.text},
		}))
		o, err := adapter(t, f).Send(t.Context(), nil, plain(375291111111, 375292222222))
		if err != nil || o.State != model.BatchAccepted || len(o.People) != 2 {
			t.Fatalf("%s: %+v, %v", want.text, o, err)
		}
		if p := o.People[1]; p.Status.String() != want.person || p.Reason.String() != want.text {
			t.Errorf("%s: %s, reason %q; want %s", want.text, p.Status, p.Reason, want.person)
		}
	}
}

func TestNoErrorShowsTheTokenThatWooxyRepeats(t *testing.T) {
	t.Parallel()
	f := saying(t, 401, jsonOf(t, map[string]any{
		"result": false, "errors": []string{"no matches found for access token " + token}}))
	_, err := adapter(t, f).Send(t.Context(), nil, plain(375291111111))
	if model.KindOf(err) != model.KindDenied || strings.Contains(err.Error(), token) ||
		!strings.Contains(err.Error(), "no matches found for access token ***") {
		t.Error(err)
	}
}

func TestEachLineOfTheTableSaysWhatToDo(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, r := range wooxy.Refusals() {
		if r.Text == "" || r.Kind == "" || r.Person == model.StatusUnknown || r.Words != "" && seen[r.Words] {
			t.Errorf("%+v", r)
		}
		seen[r.Words] = true
	}
}
