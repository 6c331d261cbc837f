package vendors

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"viberdeck/model"
)

func down(name string) error {
	return &model.Error{Kind: model.KindOffline, Text: model.Say("%s does not answer: connection refused", name)}
}

// campaignPages returns pages of campaigns that were sent the given time ago.
func campaignPages(pages, each int, ago time.Duration) [][]model.Campaign {
	all := make([][]model.Campaign, pages)
	for i := range all {
		for j := range each {
			all[i] = append(all[i], model.Campaign{
				VendorID: fmt.Sprint(i*each + j), State: model.CampaignSent, CreatedAt: time.Now().Add(-ago)})
		}
	}
	return all
}

func TestSyncReadsEveryPageOfEveryList(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		f := &readerFake{
			plainFake: plainFake{name: "shop", calls: 3}, pages: campaignPages(3, 100, time.Hour),
			state: model.CampaignSent,
			people: []model.Recipient{{Phone: 375291000001, Status: model.StatusRead},
				{Phone: 375291000002, Status: model.StatusDelivered}},
			replies: []model.Reply{{VendorID: "1", Text: "СТОП"}, {VendorID: "2", Text: "Спасибо"}},
		}
		seen := map[string]bool{}
		report, err := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}}).SyncOnce(t.Context(), nil,
			SyncOptions{
				Progress: func(p model.SyncProgress) { seen[p.What] = true },
			})
		if err != nil {
			t.Fatal(err)
		}
		got := report[0]
		got.Answered = 0
		if want := (model.SyncResult{Account: "shop", Campaigns: 300, Recipients: 600, NewReplies: 2, Senders: 1,
			Blacklist: 2}); !reflect.DeepEqual(got, want) {
			t.Errorf("%+v", got)
		}
		if store.rows("campaigns") != 300 || store.rows("statistics") != 300 || store.rows("recipients") != 600 ||
			store.rows("senders") != 1 || store.rows("balance") != 1 {
			t.Errorf("%v", store.saved)
		}
		if store.replies[0].Text != "СТОП" || store.replies[1].Text != "Спасибо" || store.replies[0].CampaignRef == "" {
			t.Errorf("%+v", store.replies)
		}
		if store.healthOf("shop") != "online" || store.synced["shop"] != 1 || !seen["campaigns"] || !seen["details"] {
			t.Errorf("%v %v", store.synced, seen)
		}
		if len(f.marked) > 0 {
			t.Error("reading told the vendor something")
		}
	})
}

func TestSyncAsksForFiguresOnlyWhileTheyCanChange(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		pages := campaignPages(1, 3, time.Hour)
		pages[0][1].CreatedAt = time.Now().Add(-100 * 24 * time.Hour) // past its lifetime
		pages[0][2].CreatedAt = time.Time{}                           // unknown
		f := &readerFake{plainFake: plainFake{name: "shop"}, pages: pages,
			people: []model.Recipient{{Status: model.StatusDelivered}}, state: model.CampaignSent}
		e := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}})
		for range 3 {
			if _, err := e.SyncOnce(t.Context(), []string{"shop"}, SyncOptions{}); err != nil {
				t.Fatal(err)
			}
		}
		for id, want := range map[string]int{"0": 3, "1": 1, "2": 3} {
			if f.times("statistics "+id) != want || f.times("recipients "+id) != want || f.times("replies "+id) != 3 {
				t.Errorf("campaign %s: %d %d, replies %d", id, f.times("statistics "+id), f.times("recipients "+id),
					f.times("replies "+id))
			}
		}
		f.people[0].Status = model.StatusRead // all people are final now
		for range 2 {
			_, _ = e.SyncOnce(t.Context(), nil, SyncOptions{})
		}
		if f.times("statistics 0") != 4 || f.times("replies 0") != 5 {
			t.Errorf("final campaign: %d, replies %d", f.times("statistics 0"), f.times("replies 0"))
		}
		if _, err := e.SyncOnce(t.Context(), nil, SyncOptions{All: true}); err != nil || f.times("statistics 1") != 2 {
			t.Errorf("all: %v, %d", err, f.times("statistics 1"))
		}
	})
}

