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
			{Name: "minsk", Vendor: SMSBy, TokenEnv: "SMSBY_TOKEN", TimeZone: "Europe/Minsk",
				BaseURL: "http://127.0.0.1:8080/smsby"},
			{Name: "shop-ua", Vendor: SendPulse, ClientID: "not-a-real-id", ClientSecretFile: "/run/secrets/pulse"},
			{Name: "promo.gr", Vendor: Routee, ApplicationIDCmd: []string{"pass", "routee"},
				ApplicationSecretEnv: "ROUTEE",
				Senders:              []ConfigSender{{ID: "444", Name: "Shop"}}},
			{Name: "loyalty_1", Vendor: Wooxy, AccessTokenFile: "/run/secrets/wooxy",
				Templates: []ConfigTemplate{{ID: "7"}}},
		},
	}
}

func TestAGoodConfigurationPassesAndSoDoesAnEmptyOne(t *testing.T) {
	t.Parallel()
	c := goodConfig()
	if err := c.Validate(); err != nil {
		t.Error(err)
	}
	if err := new(Config).Validate(); err != nil {
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
		{"staff_phones[1]", "no phone", func(c *Config) { c.StaffPhones = append(c.StaffPhones, "12") }},
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
		{"account minsk.vendor", "no vendor", func(c *Config) { c.Accounts[0].Vendor = "" }},
		{"account minsk.time_zone", "Europe/Minsk", func(c *Config) { c.Accounts[0].TimeZone = "+03:00" }},
		{"account minsk.base_url", "web address", func(c *Config) { c.Accounts[0].BaseURL = "app.sms.by" }},
		{"account minsk.base_url", "password", func(c *Config) { c.Accounts[0].BaseURL = "https://a:b@example.com" }},
		{"account promo.gr.auth_url", "web address", func(c *Config) { c.Accounts[2].AuthURL = "file:///x" }},
		{"account minsk.per_second", "0 or more", func(c *Config) { c.Accounts[0].PerSecond = -1 }},
		{"account minsk.per_second", "0 or more", func(c *Config) { c.Accounts[0].PerSecond = math.NaN() }},
		{"account minsk.per_second", "0 or more", func(c *Config) { c.Accounts[0].PerSecond = math.Inf(1) }},
		{"account minsk.token", "token_env", func(c *Config) { c.Accounts[0].TokenEnv = "" }},
		{"account shop-ua.client_id", "or api_key", func(c *Config) { c.Accounts[1].ClientID = "" }},
		{"account shop-ua.client_id", "or api_key", func(c *Config) { c.Accounts[1].ClientSecretFile = "" }},
		{"account promo.gr.application_id", "application_id_cmd",
			func(c *Config) { c.Accounts[2].ApplicationIDCmd = nil }},
		{"account promo.gr.application_secret", "application_secret_file",
			func(c *Config) { c.Accounts[2].ApplicationSecretEnv = "" }},
		{"account minsk.api_key", "belongs to accounts of sendpulse",
			func(c *Config) { c.Accounts[0].APIKeyEnv = "KEY" }},
		{"account shop-ua.token", "belongs to accounts of smsby",
			func(c *Config) { c.Accounts[1].Token = "not-a-real-token" }},
		{"account promo.gr.sender[0].id", "missing", func(c *Config) { c.Accounts[2].Senders[0].ID = "" }},
		{"account loyalty_1.access_token", "access_token_env", func(c *Config) { c.Accounts[3].AccessTokenFile = "" }},
		{"account loyalty_1.template[0].id", "missing", func(c *Config) { c.Accounts[3].Templates[0].ID = "" }},
	} {
		config := goodConfig()
		c.spoil(&config)
		expectField(t, c.key, config.Validate(), c.key, c.says)
	}
}

