package model

import (
	"strings"
	"testing"
	"time"
)

func TestAScheduledCampaignStaysHereUnlessHandingOverIsChosen(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	caps := Capabilities{}
	for name, c := range map[string]struct {
		campaign Campaign
		leaves   time.Time
		says     string
		refused  string
	}{
		"now": {},
		"tomorrow": {campaign: Campaign{SendAt: now.Add(24 * time.Hour)},
			leaves: now.Add(24*time.Hour - 5*time.Minute), says: "it stays here until 2026-03-03 08:55"},
		"very soon": {campaign: Campaign{SendAt: now.Add(3 * time.Minute)}},
		"handed over": {campaign: Campaign{SendAt: now.Add(24 * time.Hour), HandOver: true},
			says: "handed to the vendor at once"},
		"for nothing": {campaign: Campaign{HandOver: true}, refused: "hand_over"},
	} {
		plan := Plan{Campaign: c.campaign}
		err := Planner{Now: now}.schedule(&plan, caps)
		if (err == nil) != (c.refused == "") || err != nil && !strings.Contains(err.Error(), c.refused) {
			t.Errorf("%s: %v", name, err)
		}
		if !plan.Campaign.LeaveAt.Equal(c.leaves) ||
			!strings.Contains(ListedBy("; ", plan.Warnings).String(), c.says) ||
			c.says == "" && len(plan.Warnings) > 0 {
			t.Errorf("%s: leaves %s, %q", name, plan.Campaign.LeaveAt, plan.Warnings)
		}
	}
}

func TestAKeyAboutWhoGoesFirstThatHasNoEffectIsRefused(t *testing.T) {
	t.Parallel()
	share, big, wait := 0.1, 1.5, Duration{time.Minute}
	for name, c := range map[string]struct {
		send SendConfig
		want string
	}{
		"nothing":             {},
		"all":                 {send: SendConfig{Canary: 5, CanaryLimit: &share, CanaryWait: &wait}},
		"a limit for nobody":  {send: SendConfig{CanaryLimit: &share}, want: "canary_limit"},
		"a wait for nobody":   {send: SendConfig{CanaryWait: &wait}, want: "canary_wait"},
		"more than everybody": {send: SendConfig{Canary: 5, CanaryLimit: &big}, want: "canary_limit"},
	} {
		if err := c.send.validateCanary(); (err == nil) != (c.want == "") || err != nil &&
			!strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	plan := Plan{}
	Planner{Send: SendConfig{Canary: 5}}.canary(&plan, 5)
	if plan.Campaign.Canary.People != 0 || len(plan.Warnings) > 0 {
		t.Errorf("%+v", plan)
	}
	Planner{Send: SendConfig{Canary: 5}}.canary(&plan, 6)
	if plan.Campaign.Canary != (Canary{5, 0.2, 10 * time.Minute}) || len(plan.Warnings) != 1 {
		t.Errorf("%+v", plan)
	}
}
