package ui

import (
	"context"
	"slices"
	"strings"

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

func (f *fakeStore) BlockAll(_ context.Context, operator string, b model.Blocking) (int, error) {
	var reasons []string
	for _, p := range b.Phones {
		if why := b.ReasonOf(p); !slices.Contains(reasons, why) {
			reasons = append(reasons, why)
		}
	}
	f.blockDelay = b.Delay
	return len(b.Phones), f.note("%s block %v %s %v %s", operator, b.Phones, strings.Join(reasons, ", "), b.Only,
		b.Source)
}