func TestSyncEndsSoonWhenNobodyAnswersAndNamesTheAccounts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		refused := &readerFake{plainFake: plainFake{name: "minsk"}, err: down("minsk"), pages: campaignPages(2, 1, 0),
			slow: 25 * time.Second}
		hole := &readerFake{plainFake: plainFake{name: "shop"}, slow: time.Hour, pages: campaignPages(2, 1, 0)}
		denied := &readerFake{plainFake: plainFake{name: "loyalty"},
			err:   &model.Error{Kind: model.KindDenied, Text: model.Data("the token is refused")},
			pages: campaignPages(2, 1, 0)}
		fine := &readerFake{plainFake: plainFake{name: "fine"}, pages: campaignPages(1, 1, 0), slow: time.Second}
		started := time.Now()
		report, err := NewEngine(EngineOptions{Store: store,
			Adapters: []Adapter{refused, hole, denied, fine}}).SyncOnce(t.Context(), nil, SyncOptions{})
		if d := time.Since(started); d > 40*time.Second {
			t.Errorf("it took %s", d)
		}
		for _, name := range []string{"minsk", "shop", "loyalty"} {
			if err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("%q is not named in %v", name, err)
			}
			if store.healthOf(name) == "online" || store.healthOf(name) == "" {
				t.Errorf("%s is %q", name, store.healthOf(name))
			}
		}
		if report[3].Err != nil || report[3].Campaigns != 1 || store.healthOf("fine") != "online" {
			t.Errorf("%+v", report[3])
		}
		if refused.times("senders") > 0 || denied.times("campaigns") != 1 {
			t.Error("an account that is gone was asked on")
		}
	})
}

// loginFake is a vendor each of whose lists takes more requests than the adapter shows, such as a
// login.
type loginFake struct{ readerFake }

func (f *loginFake) LastAnswer() time.Time { return time.Now() }

func TestAVendorThatAnswersSlowlyIsReadToItsEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		slow := &loginFake{readerFake{plainFake: plainFake{name: "minsk"}, slow: 38 * time.Second,
			pages: campaignPages(2, 1, 0)}}
		quick := &readerFake{plainFake: plainFake{name: "fine"}, pages: campaignPages(1, 1, 0), slow: time.Second}
		report, err := NewEngine(EngineOptions{Store: newFakeStore(),
			Adapters: []Adapter{slow, quick}}).SyncOnce(t.Context(), nil, SyncOptions{})
		if err != nil || report[0].Campaigns != 2 || slow.times("senders") != 1 {
			t.Errorf("%+v, %v", report[0], err)
		}
		if report[0].Took < time.Minute || report[1].Took > time.Minute {
			t.Errorf("they took %s and %s", report[0].Took, report[1].Took)
		}
	})
}

func TestAPartThatFailsDoesNotKeepTheOthersFromBeingRead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		f := &readerFake{plainFake: plainFake{name: "shop"}, pages: campaignPages(1, 5, 0)}
		f.failing = func(op string) error {
			switch op {
			case "statistics 1":
				return down("shop")
			case "senders", "recipients 2":
				return errors.New("garbage")
			case "blacklist":
				if f.times("blacklist") > 1 { // the second page
					return errors.New("truncated")
				}
			}
			return nil
		}
		report, err := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}}).SyncOnce(t.Context(), nil,
			SyncOptions{})
		for _, want := range []string{"shop: senders: garbage", "shop: campaign 1", "shop: campaign 2",
			"shop: blacklist: truncated"} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("no %q in %v", want, err)
			}
		}
		if store.rows("statistics") != 4 || store.rows("blacklists") != 0 || store.rows("balance") != 1 ||
			report[0].Err == nil || store.synced["shop"] != 0 || store.healthOf("shop") != "online" {
			t.Errorf("%v", store.saved)
		}
	})
}

func TestManyFailuresOfOneAccountAreReportedInFewLines(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &readerFake{plainFake: plainFake{name: "shop"}, pages: campaignPages(1, 100, 0)}
		f.failing = func(op string) error {
			if strings.HasPrefix(op, "statistics") {
				return errors.New("garbage")
			}
			return nil
		}
		_, err := NewEngine(EngineOptions{Store: newFakeStore(), Adapters: []Adapter{f}}).SyncOnce(t.Context(), nil,
			SyncOptions{})
		if err == nil || strings.Count(err.Error(), "\n") > mostFailures ||
			!strings.Contains(err.Error(), "shop: another 95 failures") {
			t.Errorf("%v", err)
		}
	})
}

