package model

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

func goodConfig() Config {
	return Config{
		Operator: "anna", TimeZone: "Europe/Minsk", DefaultCountry: "BY", StaffPhones: []string{"80291111111"},
		Retention: Duration{365 * 24 * time.Hour},
		Send:      SendConfig{QuietHours: "21:00-09:00", ApproveAbove: 10_000},
		Callbacks: CallbacksConfig{Listen: "127.0.0.1:8088"},
		Accounts: []Account{
			{Name: "minsk", Vendor: SMSBy, Secrets: Secrets{"token": {Env: "SMSBY_TOKEN"}}, TimeZone: "Europe/Minsk",
				BaseURL: "http://127.0.0.1:8080/smsby"},
			{Name: "shop-ua", Vendor: SendPulse,
				Secrets: Secrets{"client_id": {Value: "not-a-real-id"}, "client_secret": {File: "/run/secrets/pulse"}}},
			{Name: "promo.gr", Vendor: Routee, Secrets: Secrets{
				"application_id": {Cmd: []string{"pass", "routee"}}, "application_secret": {Env: "ROUTEE"}},
				Senders: []ConfigSender{{ID: "444", Name: "Shop"}}},
			{Name: "loyalty_1", Vendor: Wooxy, Secrets: Secrets{"access_token": {File: "/run/secrets/wooxy"}},
				Templates: []ConfigTemplate{{ID: "7"}}},
		},
	}
}

// testVendors are the vendors as the checks of a configuration need them.
func testVendors() Vendors {
	return Vendors{
		{Vendor: Wooxy, Secrets: [][]string{{"access_token"}},
			Settings: []Setting{{Key: "inferred", Kind: SettingFlag}}},
		{Vendor: SMSBy, Secrets: [][]string{{"token"}}},
		{Vendor: Routee, Secrets: [][]string{{"application_id", "application_secret"}}, Settings: []Setting{
			{Key: "auth_url", Kind: SettingAddress},
			{Key: "shape", Kind: SettingChoice, Choices: []string{"one", "two"}}}},
		{Vendor: SendPulse, Secrets: [][]string{{"client_id", "client_secret"}, {"api_key"}}},
	}
}

func TestAGoodConfigurationPassesAndSoDoesAnEmptyOne(t *testing.T) {
	t.Parallel()
	c := goodConfig()
	if err := c.Validate(testVendors()); err != nil {
		t.Error(err)
	}
	if err := new(Config).Validate(testVendors()); err != nil {
		t.Error(err)
	}
}

