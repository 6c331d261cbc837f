package cache

import (
	"context"
	"time"

	"viberdeck/model"
)

// Block is DB.Block as far as the person may. A block protects, so it may reach beyond the person's
// accounts.
func (v *RestrictedDB) Block(ctx context.Context, _ string, phones []model.Phone, reason string, only []string,
	source model.BlacklistSource) (int, error) {
	if err := v.may(ctx, model.IntentBlock); err != nil {
		return 0, err
	}
	return v.DB.Block(ctx, v.who.Name, phones, reason, only, source)
}

// BlockAll is DB.BlockAll as far as the person may: it protects, as Block does.
func (v *RestrictedDB) BlockAll(ctx context.Context, _ string, b model.Blocking) (int, error) {
	if err := v.may(ctx, model.IntentBlock); err != nil {
		return 0, err
	}
	return v.DB.BlockAll(ctx, v.who.Name, b)
}

// BlockContacts is DB.BlockContacts as far as the person may.
func (v *RestrictedDB) BlockContacts(ctx context.Context, _ string, contacts []string, reason string,
	only []string) (int, error) {
	if err := v.may(ctx, model.IntentBlock); err != nil {
		return 0, err
	}
	return v.DB.BlockContacts(ctx, v.who.Name, contacts, reason, only)
}

// PushBlocks is DB.PushBlocks as far as the person may: it protects, as Block does.
func (v *RestrictedDB) PushBlocks(ctx context.Context, _, account string, phones []model.Phone) (int, error) {
	if err := v.may(ctx, model.IntentBlock); err != nil {
		return 0, err
	}
	return v.DB.PushBlocks(ctx, v.who.Name, account, phones)
}

// Unblock is DB.Unblock as far as the person may.
func (v *RestrictedDB) Unblock(ctx context.Context, _ string, phones []model.Phone, reason string,
	only []string) (int, error) {
	if err := v.inAll(ctx, model.IntentUnblock, only); err != nil {
		return 0, err
	}
	return v.DB.Unblock(ctx, v.who.Name, phones, reason, only)
}

// UnblockContacts is DB.UnblockContacts as far as the person may.
func (v *RestrictedDB) UnblockContacts(ctx context.Context, _ string, contacts []string, reason string,
	only []string) (int, error) {
	if err := v.inAll(ctx, model.IntentUnblock, only); err != nil {
		return 0, err
	}
	return v.DB.UnblockContacts(ctx, v.who.Name, contacts, reason, only)
}

// Adopt is DB.Adopt as far as the person may.
func (v *RestrictedDB) Adopt(ctx context.Context, _ string) (model.Stakes, error) {
	if err := v.mayIn(ctx, model.IntentHouse, ""); err != nil {
		return model.Stakes{}, err
	}
	return v.DB.Adopt(ctx, v.who.Name)
}

// Backup is DB.Backup as far as the person may.
func (v *RestrictedDB) Backup(ctx context.Context, _, target string) (int64, error) {
	if err := v.mayIn(ctx, model.IntentHouse, ""); err != nil {
		return 0, err
	}
	return v.DB.Backup(ctx, v.who.Name, target)
}

// Believe is DB.Believe as far as the person may.
func (v *RestrictedDB) Believe(ctx context.Context, _, account string) error {
	if err := v.mayIn(ctx, model.IntentHouse, account); err != nil {
		return err
	}
	return v.DB.Believe(ctx, v.who.Name, account)
}

// RenewCallback is DB.RenewCallback as far as the person may.
func (v *RestrictedDB) RenewCallback(ctx context.Context, _, account string) error {
	if err := v.mayIn(ctx, model.IntentHouse, account); err != nil {
		return err
	}
	return v.DB.RenewCallback(ctx, v.who.Name, account)
}

// DecideCallbacks is DB.DecideCallbacks as far as the person may.
func (v *RestrictedDB) DecideCallbacks(ctx context.Context, _ string, ids []int64,
	as model.CallbackDecision) (int, error) {
	if err := v.mayIn(ctx, model.IntentHouse, ""); err != nil {
		return 0, err
	}
	return v.DB.DecideCallbacks(ctx, v.who.Name, ids, as)
}

// News is DB.News for the person.
func (v *RestrictedDB) News(ctx context.Context, _ string, since time.Time, p model.Patience) (model.News,
	error) {
	return v.DB.News(ctx, v.who.Name, since, p)
}

// AddActivity is DB.AddActivity under the person's name.
func (v *RestrictedDB) AddActivity(ctx context.Context, a model.Activity) error {
	if err := v.may(ctx, model.IntentKeep); err != nil {
		return err
	}
	a.Operator = v.who.Name
	return v.DB.AddActivity(ctx, a)
}

// SaveSetting is DB.SaveSetting for the person.
func (v *RestrictedDB) SaveSetting(ctx context.Context, _, name, value string) error {
	if err := v.may(ctx, model.IntentKeep); err != nil {
		return err
	}
	return v.DB.SaveSetting(ctx, v.who.Name, name, value)
}

// Setting is DB.Setting for the person.
func (v *RestrictedDB) Setting(ctx context.Context, _, name string) (string, bool, error) {
	return v.DB.Setting(ctx, v.who.Name, name)
}

// Present is DB.Present for the person.
func (v *RestrictedDB) Present(ctx context.Context, session, _ string, open model.ReplyID) error {
	return v.DB.Present(ctx, session, v.who.Name, open)
}

// NoticesRead is DB.NoticesRead for the person.
func (v *RestrictedDB) NoticesRead(ctx context.Context, _ string, last int64) error {
	return v.DB.NoticesRead(ctx, v.who.Name, last)
}
