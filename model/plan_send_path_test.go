package model

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestACampaignIsPlannedJudgedPreparedAndPlannedAgain(t *testing.T) {
	t.Parallel()
	toList := goodCampaign()
	toList.List = "7"
	refusal, offline := Invalid("text", "the vendor wants it otherwise"),
		&Error{Kind: KindOffline, Text: Say("no answer")}
	for _, tt := range []struct {
		name     string
		campaign Campaign
		audience Audience
		road     SendPath
		did      string
		err      error // nil: none
		people   Figure
	}{
		{name: "to phones", campaign: goodCampaign(), audience: people(3), did: "count check", people: Known(3)},
		{name: "to a list", campaign: toList, did: "count check prepare", people: Known(320)},
		{name: "refused by the vendor's rules", campaign: toList,
			road: SendPath{Check: func(Campaign) error { return refusal }}, did: "count", err: refusal},
		{name: "a list that cannot be prepared", campaign: toList, did: "count check prepare", err: offline,
			road: SendPath{Prepare: func(context.Context, Campaign) (Prepared, error) {
				return Prepared{}, offline
			}}},
	} {
		var did []string
		given := tt.road
		path := SendPath{
			PerCall: func(Campaign) int { did = append(did, "count"); return 100 },
			Check: func(c Campaign) error {
				if given.Check != nil {
					return given.Check(c)
				}
				did = append(did, "check")
				return nil
			},
			Prepare: func(ctx context.Context, c Campaign) (Prepared, error) {
				did = append(did, "prepare")
				if given.Prepare != nil {
					return given.Prepare(ctx, c)
				}
				return Prepared{VendorID: "m1", People: Known(320), Cost: Money{Currency: "EUR", Known: true}}, nil
			},
		}
		plan, err := Planner{Reader: &fakeStore{}, Now: noon()}.Ready(t.Context(), tt.campaign, tt.audience,
			ableCapabilities(), path)
		if !errors.Is(err, tt.err) || strings.Join(did, " ") != tt.did || tt.err == nil &&
			plan.Recipients != tt.people {
			t.Errorf("%s: did %s, got %v people, %v", tt.name, did, plan.Recipients, err)
		}
		if prepared := slices.Contains(did, "prepare") && err == nil; prepared != (plan.Campaign.VendorID == "m1") {
			t.Errorf("%s: the vendor's id is %q", tt.name, plan.Campaign.VendorID)
		}
	}
	nameless := goodCampaign()
	nameless.Message = Message{}
	_, err := Planner{Reader: &fakeStore{}, Now: noon()}.Ready(t.Context(), nameless, people(1), ableCapabilities(),
		SendPath{Check: func(Campaign) error { return refusal }})
	if !errors.Is(err, refusal) || !strings.Contains(err.Error(), "the message is empty") {
		t.Errorf("not all that is wrong is told: %v", err)
	}
	if plan, err := (Planner{Reader: &fakeStore{}, Now: noon()}).Ready(t.Context(), toList, Audience{},
		ableCapabilities(),
		SendPath{}); err != nil || plan.Campaign.VendorID != "" {
		t.Errorf("a plan that is only looked at: %+v, %v", plan, err)
	}
}
