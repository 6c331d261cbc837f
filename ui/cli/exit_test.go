package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/cli/settings"
)

func TestEachLineOfSeveralErrorsSaysWhatTheyAreAbout(t *testing.T) {
	t.Parallel()
	campaign := fmt.Errorf("minsk: campaign 7: %w", errors.Join(errors.New("refused"), errors.New("too many")))
	for _, c := range []struct {
		err  error
		want string
	}{
		{exitError{exitFailed, errors.Join(errors.Join(errors.New("minsk: senders: slow"), campaign),
			errors.New("shop: gone"))},
			"viberdeck: minsk: senders: slow\nviberdeck: minsk: campaign 7: refused\nviberdeck: minsk: campaign 7: " +
				"too many\nviberdeck: shop: gone\n"},
		{naming("minsk", errors.Join(errors.New("slow"), errors.New("minsk: gone"))),
			"viberdeck: account minsk: slow\nviberdeck: account minsk: minsk: gone\n"},
		{naming("minsk", campaign),
			"viberdeck: account minsk: minsk: campaign 7: refused\nviberdeck: account minsk: minsk: campaign 7: " +
				"too many\n"},
		{naming("minsk", errors.New("minsk: gone")), "viberdeck: minsk: gone\n"},
		{exitError{code: exitUnknown}, ""},
	} {
		var b strings.Builder
		say(&b, c.err)
		if b.String() != c.want {
			t.Errorf("got\n%swant\n%s", b.String(), c.want)
		}
	}
}

func TestAWrongConfigurationEndsWithCode2(t *testing.T) {
	t.Parallel()
	_, err := settings.Reader{}.Read(t.Context(), filepath.Join(t.TempDir(), "none.toml"), settings.NoSecrets)
	if !isNoConfig(err) || codeOf(err) != exitUsage || codeOf(fmt.Errorf("start: %w", err)) != exitUsage {
		t.Errorf("exit code %d: %v", codeOf(err), err)
	}
}

func TestTheExitCodeSaysWhetherTheSameCommandWouldFailAgain(t *testing.T) {
	t.Parallel()
	busy := &model.Error{Kind: model.KindConflict, Fate: model.FateNotSent, RetryAfter: time.Second}
	for err, want := range map[error]int{
		nil: exitDone, errors.New("disk full"): exitFailed, usage("no such flag"): exitUsage,
		model.Invalid("text", "too long"):                               exitUsage,
		model.NotFound("no campaign c9"):                                exitUsage,
		&model.Error{Kind: model.KindConflict, Fate: model.FateRefused}: exitUsage,
		&model.Error{Kind: model.KindLimited, Fate: model.FateNotSent}:  exitUsage,
		busy: exitFailed,
		&model.Error{Kind: model.KindLimited, Status: 429}:               exitFailed,
		&model.Error{Kind: model.KindDenied, Fate: model.FateRefused}:    exitFailed,
		&model.Error{Kind: model.KindOffline, Fate: model.FateNotSent}:   exitFailed,
		fmt.Errorf("campaign c9: %w", model.NotFound("it is not there")): exitUsage,
	} {
		if got := codeOf(err); got != want {
			t.Errorf("%v: %d, want %d", err, got, want)
		}
	}
}
