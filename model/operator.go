package model

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// Role says what a person may intend. Each role includes those before it.
type Role string

// The roles, the least powerful first.
const (
	RoleViewer   Role = "viewer"
	RoleTriage   Role = "triage"
	RoleSender   Role = "sender"
	RoleApprover Role = "approver"
	RoleAdmin    Role = "admin"
)

// Roles lists the roles, the least powerful first.
func Roles() []Role { return []Role{RoleViewer, RoleTriage, RoleSender, RoleApprover, RoleAdmin} }

// Covers reports whether a person with the role may do what requires the other one. An unknown role
// covers nothing, and nothing covers an unknown one.
func (r Role) Covers(least Role) bool {
	has, wants := slices.Index(Roles(), r), slices.Index(Roles(), least)
	return has >= 0 && wants >= 0 && has >= wants
}

// Intent is what a person intends to do, as far as roles distinguish it.
type Intent string

// The intents.
const (
	IntentKeep    Intent = "keep"    // one's own settings, drafts and presence
	IntentTriage  Intent = "triage"  // states, labels, notes and claims of replies
	IntentBlock   Intent = "block"   // put people on the blacklist, accept their opt-outs
	IntentUnblock Intent = "unblock" // take people off the blacklist
	IntentStop    Intent = "stop"    // pause a campaign, recall it, pull the brake
	IntentSend    Intent = "send"    // send campaigns and answers, resume, archive, decide about batches
	IntentRelease Intent = "release" // release the brake
	IntentApprove Intent = "approve" // let a colleague's campaign leave
	IntentHouse   Intent = "house"   // adopt a cache, decide about callbacks, renew addresses
)

// Least returns the least role that may intend it. An intent without a row here requires a role
// that nobody has.
func (i Intent) Least() Role {
	switch i {
	case IntentKeep:
		return RoleViewer
	case IntentTriage, IntentBlock, IntentStop:
		return RoleTriage
	case IntentSend:
		return RoleSender
	case IntentApprove, IntentUnblock, IntentRelease:
		return RoleApprover
	case IntentHouse:
		return RoleAdmin
	}
	return ""
}

// Operator is a person whom the server identifies by a key.
type Operator struct {
	Name     string   `toml:"name"`
	Keys     []string `toml:"keys"`      // public keys, as in authorized_keys
	KeysFile string   `toml:"keys_file"` // an authorized_keys file with more of them
	User     string   `toml:"user"`      // a user of the host, for viberdeck attach
	Role     Role     `toml:"role"`
	Accounts []string `toml:"accounts"`  // those whose campaigns and replies the person may act on; none: all
	DailyCap int64    `toml:"daily_cap"` // people the person may write to in 24 hours; 0: no cap
}

// May returns nil if the person may intend it, and otherwise a KindDenied error that says who may.
func (o Operator) May(i Intent) error {
	if o.Role.Covers(i.Least()) {
		return nil
	}
	return denied(Say("your role is %s; this wants the role %s or more: ask an administrator", string(o.Role),
		string(i.Least())))
}

// MayIn is May within an account, "" for all accounts.
func (o Operator) MayIn(i Intent, account string) error {
	if err := o.May(i); err != nil || len(o.Accounts) == 0 || slices.Contains(o.Accounts, account) {
		return err
	}
	if account == "" {
		return denied(Say("this is about all accounts, and yours are %s: ask an administrator",
			strings.Join(o.Accounts, ", ")))
	}
	return denied(Say("%s is not among your accounts (%s): ask an administrator", account,
		strings.Join(o.Accounts, ", ")))
}

func denied(why Text) error { return &Error{Kind: KindDenied, Fate: FateNotSent, Text: why} }

// keyTypes are the accepted kinds of public keys.
func keyTypes() []string {
	return []string{"ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa",
		"sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com"}
}

// keyFingerprint returns the fingerprint of a public key in authorized_keys format, without
// options, as ssh-keygen -l shows it.
func keyFingerprint(line string) (string, error) {
	words := strings.Fields(line)
	if len(words) < 2 || !slices.Contains(keyTypes(), words[0]) {
		return "", Invalid("keys", "%q is not a public key; write a line like ssh-ed25519 AAAA… name", firstOf(line))
	}
	blob, err := base64.StdEncoding.DecodeString(words[1])
	if err != nil || firstField(blob) != words[0] {
		return "", Invalid("keys", "the key %q is damaged; copy the whole line of the .pub file", firstOf(line))
	}
	sum := sha256.Sum256(blob)
	return "SHA256:" + base64.RawStdEncoding.EncodeToString(sum[:]), nil
}

