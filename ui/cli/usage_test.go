package cli

import (
	"strings"
	"testing"
)

func TestAMisspelledCommandIsRefused(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"brake onn", "brake", "reply doen 1", "blacklist ad", "config iint", "outbox resolv",
		"nosuch"} {
		var out, output strings.Builder
		code := Run(t.Context(), Parts{}, Streams{In: strings.NewReader(""), Out: &out, Err: &output},
			strings.Fields(line))
		if code != exitUsage || out.Len() > 0 || !strings.Contains(output.String(), "--help") {
			t.Errorf("%s: exit code %d, says %q %q", line, code, out.String(), output.String())
		}
	}
}

func TestACommandWithoutItsArgumentsSaysHowItIsWritten(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"campaign show": "viberdeck campaign show ID",
		"send":          "viberdeck send FILE",
	} {
		var out, output strings.Builder
		code := Run(t.Context(), Parts{}, Streams{In: strings.NewReader(""), Out: &out, Err: &output},
			strings.Fields(line))
		if code != exitUsage || out.Len() > 0 || !strings.Contains(output.String(), want) {
			t.Errorf("%s: exit code %d, says %q %q", line, code, out.String(), output.String())
		}
	}
}