func TestEveryConfigurationErrorNamesItsKey(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		key, says string
		spoil     func(*Config)
	}{
		{"time_zone", "Europe/Minsk", func(c *Config) { c.TimeZone = "Minsk" }},
		{"default_country", "BY", func(c *Config) { c.DefaultCountry, c.StaffPhones = "by", nil }},
		{"default_country", "BY", func(c *Config) { c.DefaultCountry, c.StaffPhones = "XX", nil }},
		{"default_country", "BY", func(c *Config) { c.DefaultCountry, c.StaffPhones = "12", nil }},
		{"staff_phones[1]", "not a phone", func(c *Config) { c.StaffPhones = append(c.StaffPhones, "12") }},
		{"opt_out_words[1]", "no letter", func(c *Config) { c.OptOutWords = []string{"basta", "…"} }},
		{"retention", "365d", func(c *Config) { c.Retention.Duration = time.Hour }},
		{"retention", "between 30 and", func(c *Config) { c.Retention.Duration = 36501 * 24 * time.Hour }},
		{"send.quiet_hours", "21:00-09:00", func(c *Config) { c.Send.QuietHours = "night" }},
		{"send.approve_above", "below 0", func(c *Config) { c.Send.ApproveAbove = -1 }},
		{"send.canary", "below 0", func(c *Config) { c.Send.Canary = -1 }},
		{"send.daily_cap", "below 0", func(c *Config) { c.Send.DailyCap = -1 }},
		{"callbacks.listen", "127.0.0.1:8088", func(c *Config) { c.Callbacks.Listen = "8088" }},
		{"account[0].name", "needs a name", func(c *Config) { c.Accounts[0].Name = "" }},
		{"account[0].name", "needs a name", func(c *Config) { c.Accounts[0].Name = "a b\x1b[2J" }},
		{"account[0].name", "40 letters", func(c *Config) { c.Accounts[0].Name = strings.Repeat("a", 41) }},
		{"account minsk.name", "two accounts", func(c *Config) { c.Accounts[3].Name = "minsk" }},
		{"account minsk.vendor", "wooxy, smsby, routee and sendpulse",
			func(c *Config) { c.Accounts[0].Vendor = "sms.by" }},
		{"account minsk.vendor", "not a vendor", func(c *Config) { c.Accounts[0].Vendor = "" }},
		{"account minsk.time_zone", "Europe/Minsk", func(c *Config) { c.Accounts[0].TimeZone = "+03:00" }},
		{"account minsk.base_url", "web address", func(c *Config) { c.Accounts[0].BaseURL = "app.sms.by" }},
		{"account minsk.base_url", "password", func(c *Config) { c.Accounts[0].BaseURL = "https://a:b@example.com" }},
		{"account promo.gr.auth_url", "web address",
			func(c *Config) { c.Accounts[2].Settings = Settings{"auth_url": "file:///x"} }},
		{"account minsk.inferred", "belongs to accounts of wooxy",
			func(c *Config) { c.Accounts[0].Settings = Settings{"inferred": "true"} }},
		{"account minsk.colour", "no such key", func(c *Config) { c.Accounts[0].Settings = Settings{"colour": "x"} }},
		{"account promo.gr.shape", "write one or two",
			func(c *Config) { c.Accounts[2].Settings = Settings{"shape": "three"} }},
		{"account minsk.per_second", "0 or more", func(c *Config) { c.Accounts[0].PerSecond = -1 }},
		{"account minsk.per_second", "0 or more", func(c *Config) { c.Accounts[0].PerSecond = math.NaN() }},
		{"account minsk.per_second", "0 or more", func(c *Config) { c.Accounts[0].PerSecond = math.Inf(1) }},
		{"account minsk.token", "token_env", func(c *Config) { delete(c.Accounts[0].Secrets, "token") }},
		{"account shop-ua.client_id", "or api_key", func(c *Config) { delete(c.Accounts[1].Secrets, "client_id") }},
		{"account shop-ua.client_id", "or api_key", func(c *Config) { delete(c.Accounts[1].Secrets, "client_secret") }},
		{"account promo.gr.application_id", "application_id_cmd",
			func(c *Config) { delete(c.Accounts[2].Secrets, "application_id") }},
		{"account promo.gr.application_secret", "application_secret_file",
			func(c *Config) { delete(c.Accounts[2].Secrets, "application_secret") }},
		{"account minsk.api_key", "belongs to accounts of sendpulse",
			func(c *Config) { c.Accounts[0].Secrets["api_key"] = Secret{Env: "KEY"} }},
		{"account shop-ua.token", "belongs to accounts of smsby",
			func(c *Config) { c.Accounts[1].Secrets["token"] = Secret{Value: "not-a-real-token"} }},
		{"account promo.gr.sender[0].id", "missing", func(c *Config) { c.Accounts[2].Senders[0].ID = "" }},
		{"account loyalty_1.access_token", "access_token_env",
			func(c *Config) { delete(c.Accounts[3].Secrets, "access_token") }},
		{"account loyalty_1.template[0].id", "missing", func(c *Config) { c.Accounts[3].Templates[0].ID = "" }},
	} {
		config := goodConfig()
		c.spoil(&config)
		expectField(t, c.key, config.Validate(testVendors()), c.key, c.says)
	}
}

func TestAllConfigurationErrorsAreReportedAtOnceAndNoneShowsASecret(t *testing.T) {
	t.Parallel()
	c := goodConfig()
	c.TimeZone, c.Send.Canary = "x", -1
	c.Accounts[0].Secrets["token"] = Secret{Value: "not-a-real-token"}
	c.Accounts[0].BaseURL = "https://u:not-a-real-password@"
	c.Accounts[2] = Account{Name: "promo.gr", Vendor: Routee}
	err := c.Validate(testVendors())
	want := []string{"time_zone", "send.canary", "account minsk.base_url", "account promo.gr.application_id",
		"account promo.gr.application_secret"}
	if got := fieldsOf(err); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	if err != nil && strings.Contains(err.Error(), "not-a-real") {
		t.Errorf("a secret is shown: %v", err)
	}
}

// TestASecretCanBeGivenInFourWays tries every secret key of every vendor in each way.
func TestASecretCanBeGivenInFourWays(t *testing.T) {
	t.Parallel()
	for _, vendor := range testVendors() {
		for way, secret := range map[string]Secret{
			"plain": {Value: "not-a-real-secret"}, "env": {Env: "NAME"}, "file": {File: "/run/secret"},
			"cmd": {Cmd: []string{"pass", "show"}},
		} {
			if !secret.Given() || secret.Ways() != 1 {
				t.Errorf("given by %s, and not seen", way)
			}
			a := Account{Name: "a", Vendor: vendor.Vendor, Secrets: Secrets{}}
			for _, set := range vendor.Secrets {
				for _, key := range set {
					a.Secrets[key] = secret
				}
			}
			if errs := a.validate(0, map[string]bool{}, testVendors()); len(errs) > 0 {
				t.Errorf("%s by %s: %v", vendor.Vendor, way, errs)
			}
			for _, set := range vendor.Secrets {
				for _, key := range set {
					a.Secrets[key] = Secret{}
				}
			}
			if errs := a.validate(0, map[string]bool{}, testVendors()); len(errs) == 0 {
				t.Errorf("%s without a secret is accepted", vendor.Vendor)
			}
		}
	}
	if (Secret{}).Given() || (Secret{Env: "A", File: "b"}).Ways() != 2 {
		t.Error("ways are counted wrongly")
	}
}

