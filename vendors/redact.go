package vendors

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"sync"

	"viberdeck/model"
)

// hidden replaces a secret.
const hidden = "***"

// minSecret is the length of the shortest value that is hidden: hiding shorter ones would black out
// ordinary words.
const minSecret = 4

// maxShown is how many characters of a vendor's answer an error may quote.
const maxShown = 80

// Redactor removes known secret values from texts, in the spellings in which they travel: as they
// are, escaped for an address or for JSON, and in base64. It is safe for concurrent use.
type Redactor struct {
	mu       sync.RWMutex
	known    map[string]bool
	replacer *strings.Replacer
}

// NewRedactor hides the given values. Values shorter than four characters are not hidden.
func NewRedactor(secrets ...string) *Redactor {
	r := &Redactor{known: make(map[string]bool), replacer: strings.NewReplacer()}
	r.Hide(secrets...)
	return r
}

// Hide hides further values, such as a token that the vendor has just issued.
func (r *Redactor) Hide(secrets ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	before := len(r.known)
	for _, s := range secrets {
		for _, form := range spellings(s) {
			r.known[form] = true
		}
	}
	if len(r.known) == before {
		return
	}
	forms := make([]string, 0, len(r.known))
	for form := range r.known {
		forms = append(forms, form)
	}
	// Longest first, so that no part of a longer secret remains.
	slices.SortFunc(forms, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	pairs := make([]string, 0, 2*len(forms))
	for _, form := range forms {
		pairs = append(pairs, form, hidden)
	}
	r.replacer = strings.NewReplacer(pairs...)
}

// Clean returns the text without the secrets.
func (r *Redactor) Clean(s string) string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.replacer.Replace(s)
}

// line returns text from outside as one harmless line without secrets, at most limit characters
// long. Secrets are removed first, because cutting or cleaning could leave part of one.
func (r *Redactor) line(s string, limit int) string {
	return model.Clip(r.Clean(model.SanitiseLine(r.Clean(s))), limit)
}

func spellings(secret string) []string {
	if len(secret) < minSecret {
		return nil
	}
	forms := []string{secret, url.QueryEscape(secret), url.PathEscape(secret)}
	if quoted, err := json.Marshal(secret); err == nil {
		forms = append(forms, strings.Trim(string(quoted), `"`))
	}
	for _, enc := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding,
		base64.RawURLEncoding} {
		coded := enc.EncodeToString([]byte(secret))
		forms = append(forms, coded, url.QueryEscape(coded))
	}
	return forms
}
