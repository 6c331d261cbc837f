package programtest_test

import (
	"strings"
	"testing"

	"viberdeck/vendors/sim"
)

func TestTheDashboardStartsAlthoughTheSecretOfOneAccountIsMissing(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Seed: 3})
	b.must(0, "sync")
	b.reconfigure(`token = "`+b.world.Credentials().SMSByToken+`"`, `token_env = "FICTITIOUS_TOKEN"`)
	if r := b.run("attention"); strings.Contains(r.out, "FICTITIOUS_TOKEN") {
		t.Errorf("minsk answered last, and attention says %s", r.out) // its engine may have the secret
	}
	s := b.open(120, 30)
	s.shows("NO SECRET minsk")
	s.until("the replies of the cache", func(string) bool { return s.selected() != "" })
	s.press("!")
	s.shows("minsk is read-only here")
	if r := b.run("attention"); r.code != 1 || !strings.Contains(r.out, "FICTITIOUS_TOKEN is not set") {
		t.Errorf("attention ended with %d: %s%s", r.code, r.out, r.err)
	}
	s.press("\x1b")
	s.until("list without a dialog", func(screen string) bool { return !strings.Contains(screen, "read-only here") })
	s.press("/account:minsk\r")
	s.until("a reply of the account", func(string) bool { return s.selected() != "" })
	s.press("a")
	s.shows("the environment variable FICTITIOUS_TOKEN is not set")
	if r := b.run("sync"); r.code != 2 || !strings.Contains(r.err, "minsk.token") {
		t.Errorf("a pass of reading without the secret ended with %d: %s", r.code, r.err)
	}
}

func TestAMisspelledCommandIsAnsweredWithSimilarOnes(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	for typed, want := range map[string]string{"campains": "did you mean campaign or campaigns?",
		"replys": "did you mean replies or reply?"} {
		if r := b.run(typed); r.code != 2 || !strings.Contains(r.err, want) {
			t.Errorf("%s ends with %d: %s", typed, r.code, r.err)
		}
	}
	if r := b.run("person", "+375291111111"); r.code != 2 || strings.Contains(r.err, "did you mean") {
		t.Errorf("person is taken for another command: %s", r.err)
	}
}

func TestACommandThatIsWrittenWronglySaysHowItIsWritten(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	for typed, want := range map[string]string{
		"reply done":          "write it as: viberdeck reply done ID...",
		"blacklist add":       "write it as: viberdeck blacklist add PHONE|CONTACT...",
		"ask minsk":           "write it as: viberdeck ask ACCOUNT sender|message|list|campaign ID",
		"replies extra":       "write it as: viberdeck replies",
		"campaigns --limit x": "invalid argument \"x\" for \"--limit\" flag\nsee: viberdeck campaigns --help",
		"campaigns --nosuch":  "unknown flag: --nosuch\nsee: viberdeck campaigns --help",
	} {
		if r := b.run(strings.Fields(typed)...); r.code != 2 || !strings.Contains(r.err, want) {
			t.Errorf("%s ends with %d: %s", typed, r.code, r.err)
		}
	}
}

func TestAnEmptyListPrintsNothingOnStandardOutput(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	for _, list := range []string{"campaigns", "replies", "outbox", "blacklist", "senders"} {
		if r := b.must(0, list); r.out != "" {
			t.Errorf("%s prints %q", list, r.out)
		}
	}
}
