package vendors

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"viberdeck/model"
)

// doubt keeps what is not believed of a list of the account, until it is read in full: the
// account's health says so, and the log of who did what when it is news. An error that is nil ends
// it.
func (a *account) doubt(ctx context.Context, list string, err error) {
	a.mu.Lock()
	if a.doubts == nil {
		a.doubts = map[string]string{}
	}
	if delete(a.doubts, list); err != nil {
		a.doubts[list] = err.Error()
	}
	a.mu.Unlock()
	a.say(ctx, list, 0, "not believed", err)
}

// say writes into the log of who did what that the vendor did not answer a question as it should,
// once for each question and error. An error that is nil ends it. Nothing is said of a vendor that
// does not answer at all: that stands in its health.
func (a *account) say(ctx context.Context, question string, c model.CampaignID, action string, err error) {
	text := ""
	if err != nil {
		text = a.name + ": " + err.Error()
	}
	a.mu.Lock()
	if a.said == nil {
		a.said = map[string]string{}
	}
	news := a.said[question] != text
	if a.said[question] = text; text == "" {
		delete(a.said, question)
	}
	a.mu.Unlock()
	if !news || text == "" {
		return
	}
	a.warn(action, err)
	if err := a.e.o.Store.AddActivity(ctx,
		model.Activity{At: time.Now(), Action: action, Campaign: c, Detail: text}); err != nil {
		a.warn("log what the vendor did not answer", err)
	}
}

// doubted says what of the account's lists is not believed, "" if all is. Its mutex is held.
func (a *account) doubted() string {
	var all []string
	for _, list := range slices.Sorted(maps.Keys(a.doubts)) {
		all = append(all, a.doubts[list])
	}
	return strings.Join(all, "; ")
}
