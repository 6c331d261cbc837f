package model

import (
	"regexp"
	"strings"
	"testing"
)

func TestColumnsThatDoNotReachTheVendorAreSaid(t *testing.T) {
	t.Parallel()
	caps := ableCapabilities()
	caps.Limits.VariableName = regexp.MustCompile(`^[a-z]+$`)
	a := Audience{Total: 1, People: PeopleOf(Recipient{Phone: firstPhone,
		Vars: map[string]string{"name": "Anna", "first name": "Anna", "2nd": "x", "no value": ""}})}
	plan, err := Planner{Reader: &fakeStore{}, Now: noon()}.Plan(t.Context(), goodCampaign(), a, caps, 100)
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	for _, w := range plan.Warnings {
		text += w.String()
	}
	if !strings.Contains(text, "not sent: 2nd, first name") {
		t.Errorf("warnings %q", text)
	}
}
