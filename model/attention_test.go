package model

import (
	"strings"
	"testing"
)

func TestAPausedCampaignSaysOnceWhatToDo(t *testing.T) {
	t.Parallel()
	for _, cause := range []Text{Say("paused by %s", "anna"), Say("its time has passed: resume it, or recall it")} {
		needs := Attention{Paused: []OpenCampaign{{Campaign: Campaign{Name: "Sale", PauseCause: cause}, People: 2}}}.Sends()
		if len(needs) != 1 || strings.Count(needs[0].Text.String(), "resume") != 1 {
			t.Errorf("%v", needs)
		}
	}
}
