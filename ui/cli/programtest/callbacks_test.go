package programtest_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"viberdeck/cache"
	"viberdeck/model"
	"viberdeck/vendors/callbacks"
	"viberdeck/vendors/sim"
)

func TestAFloodOfCallbacksEndsInTheCacheWhole(t *testing.T) {
	t.Parallel()
	const clients, each = 40, 25
	db, err := cache.Open(t.Context(), filepath.Join(t.TempDir(), "cache.db"), cache.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	key, err := db.CallbackKey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	secret := callbacks.Secret(key, "promo-gr")
	decode := func(body []byte) (callbacks.Event, error) {
		return callbacks.Event{Replies: []model.Reply{{Phone: 306948530920, Text: string(body)}}}, nil
	}
	r, err := callbacks.New(callbacks.Options{Store: db, PerSecond: 10_000, Burst: 10_000,
		Accounts: []callbacks.Account{{Name: "promo-gr", Vendor: model.Routee, Secret: secret, Decode: decode}}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := callbacks.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- r.Serve(ctx, l) }()
	address := "http://" + l.Addr().String() + callbacks.Path("promo-gr", secret)
	transport := &http.Transport{MaxIdleConnsPerHost: clients}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	var posts sync.WaitGroup
	for c := range clients {
		posts.Go(func() {
			for n := range each {
				for range 2 { // everything is reported twice
					if err := untilTaken(client, address, fmt.Sprintf("reply %d of %d", n, c)); err != nil {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	posts.Wait()
	stop()
	if err := <-served; err != nil {
		t.Error(err)
	}
	// Callbacks that the server had no time for are read by the next process.
	if err := r.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	page, err := model.ReplyRows().Read(t.Context(), db, model.PageRequest{Limit: 2 * clients * each})
	if err != nil || len(page.Rows) != clients*each {
		t.Errorf("%d replies, %v", len(page.Rows), err)
	}
}

// untilTaken posts as a vendor does: what was not taken in time (503) is posted again.
func untilTaken(client *http.Client, address, body string) error {
	for {
		resp, err := client.Post(address, "text/plain", strings.NewReader(body))
		if err != nil {
			return err
		}
		_ = resp.Body.Close()
		switch resp.StatusCode {
		case http.StatusOK:
			return nil
		case http.StatusServiceUnavailable:
		default:
			return fmt.Errorf("answered %d", resp.StatusCode)
		}
	}
}

func TestCallbackAddressesAreRegisteredListedAndRemovedWhereTheVendorCan(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Vendors: sim.AllVendors()})
	text, err := os.ReadFile(b.config)
	if err != nil {
		t.Fatal(err)
	}
	b.write("config.toml", strings.Replace(string(text), "vendor = \"wooxy\"", "vendor = \"wooxy\"\ninferred = true",
		1))
	path := strings.Fields(b.must(0, "config", "callbacks", "--account", "loyalty").out)[1]
	register := []string{"config", "callbacks", "--register", "https://deck.example.com/"}
	r := b.must(0, register...)
	for _, why := range []string{"minsk: ", "callback_url", "shop-ua: ", "SendPulse has no callbacks",
		"loyalty: registered"} {
		if !strings.Contains(r.err, why) {
			t.Errorf("%q does not say %q", r.err, why)
		}
	}
	b.must(0, register...) // known already: not made again
	if n := b.calls("webhook/create"); n != 1 {
		t.Errorf("%d webhooks were made", n)
	}
	listed := strings.Fields(b.must(0, "config", "callbacks", "--list", "--account", "loyalty").out)
	if len(listed) < 3 || listed[2] != "https://deck.example.com"+path {
		t.Fatalf("listed: %v", listed)
	}
	if r := b.must(1, "--read-only", "config", "callbacks", "--remove", listed[1], "--account",
		"loyalty"); !strings.Contains(r.err, "read only") {
		t.Errorf("read only: %s", r.err)
	}
	b.must(1, "config", "callbacks", "--register", "https://deck.example.com", "--account", "minsk")
	b.must(1, "config", "callbacks", "--register", "deck", "--account", "loyalty")
	b.must(2, "config", "callbacks", "--remove", listed[1])
	b.must(0, "config", "callbacks", "--remove", listed[1], "--account", "loyalty")
	if out := b.must(0, "config", "callbacks", "--list", "--account", "loyalty").out; out != "" {
		t.Errorf("left: %s", out)
	}
}
