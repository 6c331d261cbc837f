package ui

import (
	"context"
	"slices"
	"time"

	"viberdeck/model"
)

// PersonHistory returns the same history for every known phone.
func (f *fakeStore) PersonHistory(_ context.Context, phone model.Phone, limit int) (model.PersonHistory, error) {
	err := f.called()
	f.mu.Lock()
	defer f.mu.Unlock()
	h := model.PersonHistory{Phone: phone}
	i := slices.IndexFunc(f.replies, func(r model.Reply) bool { return r.Phone == phone })
	if i < 0 {
		return h, err
	}
	r := f.replies[i]
	h.Blocked = true
	h.Events = []model.PersonEvent{
		{Kind: model.EventBlock, At: start.Add(-10 * time.Minute), Text: "asked by phone", By: "olga",
			Source: model.SourceOperator},
		{Kind: model.EventNote, At: start.Add(-time.Hour), Text: "called her", By: "anna"},
		{Kind: model.EventReply, At: r.ReceivedAt, Account: "minsk", CampaignName: "Autumn sale", Text: r.Text,
			State: r.State, Reply: r.ID, OptOut: r.OptOut},
		{Kind: model.EventMessage, At: start.Add(-26 * time.Hour), Account: "minsk", CampaignName: "Autumn sale",
			Status: model.StatusRead, VendorStatus: "READ",
			Text: "Здравствуйте, Анна! Сегодня скидка 20 % на всё. Приходите к нам в магазин до конца недели, мы " +
				"работаем без обеда и выходных."},
		{Kind: model.EventMessage, At: start.Add(-800 * time.Hour), Account: "shop", CampaignName: "Summer",
			Status: model.StatusUndelivered, Reason: model.Data("not a Viber user"), Text: "Summer sale"},
		{Kind: model.EventVendor, Account: "shop", Text: "complaint"},
	}
	h.Events = append(slices.Clone(f.events), h.Events...)
	if h.More = len(h.Events) > limit; h.More {
		h.Events = h.Events[:limit]
	}
	return h, err
}

func (f *fakeStore) News(_ context.Context, _ string, since time.Time, _ model.Patience) (model.News, error) {
	n := f.news
	n.Since = since
	return n, f.called()
}

func (f *fakeStore) AddActivity(_ context.Context, a model.Activity) error {
	return f.note("%s did %s: %s", a.Operator, a.Action, a.Detail)
}

func (f *fakeStore) Handover(context.Context, model.Patience) (model.Handover, error) {
	err := f.called()
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.handover, err
}
