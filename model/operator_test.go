package model

import (
	"strings"
	"testing"
)

const annasKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl anna@laptop"

func TestAPublicKeyIsTakenWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	if f, err := keyFingerprint(annasKey); err != nil || !strings.HasPrefix(f, "SHA256:") {
		t.Errorf("%q, %v", f, err)
	}
	for _, line := range []string{"", "ssh-ed25519", "anna", annasKey[:40], `command="sh" ` + annasKey,
		"ssh-dss " + strings.Fields(annasKey)[1], "ssh-rsa " + strings.Fields(annasKey)[1]} {
		if f, err := keyFingerprint(line); err == nil {
			t.Errorf("%q was taken as %s", line, f)
		}
	}
}

func TestPeopleWhoCannotBeDistinguishedAreRefused(t *testing.T) {
	t.Parallel()
	anna := Operator{Name: "anna", Role: RoleSender, Keys: []string{annasKey}}
	for what, change := range map[string]func(c *Config){
		"serve.sessions":       func(c *Config) { c.Serve.Sessions = -1 },
		"serve.listen":         func(c *Config) { c.Serve.Listen = "2222" },
		"serve.socket":         func(c *Config) { c.Serve.Socket = "run/s" },
		"serve.metrics":        func(c *Config) { c.Serve.Metrics = "9091" },
		"operator[0].name":     func(c *Config) { c.Operators[0].Name = " anna" },
		"operator[0].role":     func(c *Config) { c.Operators[0].Role = "owner" },
		"operator[0].accounts": func(c *Config) { c.Operators[0].Accounts = []string{"nowhere"} },
		"operator[0].keys":     func(c *Config) { c.Operators[0].Keys = nil },
		"operator[1].keys": func(c *Config) {
			c.Operators = append(c.Operators, Operator{Name: "boris", Role: RoleApprover, Keys: []string{annasKey}})
		},
	} {
		c := Config{Operators: []Operator{anna}}
		change(&c)
		if err := c.Validate(nil); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
	c := Config{Operators: []Operator{anna}}
	if err := c.Validate(nil); err != nil {
		t.Error(err)
	}
}