func TestAnAccountThatGoesDownMidwayIsGivenUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		f := &readerFake{plainFake: plainFake{name: "shop", calls: 1}, pages: campaignPages(1, 100, 0)}
		f.failing = func(op string) error {
			if strings.HasPrefix(op, "statistics") {
				return down("shop")
			}
			return nil
		}
		_, err := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}}).SyncOnce(t.Context(), nil,
			SyncOptions{})
		asked := 0
		for op, n := range f.asked {
			if strings.HasPrefix(op, "statistics") {
				asked += n
			}
		}
		if err == nil || asked > 4 {
			t.Errorf("%d campaigns were asked about: %v", asked, err)
		}
	})
}

func TestSyncOfAnUnknownAccountSaysWhichThereAre(t *testing.T) {
	t.Parallel()
	e := NewEngine(EngineOptions{Store: newFakeStore(), Adapters: []Adapter{&plainFake{name: "minsk"}}})
	if _, err := e.SyncOnce(t.Context(), []string{"brest"}, SyncOptions{}); model.KindOf(err) != model.KindInvalid ||
		!strings.Contains(err.Error(), "minsk") {
		t.Error(err)
	}
}

func TestPollsSlowDownWithAgeAndStop(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for _, c := range []struct {
		age, watch      time.Duration
		figures, atMost int
		replies, most   int
	}{
		{0, 10 * time.Minute, 14, 25, 14, 25},
		{10 * time.Minute, 50 * time.Minute, 20, 32, 20, 32},
		{time.Hour, 6 * time.Hour, 30, 42, 30, 42},
		{2 * day, 12 * time.Hour, 10, 16, 10, 16},
		{16 * day, 12 * time.Hour, 1, 1, 10, 16},
		{40 * day, 3 * day, 1, 1, 3, 5},
		{-3 * time.Hour, 2 * time.Hour, 10, 16, 10, 16},
	} {
		t.Run(c.age.String(), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := &readerFake{plainFake: plainFake{name: "shop"}, pages: campaignPages(1, 1, c.age),
					people: []model.Recipient{{Status: model.StatusDelivered}}, state: model.CampaignSent}
				running(t, EngineOptions{Store: newFakeStore(), Adapters: []Adapter{f}, pollEvery: time.Hour})
				time.Sleep(c.watch)
				synctest.Wait()
				if n := f.times("statistics 0"); n < c.figures || n > c.atMost {
					t.Errorf("figures were asked for %d times", n)
				}
				if n := f.times("replies 0"); n < c.replies || n > c.most {
					t.Errorf("replies were asked for %d times", n)
				}
			})
		})
	}
}

func TestAFinishedCampaignIsAskedForRepliesOnly(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &readerFake{plainFake: plainFake{name: "shop"}, pages: campaignPages(1, 1, time.Hour),
			people: []model.Recipient{{Status: model.StatusRead}}, state: model.CampaignSent}
		running(t, EngineOptions{Store: newFakeStore(), Adapters: []Adapter{f}})
		time.Sleep(time.Hour)
		synctest.Wait()
		if f.times("statistics 0") != 1 || f.times("recipients 0") != 1 || f.times("replies 0") < 5 {
			t.Errorf("%v", f.all())
		}
	})
}

func TestARunningEngineReadsListsNowAndThen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		f := &readerFake{plainFake: plainFake{name: "shop"}, pages: campaignPages(1, 1, 0)}
		e := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}})
		s := beside(t.Context(), t, e.Run)
		time.Sleep(time.Second)
		synctest.Wait()
		if f.times("campaigns") != 1 || f.times("senders") != 1 || f.times("balance") != 1 {
			t.Errorf("at the start: %v", f.all())
		}
		time.Sleep(3 * time.Hour)
		synctest.Wait()
		if n := f.times("campaigns"); n < 30 || n > 42 {
			t.Errorf("campaigns were read %d times in three hours", n)
		}
		if n := f.times("senders"); n < 3 || n > 4 {
			t.Errorf("senders were read %d times in three hours", n)
		}
		if err := s.stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestAnEngineRecoversWhenTheVendorDoes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		f := &readerFake{plainFake: plainFake{name: "shop"}, pages: campaignPages(1, 1, 0)}
		started := time.Now()
		f.failing = func(string) error {
			if time.Since(started) < time.Hour {
				return down("shop")
			}
			return nil
		}
		running(t, EngineOptions{Store: store, Adapters: []Adapter{f}})
		time.Sleep(59 * time.Minute)
		synctest.Wait()
		if n := f.times("campaigns"); n < 8 || n > 25 {
			t.Errorf("a vendor that is down was asked %d times in an hour", n)
		}
		if store.healthOf("shop") != "shop does not answer: connection refused" &&
			!strings.Contains(store.healthOf("shop"), "connection refused") {
			t.Errorf("health: %q", store.healthOf("shop"))
		}
		time.Sleep(7 * time.Minute)
		synctest.Wait()
		if store.healthOf("shop") != "online" || store.rows("campaigns") == 0 {
			t.Errorf("health: %q", store.healthOf("shop"))
		}
	})
}

func TestStopDuringAReadEndsAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		f := &readerFake{plainFake: plainFake{name: "shop"}, pages: campaignPages(1, 1, 0), slow: 20 * time.Second}
		ctx, cancel := context.WithCancel(t.Context())
		s := beside(ctx, t, NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}}).Run)
		time.Sleep(5 * time.Second)
		synctest.Wait()
		cancel()
		before := time.Now()
		if err := s.stop(); err != nil || time.Since(before) > 0 {
			t.Errorf("%v after %s", err, time.Since(before))
		}
		if store.healthOf("shop") != "" {
			t.Errorf("a stop was taken for a failure: %q", store.healthOf("shop"))
		}
	})
}

func TestAReadThatNoDocumentPromisesMayFail(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		f := &readerFake{plainFake: plainFake{name: "shop"}, pages: campaignPages(1, 1, 0)}
		f.failing = func(op string) error {
			if op == "balance" || op == "senders" {
				return &model.Error{Kind: model.KindDenied, Status: 403, Text: model.Data("there is no such method")}
			}
			return nil
		}
		f.undocumented = []model.Action{model.ActBalance, model.ActSenders}
		report, err := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}}).SyncOnce(t.Context(), nil,
			SyncOptions{})
		if err != nil || len(report[0].Asides) != 2 || report[0].Campaigns != 1 {
			t.Errorf("%v, %+v", err, report)
		}
		f.undocumented = nil
		if _, err := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}}).SyncOnce(t.Context(), nil,
			SyncOptions{}); err == nil {
			t.Error("documented reads failed and nothing is told")
		}
	})
}

func TestAFirstListThatNoDocumentPromisesMayBeRefusedToo(t *testing.T) {
	t.Parallel()
	f := &readerFake{plainFake: plainFake{name: "shop", lacks: model.ActListCampaigns}}
	f.undocumented = []model.Action{model.ActSenders, model.ActBlacklistRead}
	f.failing = func(op string) error {
		if op == "senders" || op == "blacklist" {
			return &model.Error{Kind: model.KindDenied, Status: 403, Text: model.Data("not for you")}
		}
		return nil
	}
	store := newFakeStore()
	report, err := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}}).SyncOnce(t.Context(), nil,
		SyncOptions{})
	if err != nil || len(report[0].Asides) != 2 || store.healthOf("shop") != "online" {
		t.Errorf("%v, %+v, %q", err, report, store.healthOf("shop"))
	}
}

func TestOnlyAMethodThatTheVendorLacksDoesNotFailTheReading(t *testing.T) {
	t.Parallel()
	for status, lacks := range map[int]bool{403: true, 404: true, 405: true, 501: true, 0: false, 200: false,
		400: false, 401: false, 429: false, 500: false, 503: false} {
		t.Run(strconv.Itoa(status), func(t *testing.T) {
			t.Parallel()
			f := &readerFake{plainFake: plainFake{name: "shop"}, pages: campaignPages(1, 1, 0)}
			f.undocumented = []model.Action{model.ActBalance}
			f.failing = func(op string) error {
				if op == "balance" {
					return &model.Error{Kind: model.KindOffline, Status: status, Text: model.Data("no")}
				}
				return nil
			}
			report, err := NewEngine(EngineOptions{Store: newFakeStore(), Adapters: []Adapter{f}}).SyncOnce(t.Context(),
				nil, SyncOptions{})
			if (err == nil) != lacks || len(report[0].Asides) > 0 != lacks {
				t.Errorf("%v, %+v", err, report)
			}
		})
	}
}

func TestSendersFromTheConfigurationAreNoAnswerOfTheVendor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		answered := func(lacks model.Action) int {
			f := &readerFake{plainFake: plainFake{name: "shop", lacks: lacks}}
			report, err := NewEngine(EngineOptions{Store: newFakeStore(), Adapters: []Adapter{f}}).SyncOnce(t.Context(),
				nil, SyncOptions{})
			if err != nil || report[0].Senders != 1 {
				t.Fatalf("%v, %+v", err, report)
			}
			return report[0].Answered
		}
		if with, without := answered(""), answered(model.ActSenders); without != with-1 {
			t.Errorf("%d answers, %d where the senders are in the configuration", with, without)
		}
	})
}

