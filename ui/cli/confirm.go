package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"viberdeck/model"
)

// confirmNumber wants the number of those who are concerned: from the flag --confirm (-1: not
// given), or typed at a terminal. The texts say who they are and that nothing has happened.
func (p *program) confirmNumber(want model.Figure, given int64, who, typed, nothing string) error {
	if given >= 0 {
		if !want.Known || given != want.N {
			return usage("--confirm %d is not the number of %s, %s; %s", given, who, want, nothing)
		}
		return nil
	}
	if !terminal(p.In) {
		return usage("%s: there is no terminal to confirm at; pass --confirm %s", nothing, want)
	}
	_, _ = fmt.Fprintf(p.Err, "Type the number of %s, anything else stops: ", typed)
	line, err := bufio.NewReader(p.In).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read the confirmation: %w", err)
	}
	if n, err := strconv.ParseInt(strings.TrimSpace(line), 10, 64); err != nil || !want.Known || n != want.N {
		return usage("that is not %s; %s", want, nothing)
	}
	return nil
}
