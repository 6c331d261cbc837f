package cache

import (
	"context"
	"time"

	"viberdeck/model"
)

// Submit is DB.Submit as far as the person may, and within the number of people the person may
// write to in a day.
func (v *RestrictedDB) Submit(ctx context.Context, _, key string, plan model.Plan, hold time.Duration,
	approveAbove int64) (model.CampaignID, error) {
	if err := v.mayIn(ctx, model.IntentSend, plan.Campaign.Account); err != nil {
		return 0, err
	}
	if a := plan.Answering; a != nil {
		if err := v.onReplies(ctx, model.IntentSend, a.Reply); err != nil {
			return 0, err
		}
		if err := v.mayChain(ctx, []model.ReplyID{a.Reply}, a.Then); err != nil {
			return 0, err
		}
	}
	return v.DB.submit(ctx, v.who, key, plan, hold, approveAbove)
}

// Recall is DB.Recall as far as the person may.
func (v *RestrictedDB) Recall(ctx context.Context, _ string, id model.CampaignID) error {
	if err := v.onCampaigns(ctx, model.IntentStop, id); err != nil {
		return err
	}
	return v.DB.Recall(ctx, v.who.Name, id)
}

// Pause is DB.Pause as far as the person may.
func (v *RestrictedDB) Pause(ctx context.Context, _ string, id model.CampaignID) error {
	if err := v.onCampaigns(ctx, model.IntentStop, id); err != nil {
		return err
	}
	return v.DB.Pause(ctx, v.who.Name, id)
}

// Resume is DB.Resume as far as the person may.
func (v *RestrictedDB) Resume(ctx context.Context, _ string, id model.CampaignID) error {
	if err := v.onCampaigns(ctx, model.IntentSend, id); err != nil {
		return err
	}
	return v.DB.Resume(ctx, v.who.Name, id)
}

// Approve is DB.Approve as far as the person may.
func (v *RestrictedDB) Approve(ctx context.Context, _ string, id model.CampaignID) error {
	if err := v.onCampaigns(ctx, model.IntentApprove, id); err != nil {
		return err
	}
	return v.DB.Approve(ctx, v.who.Name, id)
}

// Archive is DB.Archive as far as the person may.
func (v *RestrictedDB) Archive(ctx context.Context, _ string, ids []model.CampaignID, on model.Switch) error {
	if err := v.onCampaigns(ctx, model.IntentSend, ids...); err != nil {
		return err
	}
	return v.DB.Archive(ctx, v.who.Name, ids, on)
}

// Resolve is DB.Resolve as far as the person may.
func (v *RestrictedDB) Resolve(ctx context.Context, _ string, id model.BatchID, as model.Resolution) error {
	if err := v.may(ctx, model.IntentSend); err != nil {
		return err
	}
	if len(v.who.Accounts) > 0 {
		if err := v.inAccountOf(ctx, model.IntentSend, `SELECT a.name FROM batch b JOIN account a ON a.id = b.account
			WHERE b.id = ?`, id); err != nil {
			return err
		}
	}
	return v.DB.Resolve(ctx, v.who.Name, id, as)
}

// SetBrake is DB.SetBrake as far as the person may: many may pull it, few may release it.
func (v *RestrictedDB) SetBrake(ctx context.Context, _ string, on model.Switch, reason string) error {
	err := v.may(ctx, model.IntentStop)
	if !on {
		err = v.mayIn(ctx, model.IntentRelease, "")
	}
	if err != nil {
		return err
	}
	return v.DB.SetBrake(ctx, v.who.Name, on, reason)
}

// DeleteHandedOver is DB.DeleteHandedOver as far as the person may.
func (v *RestrictedDB) DeleteHandedOver(ctx context.Context, _ string, id model.CampaignID) error {
	if err := v.onCampaigns(ctx, model.IntentStop, id); err != nil {
		return err
	}
	return v.DB.DeleteHandedOver(ctx, v.who.Name, id)
}