func TestACampaignTheVendorNoLongerKnowsDoesNotFailTheAccount(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		pages := campaignPages(1, 4, time.Hour)
		pages[0][2].CreatedAt = time.Now().Add(-100 * 24 * time.Hour)
		f := &readerFake{plainFake: plainFake{name: "shop"}, pages: pages}
		f.failing = func(op string) error {
			switch op {
			case "statistics 1", "recipients 1", "statistics 2", "recipients 2":
				return model.NotFound("the shop does not know it")
			case "recipients 3":
				return model.NotFound("the shop does not know it")
			}
			return nil
		}
		e := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}})
		for range 3 {
			report, err := e.SyncOnce(t.Context(), nil, SyncOptions{})
			if err != nil || report[0].Err != nil || len(report[0].Missing) == 0 {
				t.Fatalf("%+v, %v", report[0], err)
			}
		}
		if store.healthOf("shop") != "online" || f.times("statistics 1") != 3 || f.times("statistics 2") != 1 ||
			store.rows("statistics") != 2*3 {
			t.Errorf("asked %v, saved %v", f.asked, store.saved)
		}
	})
}

func TestAListThatDoesNotAddUpIsReportedUntilItDoes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		f := &readerFake{plainFake: plainFake{name: "shop"}, pages: campaignPages(1, 1, 0)}
		short := true
		f.failing = func(op string) error {
			if op == "blacklist" && short {
				return model.NotWhole("shop", "blacklist", model.Say("it gave 2 of 30"))
			}
			return nil
		}
		f.undocumented = []model.Action{model.ActBlacklistRead}
		e := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}})
		for range 2 {
			report, err := e.SyncOnce(t.Context(), nil, SyncOptions{})
			if !model.IsNotWhole(err) || report[0].Campaigns != 1 || store.rows("blacklists") != 0 ||
				store.rows("balance") == 0 {
				t.Errorf("%v, %+v, %v", err, report, store.saved)
			}
		}
		if got := store.healthOf("shop"); !strings.HasPrefix(
			got,
			"online: shop did not give all of its blacklist: it gave 2 of 30",
		) {
			t.Errorf("health %q", got)
		}
		if len(store.activity) != 1 || store.activity[0].Action != "not believed" {
			t.Errorf("log %+v, want it once", store.activity)
		}
		short = false
		if _, err := e.SyncOnce(t.Context(), nil, SyncOptions{}); err != nil || store.healthOf("shop") != "online" ||
			store.rows("blacklists") != 1 {
			t.Errorf("%v, health %q", err, store.healthOf("shop"))
		}
	})
}

func TestWhatAFailedReadingCouldReadIsStored(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		f := &readerFake{plainFake: plainFake{name: "shop"}, pages: campaignPages(1, 1, 0),
			replies: []model.Reply{{VendorID: "r1", Text: "Yes"}}}
		pages := 0
		f.failing = func(op string) error {
			if op == "blacklist" {
				pages++
			}
			if op == "blacklist" && pages == 2 || op == "senders" || op == "replies 0" {
				return model.NotWhole("shop", op, model.Say("1 row cannot be read"))
			}
			return nil
		}
		e := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}})
		if _, err := e.SyncOnce(t.Context(), nil, SyncOptions{}); err == nil || store.rows("some") != 2 ||
			store.rows("blacklists") != 0 || store.rows("senders") != 0 || len(store.replies) != 1 {
			t.Errorf("%v, saved %v", err, store.saved)
		}
		if health := store.healthOf("shop"); !strings.Contains(health, "all of its replies 0: 1 row cannot be read") {
			t.Errorf("health %q", health)
		}
	})
}

