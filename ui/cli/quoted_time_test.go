package cli

import (
	"strings"
	"testing"
)

func TestATimeInQuotesIsExplained(t *testing.T) {
	t.Parallel()
	err := quotedTime("send_at = \"2026-12-01T10:00:00+02:00\"")
	if err == nil || !strings.Contains(err.Error(), "is in quotes; write the time without them and with its zone") {
		t.Error(err)
	}
	if err := quotedTime("send_at = 2026-12-01T10:00:00+02:00"); err != nil {
		t.Error(err)
	}
}
