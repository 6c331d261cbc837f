package vendors

import (
	"context"
	"maps"
	"slices"
	"time"

	"viberdeck/model"
)

// markUnconfirmed remembers that a list of the account is not believed until it is read in full.
// The account's health shows it, and the activity log records it when it is new. A nil error clears
// it.
func (a *account) markUnconfirmed(ctx context.Context, list string, err error) {
	a.setUnconfirmed(list, err)
	a.reportOnce(ctx, list, 0, "not believed", err)
}

func (a *account) setUnconfirmed(list string, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.unconfirmed == nil {
		a.unconfirmed = map[string]model.Text{}
	}
	if delete(a.unconfirmed, list); err != nil {
		a.unconfirmed[list] = model.TextOf(err)
	}
}

// reportOnce records in the activity log that the vendor did not answer a question as it should,
// once for each question and error. A nil error clears it. A vendor that does not answer at all is
// not recorded here: its health shows that.
func (a *account) reportOnce(ctx context.Context, question string, c model.CampaignID, action string, err error) {
	var text model.Text
	if err != nil {
		text = ofAccount(a.name, model.TextOf(err))
	}
	a.mu.Lock()
	if a.lastShown == nil {
		a.lastShown = map[string]string{}
	}
	news := a.lastShown[question] != text.String()
	if a.lastShown[question] = text.String(); text.IsZero() {
		delete(a.lastShown, question)
	}
	a.mu.Unlock()
	if !news || text.IsZero() {
		return
	}
	a.warn(action, err)
	if err := a.e.o.Store.AddActivity(ctx,
		model.Activity{At: time.Now(), Action: action, Campaign: c, Detail: text}); err != nil {
		a.warn("log what the vendor did not answer", err)
	}
}

// notReported records in the activity log that the vendor did not report the outcome of a campaign.
// If its answer did not add up, that also stays unconfirmed until the question is answered.
func (a *account) notReported(ctx context.Context, question string, c model.CampaignID, err error) {
	a.reportOnce(ctx, question, c, "not reported", err)
	switch {
	case model.IsNotWhole(err):
		a.setUnconfirmed(question, err)
	case err == nil || allNotFound(err):
		a.setUnconfirmed(question, nil)
	}
}

// unconfirmedText says which of the account's lists are not believed, empty if all are. The caller
// holds the mutex.
func (a *account) unconfirmedText() model.Text {
	var all []model.Text
	for _, list := range slices.Sorted(maps.Keys(a.unconfirmed)) {
		all = append(all, a.unconfirmed[list])
	}
	if len(all) == 0 {
		return model.Text{}
	}
	return model.Say("%s", model.ListedBy("; ", all))
}
