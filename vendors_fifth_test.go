package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"go/ast"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"viberdeck/cache"
	"viberdeck/model"
	"viberdeck/ui/cli"
	"viberdeck/vendors"
	"viberdeck/vendors/all"
)

// acme is a fifth vendor: it sends, has senders and posts replies, and its secret is called token
// as that of sms.by is.
const acme model.Vendor = "acme"

type acmeAdapter struct {
	account model.Account
	client  *vendors.Client
	token   string
}

func newAcme(a model.Account, client *vendors.Client) (vendors.Adapter, error) {
	return acmeAdapter{account: a.WithoutSecrets(), client: client, token: a.Secret("token")}, nil
}

func (a acmeAdapter) Account() model.Account           { return a.account }
func (a acmeAdapter) Capabilities() model.Capabilities { return acmeRow().Capabilities }

func (a acmeAdapter) request(verb, path string) *vendors.Request {
	return &vendors.Request{Method: verb, URL: a.account.BaseURL + path, Header: http.Header{"Token": {a.token}}}
}

func (a acmeAdapter) Senders(ctx context.Context) ([]model.Sender, error) {
	resp, err := a.client.Read(ctx, a.request(http.MethodGet, "/senders"))
	if err != nil {
		return nil, err
	}
	return []model.Sender{{Account: a.account.Name, Vendor: acme, ID: "1", Name: strings.TrimSpace(string(resp.Body))}},
		nil
}

func (a acmeAdapter) PerCall(model.Campaign) int                         { return 10 }
func (a acmeAdapter) Ready(ctx context.Context) (*vendors.Permit, error) { return a.client.Ready(ctx) }

func (a acmeAdapter) Send(ctx context.Context, p *vendors.Permit, b model.Batch) (model.Outcome, error) {
	resp, err := a.client.SendWith(ctx, p, a.request(http.MethodPost, "/send"))
	return model.Outcome{Batch: b.ID, State: model.BatchAccepted, VendorRef: string(resp.Body), At: time.Now()}, err
}

func acmeRow() vendors.Registration {
	return vendors.Registration{
		VendorFacts: model.VendorFacts{Vendor: acme, Secrets: [][]string{{"token"}},
			Settings: []model.Setting{{Key: "region", Kind: model.SettingChoice, Choices: []string{"east", "west"}}},
			Capabilities: model.Capabilities{Vendor: acme, Name: "Acme Messenger",
				Kinds: []model.MessageKind{model.KindText}, Classes: []model.Class{model.ClassPromotional},
				Lacks: map[model.Action]string{model.ActSchedule: "Acme Messenger has no schedule"}}},
		New: newAcme,
		Decode: vendors.SameDecoder(func(body []byte) (model.CallbackEvent, error) {
			var posted struct{ Text string }
			err := json.Unmarshal(body, &posted)
			return model.CallbackEvent{Replies: []model.Reply{{Phone: 375291111111, Text: posted.Text}}}, err
		}),
	}
}

