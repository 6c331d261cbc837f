package programtest_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"viberdeck/model"
	"viberdeck/vendors/all"
	"viberdeck/vendors/sim"
)

// breach is a campaign that breaks one documented limit: lines of the campaign file in addition to
// or instead of those of a valid one.
type breach struct {
	Breaks string
	Field  string // which the error names
	With   []string
}

// rules are what a vendor's folder says of campaigns: one that its simulation takes, lines without
// name and people, and those that its documents forbid.
type rules struct {
	Good []string
	Rule []breach
}

func rulesOf(t testing.TB, v model.Vendor) rules {
	t.Helper()
	var file rules
	meta, err := toml.DecodeFile(filepath.Join("vendors", string(v), "testdata", "rules.toml"), &file)
	if err != nil || len(meta.Undecoded()) > 0 {
		t.Fatalf("the rules of %s: %v %v", v, err, meta.Undecoded())
	}
	return file
}

// letters is how the files of rules write a long text: <1000> stands for as many letters.
var letters = regexp.MustCompile(`<(\d+)>`)

// campaignWith reads lines of a campaign file: TOML values by field.
func campaignWith(t testing.TB, lines []string) map[string]string {
	t.Helper()
	values := map[string]string{}
	for _, line := range lines {
		field, value, ok := strings.Cut(line, " = ")
		if !ok {
			t.Fatalf("%q is not a line of a campaign file", line)
		}
		values[field] = letters.ReplaceAllStringFunc(value, func(s string) string {
			n, _ := strconv.Atoi(strings.Trim(s, "<>")) // digits only
			return strings.Repeat("a", n)
		})
	}
	return values
}

// Each campaign breaks one documented limit. The program ends with code 2, names the field, and
// asks the vendor nothing at all.
func TestABrokenLimitIsReportedBeforeAnythingLeaves(t *testing.T) {
	t.Parallel()
	for _, vendor := range all.Vendors() {
		t.Run(string(vendor.Vendor), func(t *testing.T) {
			t.Parallel()
			rules := rulesOf(t, vendor.Vendor)
			right := func() map[string]string {
				return campaignWith(t, append(rules.Good, `name = "Autumn sale"`, `phones = ["+375291000001"]`))
			}
			b := newBench(t, sim.Options{Vendors: sim.AllVendors()})
			b.must(0, "send", b.tomlFile(right()), "--dry-run", "--json")
			for _, breach := range rules.Rule {
				before := len(b.world.Requests())
				file := right()
				maps.Copy(file, campaignWith(t, breach.With))
				r := b.run("send", b.tomlFile(file), "--confirm", "1", "--hold", "0")
				if r.code != 2 || !strings.Contains(r.err, ": "+breach.Field+": ") &&
					!strings.Contains(r.err, strconv.Quote(breach.Field)) {
					t.Errorf("%s: exit %d without %q:\n%s", breach.Breaks, r.code, breach.Field, r.err)
				}
				if asked := b.world.Requests()[before:]; len(asked) > 0 {
					t.Errorf("%s: the vendor was asked %v", breach.Breaks, asked)
				}
			}
			if sends := b.world.Ledger().Sends; len(sends) > 0 {
				t.Errorf("%d messages left", len(sends))
			}
		})
	}
}

// tomlFile writes a campaign file.
func (b *bench) tomlFile(values map[string]string) string {
	var text strings.Builder
	for _, key := range slices.Sorted(maps.Keys(values)) {
		fmt.Fprintf(&text, "%s = %s\n", key, values[key])
	}
	return b.write("campaign.toml", text.String())
}