// firstField returns the first field of a key, whose fields are each preceded by their length. It
// is "" if the key does not end where its last field does.
func firstField(blob []byte) string {
	first := ""
	for rest := blob; len(rest) > 0; {
		if len(rest) < 4 || uint64(binary.BigEndian.Uint32(rest)) > uint64(len(rest)-4) {
			return ""
		}
		end := 4 + int(binary.BigEndian.Uint32(rest))
		if first == "" {
			first = string(rest[4:end])
		}
		rest = rest[end:]
	}
	return first
}

// firstOf returns the beginning of a line, to quote it in a sentence.
func firstOf(line string) string {
	letters := []rune(line)
	return string(letters[:min(len(letters), 24)])
}

// ByKey finds an operator by a key's fingerprint.
func (c Config) ByKey(fingerprint string) (Operator, bool) {
	for _, o := range c.Operators {
		for _, k := range o.Keys {
			if f, err := keyFingerprint(k); err == nil && f == fingerprint {
				return o, true
			}
		}
	}
	return Operator{}, false
}

// ByUser finds an operator by a user of the host.
func (c Config) ByUser(user string) (Operator, bool) {
	for _, o := range c.Operators {
		if o.User != "" && o.User == user {
			return o, true
		}
	}
	return Operator{}, false
}

// validateOperators reports what is wrong with the people in the configuration. A key belongs to
// one person: otherwise it would be unclear who approved.
func (c *Config) validateOperators() []error {
	var errs []error
	names, keys, users := map[string]bool{}, map[string]string{}, map[string]string{}
	for n, o := range c.Operators {
		add := func(key, format string, args ...any) {
			errs = append(errs, Invalid(fmt.Sprintf("operator[%d].%s", n, key), format, args...))
		}
		if o.Name == "" || OperatorName(o.Name) != o.Name {
			add("name", "%q is not a name; write it in at most 64 letters and digits on one line", o.Name)
		}
		if names[o.Name] {
			add("name", "%s is there twice; give each person a name of their own", o.Name)
		}
		names[o.Name] = true
		if !slices.Contains(Roles(), o.Role) {
			add("role", "%q is not a role; write viewer, triage, sender, approver or admin", string(o.Role))
		}
		if len(o.Keys) == 0 && o.KeysFile == "" && o.User == "" {
			add("keys", "%s has no key and could never log in; write keys or keys_file", o.Name)
		}
		if whose, ok := users[o.User]; ok && o.User != "" {
			add("user", "the user %s belongs to %s already; each user is one person's", o.User, whose)
		}
		users[o.User] = o.Name
		if o.KeysFile != "" && !filepath.IsAbs(o.KeysFile) {
			add("keys_file", "%q does not begin with /; write the whole path", o.KeysFile)
		}
		if o.DailyCap < 0 {
			add("daily_cap", "%d is below 0; 0 switches it off", o.DailyCap)
		}
		for _, a := range o.Accounts {
			if !slices.ContainsFunc(c.Accounts, func(known Account) bool { return known.Name == a }) {
				add("accounts", "there is no account %q", a)
			}
		}
		for _, k := range o.Keys {
			fingerprint, err := keyFingerprint(k)
			if err != nil {
				add("keys", "%s", TextOf(err))
				continue
			}
			if whose, ok := keys[fingerprint]; ok {
				add("keys", "the key %s belongs to %s already; each key is one person's", fingerprint, whose)
			}
			keys[fingerprint] = o.Name
		}
	}
	return errs
}

// ReadKeys adds the keys of the operators' keys files: text gives a file's content. It checks
// everything again, since a key there may be another person's.
func (c *Config) ReadKeys(text func(path string) (string, error)) error {
	for i := range c.Operators {
		o := &c.Operators[i]
		if o.KeysFile == "" {
			continue
		}
		all, err := text(o.KeysFile)
		if err != nil {
			return err
		}
		for line := range strings.Lines(all) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
				o.Keys = append(o.Keys, line)
			}
		}
	}
	if errs := c.validateOperators(); len(errs) > 0 {
		return errs[0]
	}
	return nil
}
