package vendors

import (
	"context"
	"maps"
	"slices"
	"time"

	"viberdeck/model"
)

// doubt keeps what is not believed of a list of the account, until it is read in full: the
// account's health says so, and the log of who did what when it is news. An error that is nil ends
// it.
func (a *account) doubt(ctx context.Context, list string, err error) {
	a.keepDoubt(list, err)
	a.say(ctx, list, 0, "not believed", err)
}

func (a *account) keepDoubt(list string, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.doubts == nil {
		a.doubts = map[string]model.Text{}
	}
	if delete(a.doubts, list); err != nil {
		a.doubts[list] = model.TextOf(err)
	}
}

// say writes into the log of who did what that the vendor did not answer a question as it should,
// once for each question and error. An error that is nil ends it. Nothing is said of a vendor that
// does not answer at all: that stands in its health.
func (a *account) say(ctx context.Context, question string, c model.CampaignID, action string, err error) {
	var text model.Text
	if err != nil {
		text = ofAccount(a.name, model.TextOf(err))
	}
	a.mu.Lock()
	if a.said == nil {
		a.said = map[string]string{}
	}
	news := a.said[question] != text.String()
	if a.said[question] = text.String(); text.IsZero() {
		delete(a.said, question)
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

// notReported writes into the log that the vendor did not say what became of a campaign, and keeps
// it as a doubt where its answer did not add up, until it is answered.
func (a *account) notReported(ctx context.Context, question string, c model.CampaignID, err error) {
	a.say(ctx, question, c, "not reported", err)
	switch {
	case model.IsNotWhole(err):
		a.keepDoubt(question, err)
	case err == nil || missing(err):
		a.keepDoubt(question, nil)
	}
}

// doubted says what of the account's lists is not believed, nothing if all is. Its mutex is held.
func (a *account) doubted() model.Text {
	var all []model.Text
	for _, list := range slices.Sorted(maps.Keys(a.doubts)) {
		all = append(all, a.doubts[list])
	}
	if len(all) == 0 {
		return model.Text{}
	}
	return model.Say("%s", model.ListedBy("; ", all))
}