func TestAVendorThatRefusesToSayWhatBecameOfACampaignIsReportedOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		f := &readerFake{plainFake: plainFake{name: "shop"}, pages: campaignPages(1, 1, time.Hour)}
		answer := model.KindNotFound
		f.failing = func(op string) error {
			if strings.HasPrefix(op, "recipients ") && answer != "" {
				return &model.Error{Kind: answer, Text: model.Data("it answered 404")}
			}
			return nil
		}
		e := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}})
		for range 2 {
			_, _ = e.SyncOnce(t.Context(), nil, SyncOptions{All: true})
		}
		if len(store.activity) != 1 || store.activity[0].Action != "not reported" ||
			!strings.Contains(store.activity[0].Detail.String(), "shop: it answered 404") {
			t.Errorf("log %+v, want it once", store.activity)
		}
		answer = model.KindLimited
		_, _ = e.SyncOnce(t.Context(), nil, SyncOptions{All: true})
		if answer = ""; len(store.activity) != 1 {
			t.Errorf("the same words twice: %+v", store.activity)
		}
		_, _ = e.SyncOnce(t.Context(), nil, SyncOptions{All: true})
		answer = model.KindInvalid
		_, _ = e.SyncOnce(t.Context(), nil, SyncOptions{All: true})
		if len(store.activity) != 2 {
			t.Errorf("log %+v, want it again after it had been well", store.activity)
		}
	})
}

// trackingFake lists campaigns but does not report the outcome of calls that were sent from here.
type trackingFake struct {
	*readerFake
	err error
}

func (f *trackingFake) Track(context.Context, string) (model.Tracked, error) {
	return model.Tracked{}, f.err
}

func TestASyncSaysWhatTheVendorDidNotReportOfOurCalls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, c := range []struct {
			err             *model.Error
			failed, missing int
			health          string
		}{
			{&model.Error{Kind: model.KindInvalid, Text: model.Data("it answered 400")}, 1, 0, "online"},
			{&model.Error{Kind: model.KindLimited, Text: model.Data("it answered 429")}, 1, 0, "online"},
			{&model.Error{Kind: model.KindOffline, Text: model.Data("it answered 500")}, 1, 0, "online"},
			{&model.Error{Kind: model.KindNotFound, Text: model.Data("it answered 404")}, 0, 1, "online"},
			{model.NotWhole("shop", "statuses", model.Data("no list")), 1, 0, "online: shop did not give all"},
		} {
			store := newFakeStore()
			store.batches[1] = &model.Batch{ID: 1, State: model.BatchAccepted, VendorRef: "uuid", ClaimedAt: time.Now(),
				Campaign: model.Campaign{ID: 1, Account: "shop"}}
			f := &trackingFake{&readerFake{plainFake: plainFake{name: "shop"}, pages: campaignPages(1, 1, time.Hour)},
				c.err}
			report, _ := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}}).
				SyncOnce(t.Context(), nil, SyncOptions{})
			failed := report[0].Err != nil && strings.Contains(report[0].Err.Error(),
				"campaign uuid: "+c.err.Text.String())
			if failed != (c.failed == 1) || len(report[0].Missing) != c.missing ||
				!strings.HasPrefix(store.healthOf("shop"), c.health) {
				t.Errorf("%s: %v, missing %v, health %q", c.err.Text, report[0].Err, report[0].Missing,
					store.healthOf("shop"))
			}
		}
	})
}

func TestAReadingOfFewerPeopleThanWereReportedIsAFailedOne(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for reported, fails := range map[int64]bool{0: false, 2: false, 5: false, 12: true} {
			store := newFakeStore()
			store.reported = reported
			f := &readerFake{plainFake: plainFake{name: "shop"}, pages: campaignPages(1, 1, time.Hour),
				people: []model.Recipient{{Phone: 1}, {Phone: 2}}}
			report, _ := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}}).
				SyncOnce(t.Context(), nil, SyncOptions{All: true})
			if failed := model.IsNotWhole(report[0].Err); failed != fails ||
				strings.Contains(store.healthOf("shop"), "before and only") != fails {
				t.Errorf("%d reported before: %v, health %q", reported, report[0].Err, store.healthOf("shop"))
			}
		}
	})
}

func TestACampaignIsFinalWhenEachOfOurPeopleIs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, c := range []struct {
			open    int64
			stopped bool
		}{{2, false}, {0, true}} {
			store := newFakeStore()
			f := &readerFake{
				plainFake: plainFake{name: "shop"},
				pages:     campaignPages(1, 1, time.Hour),
				state:     model.CampaignSent,
				people:    []model.Recipient{{Phone: 375291000001, Status: model.StatusRead}},
			}
			store.expected, store.open = 3, c.open
			if _, err := NewEngine(EngineOptions{Store: store, Adapters: []Adapter{f}}).SyncOnce(t.Context(), nil,
				SyncOptions{}); err != nil {
				t.Fatal(err)
			}
			if len(store.polls) != 1 || store.polls[0].Stopped != c.stopped {
				t.Errorf("one of three reported, %d open: %+v; want stopped %v", c.open, store.polls, c.stopped)
			}
		}
	})
}
