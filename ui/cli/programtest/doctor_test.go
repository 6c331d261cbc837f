package programtest_test

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"viberdeck/vendors/sim"
)

// findings runs the doctor and returns its finding about each thing.
func (b *bench) findings(code int, args ...string) map[string]map[string]any {
	b.t.Helper()
	r := b.run(append([]string{"doctor", "--json"}, args...)...)
	if r.code != code {
		b.t.Fatalf("doctor: exit %d, want %d\n%s%s", r.code, code, r.out, r.err)
	}
	c := b.world.Credentials()
	for _, secret := range []string{c.SMSByToken, c.SendPulseClientSecret, c.SendPulseClientID,
		c.RouteeApplicationSecret, c.WooxyToken} {
		if strings.Contains(r.out+r.err, secret) {
			b.t.Errorf("a secret is shown:\n%s%s", r.out, r.err)
		}
	}
	found := map[string]map[string]any{}
	for _, row := range decodeRows(b.t, strings.NewReader(r.out)) {
		if len(row) != 3 {
			b.t.Errorf("a finding is about, ok and words: %v", row)
		}
		found[row["about"].(string)] = row
	}
	return found
}

// reconfigure changes the text of the configuration.
func (b *bench) reconfigure(pairs ...string) {
	b.t.Helper()
	text, err := os.ReadFile(b.config)
	if err != nil {
		b.t.Fatal(err)
	}
	changed := strings.NewReplacer(pairs...).Replace(string(text))
	if changed == string(text) {
		b.t.Fatal("nothing of the configuration was changed")
	}
	b.write("config.toml", changed)
}

// says fails unless the finding is there, good or bad as wanted, with the words.
func says(t *testing.T, found map[string]map[string]any, about string, ok bool, words ...string) {
	t.Helper()
	f := found[about]
	if f == nil || f["ok"] != ok {
		t.Errorf("%s: %v; want ok=%v", about, f, ok)
		return
	}
	for _, w := range words {
		if !strings.Contains(f["words"].(string), w) {
			t.Errorf("%s does not say %q: %v", about, w, f["words"])
		}
	}
}

func TestTheDoctorListsWhatIsWell(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Vendors: sim.AllVendors()})
	found := b.findings(0)
	says(t, found, "configuration", true, b.config, "mode 0600", "4 accounts")
	says(t, found, "secret minsk.token", true, "the configuration file")
	says(t, found, "clock", true, "Z, shown in")
	says(t, found, "time zone minsk", true, "Europe/Minsk")
	says(t, found, "cache", true, b.cache, "schema", "writable", "mode 0600")
	says(t, found, "terminal", true, "TERM=xterm-256color", "256 colours")
	says(t, found, "clipboard", true, "OSC 52")
	says(t, found, "unicode", true, "LANG=C.UTF-8")
	for _, account := range []string{"minsk (smsby)", "shop-ua (sendpulse)", "promo-gr (routee)", "loyalty (wooxy)"} {
		says(t, found, account, true, "reachable, credentials accepted", "balance")
	}
	says(t, found, "shop-ua (sendpulse)", true, "4 senders")
	says(t, found, "loyalty cannot: cancel a running send", true, "Wooxy cannot cancel a running send")
	says(t, found, "promo-gr cannot: personal texts", true, "groups")
	if n := len(b.world.Ledger().Sends); n != 0 {
		t.Errorf("the doctor sent %d messages", n)
	}
	if r := b.run("doctor"); r.code != 0 || !strings.Contains(r.out, "promo-gr cannot") ||
		strings.Contains(r.out, "BAD") {
		t.Errorf("for a person:\n%s", r.out)
	}
	if only := b.findings(0, "--account", "minsk"); only["minsk (smsby)"] == nil || only["loyalty (wooxy)"] != nil {
		t.Error("--account does not choose whom to ask")
	}
}

func TestTheDoctorFindsCredentialsThatAreRefused(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Vendors: sim.AllVendors()})
	c := b.world.Credentials()
	b.reconfigure(c.SMSByToken, "fictitious-wrong-a", c.SendPulseClientSecret, "fictitious-wrong-b",
		c.RouteeApplicationSecret, "fictitious-wrong-c", c.WooxyToken, "fictitious-wrong-d")
	found := b.findings(1)
	for _, account := range []string{"minsk (smsby)", "shop-ua (sendpulse)", "promo-gr (routee)", "loyalty (wooxy)"} {
		says(t, found, account, false, "reachable, credentials refused", "configuration")
	}
}

func TestTheDoctorFindsAVendorThatIsNotThere(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Vendors: sim.AllVendors()})
	// Nothing listens there. The port of a closed server may belong to another test by now.
	b.reconfigure(b.server.URL+"/wooxy", "http://127.0.0.1:1/wooxy")
	found := b.findings(1)
	says(t, found, "loyalty (wooxy)", false, "not reachable", "connection refused")
	says(t, found, "minsk (smsby)", true, "reachable")
}

func TestTheDoctorFindsFilesThatOthersMayRead(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Vendors: sim.AllVendors()})
	token := b.write("token", b.world.Credentials().SMSByToken+"\n")
	b.reconfigure(`token = "`+b.world.Credentials().SMSByToken+`"`, `token_file = "`+token+`"`)
	says(t, b.findings(0), "secret minsk.token", true, token, "mode 0600")
	chmod(t, token, 0o644)
	found := b.findings(1)
	says(t, found, "secret minsk.token", false, "mode 0644", "chmod 600 "+token)
	says(t, found, "minsk (smsby)", false, "not asked")
	says(t, found, "loyalty (wooxy)", true, "reachable")
	chmod(t, token, 0o600)
	chmod(t, b.cache, 0o644)
	says(t, b.findings(1), "cache", false, "chmod o= "+b.cache)
	chmod(t, b.cache, 0o600)
	chmod(t, b.config, 0o644)
	says(t, b.findings(1), "configuration", false, "chmod 600 "+b.config)
}

func chmod(t *testing.T, path string, mode os.FileMode) {
	t.Helper()
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
}

func TestTheDoctorFindsAClockThatIsWrong(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Vendors: sim.AllVendors()})
	target, err := url.Parse(b.server.URL)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.ModifyResponse = func(r *http.Response) error {
		r.Header.Set("Date", time.Now().Add(-90*time.Second).UTC().Format(http.TimeFormat))
		return nil
	}
	server := httptest.NewServer(proxy)
	t.Cleanup(server.Close)
	b.reconfigure(b.server.URL+"/smsby", server.URL+"/smsby")
	found := b.findings(1)
	says(t, found, "clock minsk", false, "ahead of", "timedatectl")
	says(t, found, "minsk (smsby)", true, "credentials accepted")
	if found["clock loyalty"] != nil {
		t.Errorf("a clock that is right is told: %v", found["clock loyalty"])
	}
}

func TestTheDoctorFindsAConfigurationThatCannotBeRead(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	b.write("config.toml", "colour = \"red\"\n")
	says(t, b.findings(1), "configuration", false, "line 1", "colour")
	b.config += ".none"
	says(t, b.findings(1), "configuration", false, "viberdeck config init")
}
