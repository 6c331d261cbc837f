package vendors

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"viberdeck/model"
)

func TestAVendorCannotAskToBeLeftAloneForYears(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]time.Duration{
		"7": 7 * time.Second, "3600": time.Hour, "3601": time.Hour, "2000000000": time.Hour,
		"99999999999999999999999": time.Hour, "-5": 0, "soon": 0, "": 0,
		"Sun, 06 Nov 2994 08:49:37 GMT": time.Hour, "Sun, 06 Nov 1994 08:49:37 GMT": 0,
	} {
		if got := retryAfter(http.Header{"Retry-After": {header}}); got != want {
			t.Errorf("%q: %s, want %s", header, got, want)
		}
	}
}

func TestACampaignIsPausedWhenItsVendorAsksToBeLeftAloneForLong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		campaign := store.queue("minsk", 5)
		f := newSender("minsk", 1, 10, nil)
		f.send = func(context.Context, model.Batch) (model.Outcome, error) {
			return model.Outcome{}, &model.Error{
				Kind: model.KindLimited, Fate: model.FateNotSent, RetryAfter: longestAsked,
				Text: model.Data("minsk asks for fewer requests")}
		}
		running(t, EngineOptions{Store: store, Adapters: []Adapter{f}})
		time.Sleep(time.Minute)
		synctest.Wait()
		if store.state(campaign) != model.CampaignPaused || len(store.pauses) != 1 ||
			!strings.Contains(store.pauses[0], "minsk asks for no requests for an hour or longer") {
			t.Errorf("%s, %q", store.state(campaign), store.pauses)
		}
	})
}
