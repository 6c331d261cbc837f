package programtest_test

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"viberdeck/vendors/sim"
)

var figuresAt = regexp.MustCompile(`figures on (http://127\.0\.0\.1:\d+)/metrics`)

// asked returns the code and the body of an answer.
func asked(t *testing.T, address string) (int, string) {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

func TestTheEngineServesItsFiguresAndHealthToMonitoring(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	text, err := os.ReadFile(b.config)
	if err != nil {
		t.Fatal(err)
	}
	b.write("config.toml", string(text)+"\n[serve]\nmetrics = \":0\"\n")
	b.world.SetFaults(sim.Fault{Op: "sendBulkViber", Kind: sim.Delay, Delay: time.Hour})
	b.queued("Measured")
	b.must(0, "brake", "on", "--reason", "a drill") // nothing leaves yet
	stderr, _, _ := b.working()
	until(t, "the figures are told", func() bool { return figuresAt.MatchString(stderr.String()) })
	base := figuresAt.FindStringSubmatch(stderr.String())[1]
	until(t, "the engine works", func() bool { code, _ := asked(t, base+"/healthz"); return code == http.StatusOK })
	until(t, "both accounts were read", func() bool {
		_, figures := asked(t, base+"/metrics")
		return strings.Count(figures, "viberdeck_account_read_seconds{") == 2
	})
	code, figures := asked(t, base+"/metrics")
	for _, want := range []string{"viberdeck_brake 1\n", "viberdeck_people_waiting 10\n", "viberdeck_engine_here 1\n",
		"viberdeck_batches{state=\"unknown\"} 0\n", "viberdeck_healthy 1\n",
		"viberdeck_account_online{account=\"minsk\",vendor=\"smsby\"} 1\n"} {
		if code != http.StatusOK || !strings.Contains(figures, want) {
			t.Errorf("%d, no %q in\n%s", code, want, figures)
		}
	}
	if strings.Contains(figures, "anna") || strings.Contains(figures, "+375") || strings.Contains(figures, b.cache) {
		t.Errorf("the figures name somebody:\n%s", figures)
	}
	b.assertNoSecret("a figure", figures)
	for line := range strings.Lines(figures) {
		if !regexp.MustCompile(`^(# (HELP|TYPE) viberdeck_\w+ .+|viberdeck_\w+(\{(\w+="[^"]*",?)+\})? [0-9.e+-]+)\n$`).
			MatchString(line) {
			t.Errorf("%q is not in the format of Prometheus", line)
		}
	}
	b.must(0, "brake", "off")
	until(t, "the call under way is counted", func() bool {
		_, figures := asked(t, base+"/metrics")
		return strings.Contains(figures, "viberdeck_batches{state=\"claimed\"} 1\n")
	})
	if err := os.Rename(b.cache, b.cache+".away"); err != nil {
		t.Fatal(err)
	}
	if code, why := asked(t, base+"/healthz"); code != http.StatusServiceUnavailable ||
		!strings.Contains(why, "cache") {
		t.Errorf("without its cache: %d, %q", code, why)
	}
}

func TestTheLogOfAServiceIsJSONWhereThatIsAsked(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	b.must(2, "work", "--log", "xml")
	cmd := b.command("work", "--log", "json")
	stderr := &heard{}
	cmd.Stderr = stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	until(t, "it works", func() bool { return strings.Contains(stderr.String(), "working") })
	_ = cmd.Process.Signal(os.Interrupt)
	_ = cmd.Wait()
	for line := range strings.Lines(stderr.String()) {
		var entry struct{ Time, Level, Msg string }
		if err := json.Unmarshal([]byte(line), &entry); err != nil || entry.Msg == "" || entry.Level == "" {
			t.Errorf("%q is not a line of a log: %v", line, err)
		}
	}
}