func TestAKeyIsCheckedAgainstTheAccountsOwnVendorOnly(t *testing.T) {
	t.Parallel()
	vendors := append(Vendors{{Vendor: "acme", Secrets: [][]string{{"token"}}}}, testVendors()...)
	c := goodConfig()
	c.Accounts = append(c.Accounts, Account{Name: "fifth", Vendor: "acme", Secrets: Secrets{"token": {Env: "ACME"}}})
	if err := c.Validate(vendors); err != nil {
		t.Errorf("two vendors call their secret token: %v", err)
	}
	c.Accounts[4].Secrets["access_token"] = Secret{Env: "X"}
	c.Accounts[4].Secrets["nonsense"] = Secret{Env: "X"}
	if got := fieldsOf(c.Validate(vendors)); !slices.Equal(got,
		[]string{"account fifth.access_token", "account fifth.nonsense"}) {
		t.Errorf("got %v", got)
	}
}

func TestSendPulseTakesAPairOrAnAPIKey(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		secrets Secrets
		good    bool
	}{
		{Secrets{"client_id": {Value: "a"}, "client_secret": {Value: "b"}}, true},
		{Secrets{"api_key": {Env: "KEY"}}, true},
		{Secrets{"client_id": {Value: "a"}, "client_secret": {Value: "b"}, "api_key": {Value: "c"}}, true},
		{Secrets{"client_id": {Value: "a"}, "api_key": {Value: "c"}}, true},
		{Secrets{"client_id": {Value: "a"}}, false}, {Secrets{"client_secret": {Cmd: []string{"b"}}}, false},
		{nil, false},
	} {
		a := Account{Name: "shop", Vendor: SendPulse, Secrets: c.secrets}
		if errs := a.validate(0, map[string]bool{}, testVendors()); (len(errs) == 0) != c.good {
			t.Errorf("%+v: %v", c.secrets, errs)
		}
	}
}

func TestWhatTheConfigurationLeavesOutHasADefault(t *testing.T) {
	t.Parallel()
	var s SendConfig
	if s.HoldWindow() != 10*time.Second || s.repeatGuard() != 24*time.Hour {
		t.Errorf("got %s and %s", s.HoldWindow(), s.repeatGuard())
	}
	s = SendConfig{Hold: &Duration{}, RepeatWindow: &Duration{}}
	if s.HoldWindow() != 0 || s.repeatGuard() != 0 {
		t.Errorf("0 is not taken: %s and %s", s.HoldWindow(), s.repeatGuard())
	}
	s = SendConfig{Hold: &Duration{time.Minute}, RepeatWindow: &Duration{time.Hour}}
	if s.HoldWindow() != time.Minute || s.repeatGuard() != time.Hour {
		t.Errorf("got %s and %s", s.HoldWindow(), s.repeatGuard())
	}
}

func TestAZoneIsTheConfiguredOneOrTheDefault(t *testing.T) {
	t.Parallel()
	if got := (Config{TimeZone: "Europe/Minsk"}).Location().String(); got != "Europe/Minsk" {
		t.Errorf("got %s", got)
	}
	for _, zone := range []string{"", "Nowhere/Else"} {
		if got := (Config{TimeZone: zone}).Location(); got != time.Local {
			t.Errorf("%q: the operator sees %s", zone, got)
		}
		if got := (Account{TimeZone: zone}).Location(); got != time.UTC {
			t.Errorf("%q: the vendor's times are read in %s", zone, got)
		}
	}
	if got := (Account{TimeZone: "Europe/Kyiv"}).Location().String(); got != "Europe/Kyiv" {
		t.Errorf("got %s", got)
	}
}

func TestAnAccountWithoutSecretsKeepsTheRest(t *testing.T) {
	t.Parallel()
	a := Account{Name: "shop", Vendor: SendPulse, BaseURL: "https://example.com", Secrets: Secrets{
		"client_id": {Value: "not-a-real-id"}, "client_secret": {Value: "not-a-real-secret", Env: "NAME"},
		"api_key": {Value: "not-a-real-key"}}}
	shown := a.WithoutSecrets()
	if strings.Join(shown.SecretValues(), "") != "" || shown.Name != "shop" || shown.BaseURL != a.BaseURL ||
		shown.Secrets["client_secret"].Env != "NAME" {
		t.Errorf("got %+v", shown)
	}
	if a.Secret("client_secret") == "" || a.Secret("api_key") == "" || len(a.SecretValues()) != 3 {
		t.Error("the account itself lost its secrets")
	}
}
