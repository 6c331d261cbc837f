package cli

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// bar is a progress bar on standard error: one line that is redrawn on a terminal, a line now and
// then elsewhere.
type bar struct {
	p     *program
	name  string
	live  bool
	last  time.Time
	shown string
}

// barLine is one state of a bar. A total of 0 shows no bar.
type barLine struct {
	done, total int64
	text        string
}

// quietLines is how often a bar speaks where there is no terminal.
const quietLines = 5 * time.Second

func newBar(p *program, name string) *bar { return &bar{p: p, name: name, live: terminal(p.Err)} }

func (b *bar) show(l barLine) {
	now := b.p.now()
	line := b.name + "  "
	if l.total > 0 {
		const width = 24
		full := int(l.done * width / l.total)
		line += "[" + strings.Repeat("#", full) + strings.Repeat("·", width-full) + "] " +
			fmt.Sprintf("%d/%d  ", l.done, l.total)
	}
	line += l.text
	if line == b.shown {
		return
	}
	if b.live {
		_, _ = fmt.Fprintf(b.p.Err, "\r\x1b[K%s", ansi.Truncate(line, cmp.Or(width(b.p.Err), 80)-1, "…"))
	} else if b.shown == "" || now.Sub(b.last) >= quietLines {
		b.last = now
		b.p.note("%s", line)
	}
	b.shown = line
}

func (b *bar) end() {
	if b.live && b.shown != "" {
		_, _ = fmt.Fprintln(b.p.Err)
	}
}
