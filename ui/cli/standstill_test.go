package cli

import (
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

func TestASendDoesNotWaitForTheBrakeNorForeverForAnAccountThatIsDown(t *testing.T) {
	t.Parallel()
	begin := time.Date(2026, 11, 21, 7, 0, 0, 0, time.UTC)
	at := func(d time.Duration) time.Time { return begin.Add(d) }
	waiting := model.Progress{State: model.CampaignQueued, Total: 5, Waiting: 5}
	down := model.Overview{Accounts: []model.Health{
		{Account: "minsk", Known: true, Online: true},
		{Account: "shop", Known: true, Error: model.Data("shop does not answer")}}}
	s := &pace{moved: at(0)}
	if !s.due(waiting, at(0)) || s.due(waiting, at(time.Second/2)) || !s.due(waiting, at(time.Second)) {
		t.Error("it is not looked once a second")
	}
	if got := s.stuck(waiting, down, "shop", at(offlinePatience-time.Second)); got != "" {
		t.Errorf("given up too early: %s", got)
	}
	if got := s.stuck(waiting, down, "shop", at(offlinePatience)); got != "shop does not answer" {
		t.Errorf("cause %q", got)
	}
	if got := s.stuck(waiting, down, "minsk", at(time.Hour)); got != "" {
		t.Errorf("an account that answers was given up: %s", got)
	}
	if got := s.stuck(waiting, model.Overview{Brake: model.Brake{On: true, By: "anna"}}, "minsk",
		at(0)); !strings.Contains(got, "brake is on (anna)") {
		t.Errorf("cause %q", got)
	}
	if got := s.stuck(waiting, model.Overview{Space: model.DiskSpace{Low: true}}, "minsk",
		at(0)); !strings.Contains(got, "make room") {
		t.Errorf("cause %q", got)
	}
	underWay := model.Progress{State: model.CampaignSending, InFlight: 5, Total: 5}
	down.Brake, down.Space = model.Brake{On: true, By: "anna"}, model.DiskSpace{Low: true}
	if got := s.stuck(underWay, down, "shop", at(time.Hour)); got != "" {
		t.Errorf("given up while a call is under way: %s", got)
	}
	stopped := model.Overview{Engine: model.EngineRun{Life: model.EngineStopped, Host: "desk", Process: 7}}
	if got := s.stuck(underWay, stopped, "shop", at(time.Second)); !strings.Contains(got, "process 7 on desk") {
		t.Errorf("who waits for the call of a stopped engine is not told: %q", got)
	}
	down.Brake, down.Space = model.Brake{}, model.DiskSpace{}
	held := model.Progress{State: model.CampaignHeld, Total: 5, Waiting: 5, HoldUntil: at(3 * time.Hour)}
	s.due(held, at(2*time.Hour))
	s.due(held, at(2*time.Hour+time.Minute))
	if got := s.stuck(waiting, down, "shop", at(2*time.Hour+time.Minute)); got != "" {
		t.Errorf("given up within the recall window: %s", got)
	}
}

func TestASendSaysWhatItWaitsForAndGoesAwayWhenTheVendorWantsAnHour(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 21, 7, 0, 0, 0, time.UTC)
	limited := model.Progress{State: model.CampaignSending, Total: 9, Waiting: 5, Accepted: 4,
		Waits: model.Data("minsk asks for fewer requests"), NextTry: now.Add(39500 * time.Millisecond)}
	if got, want := sendLine(limited, now).text, "next try in 40s: minsk asks for fewer requests"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := sendLine(limited, now.Add(time.Minute)).text, "waits: minsk asks for fewer requests"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	s := &pace{moved: now}
	if got := s.stuck(limited, model.Overview{}, "minsk", now.Add(time.Minute)); got != "" {
		t.Errorf("given up too early: %s", got)
	}
	if got := s.stuck(limited, model.Overview{}, "minsk",
		now.Add(limitedPatience)); got != "waits: minsk asks for fewer requests" {
		t.Errorf("cause %q", got)
	}
	limited.NextTry = now.Add(time.Hour)
	if got := s.stuck(limited, model.Overview{}, "minsk",
		now); got != "next try in 1h0m0s: minsk asks for fewer requests" {
		t.Errorf("cause %q", got)
	}
}
