package settings

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"viberdeck/model"
)

const exampleConfig = "../../../config.example.toml"

func readExample(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile(exampleConfig)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// testReader reads in an environment with the given variables.
func testReader(env ...string) Reader { return Reader{env, testVendors()} }

// testVendors is what the command line gets about the vendors.
func testVendors() model.Vendors {
	return model.Vendors{
		{Vendor: model.Wooxy, Secrets: [][]string{{"access_token"}}, Settings: []model.Setting{{Key: "contact_list"},
			{Key: "inferred", Kind: model.SettingFlag}}},
		{Vendor: model.SMSBy, Secrets: [][]string{{"token"}}, Settings: []model.Setting{
			{Key: "token_in_query", Kind: model.SettingFlag}}},
		{Vendor: model.Routee, Secrets: [][]string{{"application_id", "application_secret"}},
			Settings: []model.Setting{{Key: "auth_url", Kind: model.SettingAddress}, {Key: "video_field"},
				{Key: "blacklist_body"}}},
		{Vendor: model.SendPulse, Secrets: [][]string{{"client_id", "client_secret"}, {"api_key"}}},
	}
}

func TestTheExampleConfigurationIsValid(t *testing.T) {
	t.Parallel()
	c, err := Parse(readExample(t), testVendors())
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Accounts) != 2 {
		t.Errorf("%d accounts, the example shows 2 without uncommenting anything", len(c.Accounts))
	}
}

func TestTheExampleConfigurationIsValidWithEverythingUncommented(t *testing.T) {
	t.Parallel()
	option := regexp.MustCompile(`(?m)^# (\[\[?[a-z._]+\]\]?|[a-z_]+ = )`)
	var lines []string
	for line := range strings.Lines(readExample(t)) {
		if option.MatchString(line) {
			line = strings.TrimPrefix(line, "# ")
			if regexp.MustCompile(`^[a-z_]+ = (""|\[\])`).MatchString(line) {
				continue // an empty secret next to a given one has no effect
			}
		}
		lines = append(lines, line)
	}
	c, err := Parse(strings.Join(lines, ""), testVendors())
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Accounts) != 4 {
		t.Errorf("%d accounts, want one for each vendor", len(c.Accounts))
	}
}

func TestTheExampleConfigurationShowsEveryOption(t *testing.T) {
	t.Parallel()
	example := readExample(t)
	var missing []string
	var walk func(reflect.Type)
	walk = func(typ reflect.Type) {
		for f := range typ.Fields() {
			key := f.Tag.Get("toml")
			if key == "-" {
				continue // secrets have keys of their own, and no file says what is the program's
			}
			inner := f.Type
			for inner.Kind() == reflect.Slice || inner.Kind() == reflect.Pointer {
				inner = inner.Elem()
			}
			if inner.Kind() == reflect.Struct && inner != reflect.TypeFor[model.Duration]() {
				if !regexp.MustCompile(`(?m)^(# )?\[\[?([a-z]+\.)?` + key + `\]`).MatchString(example) {
					missing = append(missing, "["+key+"]")
				}
				walk(inner)
				continue
			}
			if !regexp.MustCompile(`(?m)^(# )?` + key + ` = `).MatchString(example) {
				missing = append(missing, key)
			}
		}
	}
	walk(reflect.TypeFor[model.Config]())
	for _, v := range testVendors() {
		for _, key := range slices.Concat(v.Secrets...) {
			for _, way := range secretWays() {
				if !regexp.MustCompile(`(?m)^(# )?` + key + way + ` = `).MatchString(example) {
					missing = append(missing, key+way)
				}
			}
		}
	}
	if len(missing) > 0 {
		t.Errorf("config.example.toml does not show %s", strings.Join(missing, ", "))
	}
}