func TestAllConfigurationErrorsAreToldAtOnceAndNoneShowsASecret(t *testing.T) {
	t.Parallel()
	c := goodConfig()
	c.TimeZone, c.Send.Canary = "x", -1
	c.Accounts[0].Token, c.Accounts[0].BaseURL = "not-a-real-token", "https://u:not-a-real-password@"
	c.Accounts[2] = Account{Name: "promo.gr", Vendor: Routee}
	err := c.Validate()
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
	full := func(vendor Vendor, way string) Account {
		var value, env, file string
		var cmd []string
		switch way {
		case "plain":
			value = "not-a-real-secret"
		case "env":
			env = "NAME"
		case "file":
			file = "/run/secret"
		case "cmd":
			cmd = []string{"pass", "show"}
		}
		a := Account{Name: "a", Vendor: vendor}
		switch vendor {
		case SMSBy:
			a.Token, a.TokenEnv, a.TokenFile, a.TokenCmd = value, env, file, cmd
		case Routee:
			a.ApplicationID, a.ApplicationIDEnv, a.ApplicationIDFile, a.ApplicationIDCmd = value, env, file, cmd
			a.ApplicationSecret, a.ApplicationSecretEnv, a.ApplicationSecretFile, a.ApplicationSecretCmd = value, env,
				file, cmd
		case SendPulse:
			a.ClientID, a.ClientIDEnv, a.ClientIDFile, a.ClientIDCmd = value, env, file, cmd
			a.ClientSecret, a.ClientSecretEnv, a.ClientSecretFile, a.ClientSecretCmd = value, env, file, cmd
			a.APIKey, a.APIKeyEnv, a.APIKeyFile, a.APIKeyCmd = value, env, file, cmd
		case Wooxy:
			a.AccessToken, a.AccessTokenEnv, a.AccessTokenFile, a.AccessTokenCmd = value, env, file, cmd
		}
		return a
	}
	for vendor, keys := range map[Vendor]string{
		SMSBy: "token", Routee: "application_id application_secret", SendPulse: "client_id client_secret api_key",
		Wooxy: "access_token",
	} {
		for _, way := range []string{"plain", "env", "file", "cmd"} {
			a := full(vendor, way)
			if errs := a.validate(0, map[string]bool{}); len(errs) > 0 {
				t.Errorf("%s by %s: %v", vendor, way, errs)
			}
			var got []string
			for _, s := range a.Secrets() {
				got = append(got, s.Key)
				if !s.Given() {
					t.Errorf("%s: %s by %s is not seen", vendor, s.Key, way)
				}
			}
			if strings.Join(got, " ") != keys {
				t.Errorf("%s has the secrets %v", vendor, got)
			}
		}
		a := Account{Vendor: vendor}
		for _, s := range a.Secrets() {
			if s.Given() {
				t.Errorf("%s: %s is given by an empty account", vendor, s.Key)
			}
			*s.Value = "filled " + s.Key
		}
		for _, s := range a.Secrets() {
			if *s.Value != "filled "+s.Key {
				t.Errorf("%s: the value of %s is written elsewhere", vendor, s.Key)
			}
		}
	}
	if got := (&Account{Vendor: "other"}).Secrets(); got != nil {
		t.Errorf("an unknown vendor has the secrets %v", got)
	}
}

func TestSendPulseTakesAPairOrAnAPIKey(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		account Account
		good    bool
	}{
		{Account{ClientID: "a", ClientSecret: "b"}, true}, {Account{APIKeyEnv: "KEY"}, true},
		{Account{ClientID: "a", ClientSecret: "b", APIKey: "c"}, true}, {Account{ClientID: "a", APIKey: "c"}, true},
		{Account{ClientID: "a"}, false}, {Account{ClientSecretCmd: []string{"b"}}, false}, {Account{}, false},
	} {
		c.account.Name, c.account.Vendor = "shop", SendPulse
		if errs := c.account.validate(0, map[string]bool{}); (len(errs) == 0) != c.good {
			t.Errorf("%+v: %v", c.account, errs)
		}
	}
}

func TestWhatTheConfigurationLeavesOutHasADefault(t *testing.T) {
	t.Parallel()
	var s SendConfig
	if s.HoldWindow() != 10*time.Second || s.RepeatGuard() != 24*time.Hour {
		t.Errorf("got %s and %s", s.HoldWindow(), s.RepeatGuard())
	}
	s = SendConfig{Hold: &Duration{}, RepeatWindow: &Duration{}}
	if s.HoldWindow() != 0 || s.RepeatGuard() != 0 {
		t.Errorf("0 is not taken: %s and %s", s.HoldWindow(), s.RepeatGuard())
	}
	s = SendConfig{Hold: &Duration{time.Minute}, RepeatWindow: &Duration{time.Hour}}
	if s.HoldWindow() != time.Minute || s.RepeatGuard() != time.Hour {
		t.Errorf("got %s and %s", s.HoldWindow(), s.RepeatGuard())
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
	a := Account{Name: "shop", Vendor: SendPulse, ClientID: "not-a-real-id", ClientSecret: "not-a-real-secret",
		APIKey: "not-a-real-key", BaseURL: "https://example.com"}
	shown := a.WithoutSecrets()
	if shown.ClientID != "" || shown.ClientSecret != "" || shown.APIKey != "" || shown.Name != "shop" ||
		shown.BaseURL != a.BaseURL {
		t.Errorf("got %+v", shown)
	}
	if a.ClientSecret == "" || a.APIKey == "" {
		t.Error("the account itself lost its secrets")
	}
}
