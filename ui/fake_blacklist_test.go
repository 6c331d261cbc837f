package ui

import (
	"context"
	"slices"

	"viberdeck/model"
)

func (f *fakeStore) NotBlocked(_ context.Context, phones []model.Phone, _ []string) ([]model.Phone, error) {
	fresh := slices.DeleteFunc(slices.Clone(phones), func(p model.Phone) bool {
		return slices.ContainsFunc(f.blacklist, func(e model.BlacklistEntry) bool { return e.Phone == p })
	})
	return fresh, f.called()
}

func (f *fakeStore) CompareBlacklist(_ context.Context, account string) ([]model.ComparedBlock, error) {
	var mine []model.ComparedBlock
	for _, c := range f.compared {
		if c.Account == account {
			mine = append(mine, c)
		}
	}
	return mine, f.called()
}

func (f *fakeStore) PushBlocks(_ context.Context, operator, account string, phones []model.Phone) (int, error) {
	return len(phones), f.note("%s push %s %v", operator, account, phones)
}
