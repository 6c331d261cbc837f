package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"viberdeck/model"
	"viberdeck/ui/cli"
	"viberdeck/vendors"
	"viberdeck/vendors/all"
)

// acme is a fifth vendor: it has senders, and its secret is called token as that of sms.by is.
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

func (a acmeAdapter) Senders(ctx context.Context) ([]model.Sender, error) {
	resp, err := a.client.Read(ctx, &vendors.Request{
		URL: a.account.BaseURL + "/senders", Header: http.Header{"Token": {a.token}}})
	if err != nil {
		return nil, err
	}
	return []model.Sender{{Account: a.account.Name, Vendor: acme, ID: "1", Name: strings.TrimSpace(string(resp.Body))}},
		nil
}

func acmeRow() vendors.Registration {
	return vendors.Registration{
		VendorFacts: model.VendorFacts{Vendor: acme, Secrets: [][]string{{"token"}},
			Capabilities: model.Capabilities{Vendor: acme}},
		New: newAcme,
	}
}

func TestAFifthVendorIsOneRowAndTheOthersKeepWorking(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Token") != "fictitious-acme" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		_, _ = w.Write([]byte("Acme Shop"))
	}))
	t.Cleanup(server.Close)
	dir := t.TempDir()
	config := filepath.Join(dir, "config.toml")
	text := "cache = \"" + filepath.Join(dir, "cache.db") + `"
[[account]]
name = "minsk"
vendor = "smsby"
token = "fictitious-minsk"
base_url = "` + server.URL + `"
[[account]]
name = "fifth"
vendor = "acme"
token = "fictitious-acme"
base_url = "` + server.URL + `"
`
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(code int, args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		got := cli.Run(t.Context(), parts(append(all.Vendors(), acmeRow())),
			cli.Streams{In: strings.NewReader(""), Out: &out, Err: &errs},
			append([]string{"--config", config}, args...))
		if got != code {
			t.Errorf("%v ended with %d: %s", args, got, errs.String())
		}
		return out.String()
	}
	if words := run(0, "config", "check"); !strings.Contains(words, "2 accounts") {
		t.Errorf("config check: %s", words)
	}
	run(0, "sync", "--account", "fifth")
	if message := run(0, "senders", "--csv"); !strings.Contains(message, "Acme Shop") {
		t.Errorf("senders: %s", message)
	}
	if sentence := run(1, "doctor", "--account", "minsk"); !strings.Contains(sentence, "minsk (smsby)") ||
		strings.Contains(sentence, "fictitious") {
		t.Errorf("doctor: %s", sentence)
	}
}
