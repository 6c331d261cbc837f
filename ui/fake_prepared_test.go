package ui

import (
	"context"
	"slices"

	"viberdeck/model"
)

func (f *fakeStore) Answerbook(context.Context, model.ReplyID) (model.Answerbook, error) {
	err := f.called()
	f.mu.Lock()
	defer f.mu.Unlock()
	return model.Answerbook{Written: slices.Clone(f.book.Written), Uses: f.book.Uses, Columns: f.book.Columns}, err
}

func (f *fakeStore) SavePrepared(_ context.Context, operator string, a model.PreparedAnswer) error {
	err := f.note("%s prepares %s: %s", operator, a.Name, a.Text)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.book.Written = slices.DeleteFunc(f.book.Written, func(b model.PreparedAnswer) bool { return a.Name == b.Name })
	a.By = operator
	f.book.Written = append(f.book.Written, a)
	return err
}

func (f *fakeStore) DeletePrepared(_ context.Context, operator, name string) error {
	err := f.note("%s deletes %s", operator, name)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.book.Written = slices.DeleteFunc(f.book.Written, func(b model.PreparedAnswer) bool { return b.Name == name })
	return err
}

func (f *fakeStore) Chain(_ context.Context, operator, _ string, ids []model.ReplyID, m model.Chain) error {
	return f.note("%s macro %v %s %v", operator, ids, m.Name, m.Steps)
}