func TestAnUnknownKeyIsAnErrorWithItsLine(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"at the top", "time_zone = \"UTC\"\nfoo = 1\n", `line 2: unknown key "foo"`},
		{"in a table", "[send]\nhold = \"1s\"\nhodl = \"2s\"\n", `line 3: unknown key "send.hodl"`},
		{"in an account", "[[account]]\nname = \"a\"\nvendor = \"smsby\"\ntoken = \"tok\"\nnme = \"x\"\n",
			`line 5: unknown key "account.nme"`},
		{"of no vendor", "[[account]]\nname = \"a\"\nvendor = \"smsby\"\ntoken = \"tok\"\n[[account]]\nname = " +
			"\"b\"\nvendor = \"wooxy\"\naccess_token_evn = \"X\"\n",
			`line 8: unknown key "account.access_token_evn"`},
		{"of another vendor", "[[account]]\nname = \"a\"\nvendor = \"smsby\"\ntoken = \"tok\"\napi_key_env = \"X\"\n",
			"account a.api_key: it belongs to accounts of sendpulse"},
		{"a secret that is a number", "[[account]]\nname = \"a\"\nvendor = \"smsby\"\ntoken = 4711\n",
			"line 4: token: it must be a text in quotes"},
		{"a command that is a text", "[[account]]\nname = \"a\"\nvendor = \"smsby\"\ntoken_cmd = \"pass show\"\n",
			"line 4: token_cmd: it must be an array of texts"},
		{"below a secret", "[[account]]\nname = \"a\"\nvendor = \"smsby\"\n[account.token]\nx = 1\n",
			`"account.token.x"`},
		{"a table", "[sends]\nhold = \"1s\"\n", `line 1: unknown key "sends"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := Parse(tt.text, testVendors())
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

func TestAnUnreadableConfigurationNamesTheLineAndNeverItsText(t *testing.T) {
	t.Parallel()
	_, err := Parse("[[account]]\nname = \"a\"\ntoken = \"sekrit-0000\" oops\n", testVendors())
	if err == nil || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("got %v, want an error that names line 3", err)
	}
	if err != nil && strings.Contains(err.Error(), "sekrit") {
		t.Errorf("the error shows the secret: %v", err)
	}
}

// write puts a file into a fresh folder.
func write(t *testing.T, text string, mode os.FileMode) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAConfigurationOthersCanReadIsRefusedWhenItHoldsASecret(t *testing.T) {
	t.Parallel()
	const account = "[[account]]\nname = \"a\"\nvendor = \"smsby\"\n"
	for _, tt := range []struct {
		name, text string
		mode       os.FileMode
		refused    bool
	}{
		{"secret, readable by all", account + "token = \"fictitious-0000\"\n", 0o644, true},
		{"secret, readable by the group", account + "token = \"fictitious-0000\"\n", 0o640, true},
		{"secret, private", account + "token = \"fictitious-0000\"\n", 0o600, false},
		{"no secret, readable by all", account + "token_env = \"NAME\"\n", 0o644, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := testReader().Read(context.Background(), write(t, tt.text, tt.mode), NoSecrets)
			if (err != nil) != tt.refused {
				t.Fatalf("got %v, refused should be %v", err, tt.refused)
			}
			if err != nil && (!wrong(err) || strings.Contains(err.Error(), "fictitious-0000")) {
				t.Errorf("the refusal is %T %v", err, err)
			}
		})
	}
}

func TestASecretComesFromFileEnvironmentOrCommand(t *testing.T) {
	const want = "fictitious-0000"
	t.Parallel()
	for _, tt := range []struct{ name, line string }{
		{"plain", `token = "` + want + `"`},
		{"environment", `token_env = "VIBERDECK_TEST_TOKEN"`},
		{"file", `token_file = "` + write(t, want+"\n", 0o600) + `"`},
		{"command", `token_cmd = ["printf", "` + want + `\nsecond line"]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := testReader("VIBERDECK_TEST_TOKEN="+want).Read(t.Context(),
				write(t, "[[account]]\nname = \"a\"\nvendor = \"smsby\"\n"+tt.line+"\n",
					0o600), AllSecrets)
			if err != nil {
				t.Fatal(err)
			}
			if c.Accounts[0].Secret("token") != want {
				t.Errorf("token %q", c.Accounts[0].Secret("token"))
			}
		})
	}
}

func TestASecretThatCannotBeReadNamesItsKey(t *testing.T) {
	for _, tt := range []struct{ name, line, want string }{
		{"unset variable", `token_env = "VIBERDECK_TEST_UNSET"`, "VIBERDECK_TEST_UNSET is not set"},
		{"missing file", `token_file = "/nowhere/at/all"`, "cannot read it"},
		{"open file", `token_file = "` + write(t, "x", 0o644) + `"`, "can be read by others (mode 0644)"},
		{"failing command", `token_cmd = ["false"]`, "failed"},
		{"empty command", `token_cmd = ["true"]`, "it is empty"},
		{"two ways", "token = \"fictitious\"\ntoken_env = \"X\"", "2 ways"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := testReader().Read(t.Context(),
				write(t, "[[account]]\nname = \"a\"\nvendor = \"smsby\"\n"+tt.line+"\n",
					0o600), AllSecrets)
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "token") ||
				!wrong(err) {
				t.Errorf("got %T %v, want %q and the key", err, err, tt.want)
			}
		})
	}
}

func TestWithoutAConfigurationTheProgramSaysWhereItLookedAndWhatToDo(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "none.toml")
	_, err := testReader().Read(t.Context(), path, NoSecrets)
	if !wrong(err) {
		t.Errorf("it is a %T", err)
	}
	for _, want := range []string{path, "viberdeck config init", "viberdeck demo", "XDG_CONFIG_HOME"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not name %s", err, want)
		}
	}
	if _, ok := errors.AsType[NoFileError](err); !ok {
		t.Error("the error is not recognised as a missing configuration")
	}
}

// wrong reports whether the error means that the configuration is wrong.
func wrong(err error) bool {
	_, ok := errors.AsType[Error](err)
	return ok
}

func FuzzParseConfig(f *testing.F) {
	f.Add("[[account]]\nname = \"a\"\nvendor = \"smsby\"\ntoken = \"t\"\n")
	f.Add("[send]\nhold = \"10s\"\nfoo = 1\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Parse(text, testVendors())
		if err == nil && c.Validate(testVendors()) != nil {
			t.Error("a configuration that was accepted is not valid")
		}
	})
}

func TestAFaultyViewIsNamedByItsLine(t *testing.T) {
	t.Parallel()
	_, err := Parse("[[view]]\nname = \"A\"\nlist = \"log\"\n\n[[view]]\nname = \"a\"\nlist = "+
		"\"logs\"\nfilter = \"x:1\"\n\n[send]\ncanary = -1\n", testVendors())
	for _, want := range []string{"line 6: view[1].name: ", "line 7: view[1].list: ", "line 8: view[1].filter: ",
		"line 11: send.canary: "} {
		if err == nil || !strings.Contains("\n"+err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}