// acmeServer is what Acme serves, and sms.by to whoever has an account there.
func acmeServer(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Header.Get("Token") != "fictitious-acme":
			w.WriteHeader(http.StatusUnauthorized)
		case r.Method == http.MethodPost:
			_, _ = w.Write([]byte("call-1"))
		default:
			_, _ = w.Write([]byte("Acme Shop"))
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// withAcme runs commands of a program that knows a fifth vendor, on a configuration with an account
// there and one at sms.by.
func withAcme(t *testing.T) (dir string, run func(code int, args ...string) string) {
	t.Helper()
	server, dir := acmeServer(t), t.TempDir()
	write(t, filepath.Join(dir, "config.toml"), `cache = "`+filepath.Join(dir, "cache.db")+`"
[callbacks]
listen = "127.0.0.1:0"
[[account]]
name = "minsk"
vendor = "smsby"
token = "fictitious-minsk"
base_url = "`+server+`"
[[account]]
name = "fifth"
vendor = "acme"
token = "fictitious-acme"
region = "west"
base_url = "`+server+`"
`)
	return dir, func(code int, args ...string) string {
		t.Helper()
		var out bytes.Buffer
		got := cli.Run(t.Context(), parts(append(all.Vendors(), acmeRow())),
			cli.Streams{In: strings.NewReader(""), Out: &out, Err: &out},
			append([]string{"--config", filepath.Join(dir, "config.toml")}, args...))
		if got != code {
			t.Errorf("%v ended with %d: %s", args, got, out.String())
		}
		return out.String()
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestAFifthVendorIsOneRowAndTheOthersKeepWorking(t *testing.T) {
	t.Parallel()
	dir, run := withAcme(t)
	sees := func(said string, wants ...string) {
		t.Helper()
		for _, want := range wants {
			if !strings.Contains(said, want) {
				t.Errorf("no %q in:\n%s", want, said)
			}
		}
		if strings.Contains(said, "fictitious") {
			t.Errorf("a secret in:\n%s", said)
		}
	}
	sees(run(0, "config", "check"), "2 accounts")
	sees(run(0, "doctor", "--account", "fifth", "-v"), "fifth (acme)", "1 sender: Acme Shop", "fifth cannot",
		"schedule")
	sees(run(1, "doctor", "--account", "minsk"), "minsk (smsby)")
	run(0, "sync", "--account", "fifth")
	sees(run(0, "senders", "--csv"), "Acme Shop")
	sees(run(0, "config", "callbacks"), "/callbacks/fifth/")

	campaign := filepath.Join(dir, "campaign.toml")
	const head = "account = \"fifth\"\nname = \"Sale\"\nsender = \"1\"\nphones = [\"+375291111111\"]\n"
	write(t, campaign, head+"image_url = \"https://example.com/a.png\"\n")
	sees(run(2, "send", campaign, "--dry-run"), "Acme Messenger cannot send image; it sends text")
	write(t, campaign, head+"text = \"Hello\"\n")
	sees(run(0, "send", campaign, "--confirm", "1", "--hold", "0"), "Sale through fifth (Acme Messenger)")
	sees(run(0, "outbox", "--json"), `"state":"accepted"`)

	db, err := cache.Open(t.Context(), filepath.Join(dir, "cache.db"), cache.Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.StoreCallbacks(t.Context(), []model.Callback{{Account: "fifth", Vendor: acme,
		Body: []byte(`{"text":"Thank you, Acme"}`), ReceivedAt: time.Now()}})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	run(0, "work", "--once", "--account", "fifth")
	sees(run(0, "replies", "--json"), "Thank you, Acme")
}

func TestAFifthVendorsKeysBelongToItsOwnAccountsOnly(t *testing.T) {
	t.Parallel()
	dir, run := withAcme(t)
	path := filepath.Join(dir, "config.toml")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ was, is, says string }{
		{`vendor = "smsby"`, "vendor = \"smsby\"\nregion = \"east\"", "region: it belongs to accounts of acme"},
		{`region = "west"`, `region = "north"`, "region"},
		{`region = "west"`, `api_key = "x"`, "api_key: it belongs to accounts of sendpulse; this is one of acme"},
		{`token = "fictitious-acme"`, "", "token"},
	} {
		write(t, path, strings.Replace(string(whole), c.was, c.is, 1))
		if said := run(2, "config", "check"); !strings.Contains(said, c.says) {
			t.Errorf("%s: %s", c.is, said)
		}
	}
}

func TestOnlyItsFolderAndItsSimulationNameAVendor(t *testing.T) {
	t.Parallel()
	for _, f := range goFiles(t) {
		if f.isTest() || strings.HasPrefix(f.path, "vendors/") || strings.HasPrefix(f.path, "cache/storetest/") {
			continue
		}
		for _, name := range []string{"Wooxy", "SMSBy", "Routee", "SendPulse"} {
			f.uses(module+"/model", name, func(n ast.Node) {
				t.Errorf("%s:%d: model.%s: ask the vendor's row or capabilities", f.path, f.line(n), name)
			})
		}
	}
}
