// Package doctor examines what the program depends on: configuration, secrets, clock, cache,
// engine, terminal and accounts. It only reads, and no finding contains a secret.
package doctor

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"time"

	"viberdeck/model"
	"viberdeck/ui/cli/settings"
)

// Finding is one line of the report.
type Finding struct {
	About string
	OK    bool
	Words string
}

// Doctor is the context on which findings depend besides the examined objects.
type Doctor struct {
	Vendors model.Vendors
	Now     func() time.Time
	NoColor bool // by a flag
	Screen  bool // the output is seen on a terminal
}

// Cache is the cache to examine.
type Cache interface {
	Facts(ctx context.Context) (model.CacheFacts, error)
	Overview(ctx context.Context, operator string) (model.Overview, error)
}

// ConfigFile examines the configuration file.
func ConfigFile(path string, c model.Config) Finding {
	f := Finding{"configuration", true, fmt.Sprintf("%s (%s), %s", path, modeOf(path),
		model.Counted(len(c.Accounts), "account", "accounts"))}
	if len(c.Accounts) == 0 {
		f.OK, f.Words = false, path+" has no account; add one as [[account]], or look at: viberdeck demo"
	}
	return f
}

// Retention says how long personal data is kept.
func Retention(c model.Config) Finding {
	age := c.Retention.Duration
	if age == 0 {
		return Finding{"retention", true,
			`people, replies and the log are kept for ever; retention = "365d" would remove them after a year and keep the figures`}
	}
	return Finding{"retention", true,
		fmt.Sprintf("people of campaigns that are over, done replies and phones in the log are removed after %s; "+
			"figures and the blacklist stay", model.Counted(int(age/(24*time.Hour)), "day", "days"))}
}

// modeOf describes the mode of a file in words.
func modeOf(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return "mode unknown"
	}
	return fmt.Sprintf("mode %04o", info.Mode().Perm())
}

// Secrets reads the secrets and returns the accounts for which all secrets could be read.
func Secrets(ctx context.Context, read settings.Reader, accounts []model.Account) (found []Finding,
	readable []model.Account) {
	for _, a := range accounts {
		whole := true
		a.Secrets = maps.Clone(a.Secrets)
		for _, key := range a.Secrets.Keys() {
			s := a.Secrets[key]
			if !s.Given() {
				continue
			}
			f := Finding{"secret " + a.Name + "." + key, true, "from " + origin(s)}
			value, err := read.Secret(ctx, s)
			if err != nil {
				f.OK, f.Words, whole = false, "from "+origin(s)+": "+err.Error(), false
			}
			s.Value = value
			a.Secrets[key] = s
			found = append(found, f)
		}
		if whole {
			readable = append(readable, a)
		} else {
			found = append(found, Finding{about(a), false, "not asked, because a secret of it cannot be read"})
		}
	}
	return found, readable
}

// origin says where a secret came from, never its value.
func origin(s model.Secret) string {
	switch {
	case s.Env != "":
		return "the environment variable " + s.Env
	case s.File != "":
		return fmt.Sprintf("the file %s (%s)", s.File, modeOf(s.File))
	case len(s.Cmd) > 0:
		return "the command " + filepath.Base(s.Cmd[0])
	}
	return "the configuration file"
}

// Clock reports the time as the program sees it, and the zones in which the vendors' times
// are read.
func (d Doctor) Clock(c model.Config) []Finding {
	now, zone := d.Now(), "the system's zone"
	if c.TimeZone != "" {
		zone = c.TimeZone
	}
	found := []Finding{{"clock", true, fmt.Sprintf("%s, shown in %s as %s", now.UTC().Format(time.RFC3339), zone,
		now.In(c.Location()).Format("15:04 MST"))}}
	for _, a := range c.Accounts {
		caps, _ := d.Vendors.Capabilities(a.Vendor)
		switch {
		case cmp.Or(a.TimeZone, caps.Zone) != "":
			found = append(found, Finding{"time zone " + a.Name, true,
				fmt.Sprintf("times without a zone are of %s, where it is %s", caps.Location(a),
					now.In(caps.Location(a)).Format("15:04"))})
		case caps.ZoneToSchedule:
			found = append(found, Finding{"time zone " + a.Name, true,
				"none is named: times without a zone are taken for UTC, and nothing can be scheduled; set time_zone " +
					"of the account"})
		}
	}
	return found
}

// File reports the location and state of the cache. Others on the host must not be able to read it:
// it contains phones and replies.
func File(ctx context.Context, cache Cache) Finding {
	facts, err := cache.Facts(ctx)
	if err != nil {
		return Finding{"cache", false, err.Error()}
	}
	words := fmt.Sprintf("%s, %s, schema %d, %s", facts.Path, size(facts.Bytes), facts.Schema, modeOf(facts.Path))
	if facts.FileSystem != "" {
		words += ", on " + facts.FileSystem
	}
	if facts.Space.Known {
		words += fmt.Sprintf(", %s free", size(facts.Space.Free))
	}
	if facts.FileSystem == "tmpfs" || facts.FileSystem == "ramfs" {
		words += ", which is lost when the host restarts"
	}
	info, err := os.Stat(facts.Path)
	var problems []error
	if facts.Unwritable != nil {
		problems = append(problems, facts.Unwritable)
	}
	if facts.Space.Low {
		problems = append(problems, errors.New("its disk is nearly full: nothing is sent until there is room again"))
	}
	if err == nil && info.Mode().Perm()&0o007 != 0 {
		problems = append(problems, fmt.Errorf("everybody on this host may read the people in it; run: chmod o= %s",
			facts.Path))
	}
	if err := errors.Join(problems...); err != nil {
		return Finding{"cache", false, words + ": " + model.SanitiseLine(err.Error())}
	}
	return Finding{"cache", true, words + ", writable"}
}

// Engine reports whether messages may leave from the cache and which process sends them.
func (d Doctor) Engine(ctx context.Context, cache Cache) []Finding {
	o, err := cache.Overview(ctx, "")
	if err != nil {
		return []Finding{{"engine", false, err.Error()}}
	}
	var found []Finding
	if !o.Standing.MaySend() {
		found = append(found, Finding{"cache file", false, o.Standing.Text().String()})
	}
	for _, a := range o.Alarms {
		found = append(found, Finding{a.Name, false, a.Text.String()})
	}
	e := Finding{"engine", !o.Engine.Blocks(), o.Engine.Describe(d.Now()).String()}
	return append(found, e)
}

// size formats a number of bytes for a person.
func size(bytes int64) string {
	if bytes < 1<<20 {
		return fmt.Sprintf("%d KiB", (bytes+1023)>>10)
	}
	return fmt.Sprintf("%.1f MiB", float64(bytes)/(1<<20))
}
