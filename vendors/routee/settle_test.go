package routee_test

import (
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/vendors/routee"
	"viberdeck/vendors/sim"
	"viberdeck/vendors/vendortest"
)

func simulatedAdapter(t *testing.T, world *sim.World) *routee.Adapter {
	t.Helper()
	server := httptest.NewServer(simulated(world))
	t.Cleanup(server.Close)
	at := simulatedAccount(world)
	at.BaseURL, at.Settings = server.URL, model.Settings{"auth_url": server.URL}
	return vendortest.NewAdapter(t, at, routee.New)
}

// lost is a batch whose answer was lost some time ago.
func lost(age time.Duration) model.Batch {
	b := batch()
	b.State, b.Tag, b.ClaimedAt = model.BatchUnknown, "k3m9qz", time.Now().Add(-age)
	return b
}

func TestALostAnswerIsSettledByTheNameAndNobodyIsWrittenToTwice(t *testing.T) {
	t.Parallel()
	for name, kind := range map[string]sim.Kind{
		"before it was taken": sim.DropBefore, "after it was taken": sim.DropAfter} {
		world := sim.New(sim.Options{Seed: 7, Now: vendortest.Standing, PerSecond: 1e6, Vendors: []string{"routee"}})
		world.SetFaults(sim.Fault{Kind: kind, Vendor: "routee", Op: "sendCampaign", Times: 1})
		a := simulatedAdapter(t, world)
		b := lost(time.Minute)
		b.Campaign.Sender = sim.RouteeSender
		if _, err := a.Send(t.Context(), nil, b); model.FateOf(err) != model.FateUnknown {
			t.Fatalf("%s: the first answer is %v", name, err)
		}
		o, err := a.Repeat(t.Context(), nil, b)
		if err != nil || o.State != model.BatchAccepted || o.Evidence.String() == "" {
			t.Errorf("%s: %+v, %v", name, o, err)
		}
		if (o.VendorRef != "") != (kind == sim.DropBefore) {
			t.Errorf("%s: the id is %q", name, o.VendorRef)
		}
		if sent := world.Ledger().Sends; len(sent) != len(b.People) {
			t.Errorf("%s: %d messages to %d people", name, len(sent), len(b.People))
		}
	}
}

func TestTheAnswerToTheRepeatedRequestDecides(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer string
		want   model.BatchState
	}{
		"the name is taken": {"409 " + recorded(t, "name-taken.json"), model.BatchAccepted},
		"it is taken now":   {recorded(t, "campaign.json"), model.BatchAccepted},
		"a wrong sender": {`404 {"code":"404020001","developerMessage":"The sender ID is not correct."}`,
			model.BatchRefused},
		"no answer": {"hang up", model.BatchUnknown},
		"a failure": {"500 <html>", model.BatchUnknown},
		"no money": {
			`400 {"code":"400001009","developerMessage":"You don't have enough balance to send the campaign."}`,
			model.BatchUnknown},
		"no access":             {`403 {"error":"access_denied"}`, model.BatchUnknown},
		"another conflict":      {`409 {"code":"409000001"}`, model.BatchUnknown},
		"something without id":  {`{"state":"Queued"}`, model.BatchUnknown},
		"what cannot be a JSON": {`{{`, model.BatchUnknown},
	} {
		f := newFake(t, map[string][]string{send: {c.answer}})
		o, err := adapter(t, f).Repeat(t.Context(), nil, lost(time.Minute))
		if err != nil || o.State != c.want || o.Evidence.String() == "" || o.Batch != 7 {
			t.Errorf("%s: %+v, %v; want %s", name, o, err, c.want)
		}
	}
	f := newFake(t, map[string][]string{"POST /oauth/token": {"500 "}})
	if _, err := adapter(t, f).Repeat(t.Context(), nil, lost(time.Minute)); model.FateOf(err) != model.FateNotSent {
		t.Errorf("without a login: %v", err)
	}
}

func TestWhatMayNotBeRepeatedIsNot(t *testing.T) {
	t.Parallel()
	nameless, tooYoung, tooOld, overdue := lost(time.Minute), lost(0), lost(2*time.Hour), lost(3*time.Hour)
	nameless.Tag = "" // its name can be that of another campaign
	overdue.Campaign.SendAt = time.Now().Add(-2 * time.Hour)
	heard := lost(time.Minute)
	heard.People[0].Status = model.StatusDelivered
	for name, b := range map[string]model.Batch{
		"without a name of its own": nameless, "under way": tooYoung, "too old": tooOld, "too late": overdue,
		"heard of": heard} {
		f := newFake(t, map[string][]string{})
		o, err := adapter(t, f).Repeat(t.Context(), nil, b)
		want := model.BatchUnknown
		if name == "heard of" {
			want = model.BatchAccepted
		}
		if err != nil || o.State != want || o.Evidence.String() == "" || len(f.To(send)) != 0 {
			t.Errorf("%s: %+v, %v after %d calls", name, o, err, len(f.To(send)))
		}
	}
	scheduled := lost(3 * time.Hour)
	scheduled.Campaign.SendAt = time.Now().Add(time.Hour)
	f := newFake(t, map[string][]string{send: {"409 " + recorded(t, "name-taken.json")}})
	if o, err := adapter(t, f).Repeat(t.Context(), nil, scheduled); err != nil || o.State != model.BatchAccepted {
		t.Errorf("a scheduled one: %+v, %v", o, err)
	}
}

func TestATakenNameIsAConflictUnlessTheBatchIsARepetition(t *testing.T) {
	t.Parallel()
	f := newFake(t, map[string][]string{send: {"409 " + recorded(t, "name-taken.json")}})
	a := adapter(t, f)
	b := batch()
	_, err := a.Send(t.Context(), nil, b)
	if e, ok := errors.AsType[*model.Error](err); !ok || e.Kind != model.KindConflict || e.Field != "name" ||
		e.Fate != model.FateRefused || e.Code != "409009003" {
		t.Errorf("%#v", err)
	}
	b.Repeat = true
	if o, err := a.Send(t.Context(), nil, b); err == nil {
		t.Errorf("a name that somebody else can have proves nothing: %+v", o)
	}
	b.Tag = "k3m9qz"
	if o, err := a.Send(t.Context(), nil, b); err != nil || o.State != model.BatchAccepted ||
		!strings.Contains(o.Evidence.String(), `"Autumn sale k3m9qz"`) {
		t.Errorf("%+v, %v", o, err)
	}
}
