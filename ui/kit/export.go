package kit

import (
	"cmp"
	"context"
	"io"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/export"
	"viberdeck/ui/term"
)

// export asks for a file and writes the filtered rows to it, by the same rules as the command line.
func (l *List[T]) export() tea.Cmd {
	d := l.D
	p := &exportPrompt{Prompt: NewPrompt(d, d.Tr("Export to a file"), "~/people.csv", nil,
		func(name string) (tea.Cmd, error) {
			if strings.TrimSpace(name) == "" {
				return nil, model.Invalid("file", "name a file")
			}
			path, err := d.InHome(strings.TrimSpace(name))
			if err != nil {
				return nil, err
			}
			return l.write(path), nil
		}), about: func() []string {
		return []string{
			d.Tr("Everything that matches “%s” is written; counted last: %s. A name that ends in .jsonl gives JSON "+
				"Lines, any other CSV; only you can read the file.",
				cmp.Or(l.shownFilter(), d.Tr("all")), l.rows()),
			d.csvKind(),
			d.Tr("The same from a shell: %s", l.shellCommand()),
		}
	}}
	p.lines = p.about()
	p.Input.SetValue("~/viberdeck-" + l.command + "-" + d.Now.In(d.Zone).Format("2006-01-02") + ".csv")
	p.Input.CursorEnd()
	d.Open(p)
	return nil
}

// exportPrompt asks for the file of an export and its CSV format.
type exportPrompt struct {
	*Prompt
	about func() []string // the text above the name
}

// Hint returns the key hints of the dialog.
func (p *exportPrompt) Hint() string { return p.d.Tr("Enter OK   Tab the other CSV   Esc cancel") }

// Update handles a message and reports whether the dialog has ended.
func (p *exportPrompt) Update(msg tea.Msg) (tea.Cmd, bool) {
	if key, ok := msg.(tea.KeyPressMsg); ok && key.String() == "tab" {
		p.d.spreadsheets = !p.d.spreadsheets
		p.lines = p.about()
		return nil, false
	}
	return p.Prompt.Update(msg)
}

// csvKind describes the current CSV format.
func (d *Deck) csvKind() string {
	if d.spreadsheets {
		return d.Tr("CSV for a spreadsheet: a byte-order mark, “%c” between cells.",
			d.Env.SpreadsheetSeparator())
	}
	return d.Tr("CSV for programs; Tab: for a spreadsheet.")
}

// rows says how many rows match, by the latest count.
func (l *List[T]) rows() string {
	if !l.Matching.Known {
		return "—"
	}
	return l.D.Plural(l.Matching.N, "row", "rows")
}

// write opens the dialog that writes the list to a file, and starts it.
func (l *List[T]) write(path string) tea.Cmd {
	q, err := l.Request()
	if err != nil {
		return l.D.Fail(err)
	}
	ctx, cancel := context.WithCancel(l.D.Ctx)
	e := &exporting{d: l.D, step: export.New(path, q, l.Read, l.fields, l.csvRows()).Step, ctx: ctx, cancel: cancel,
		whole: l.Matching}
	l.D.Open(e)
	return e.next()
}

// csvRows returns the writer for the rows of a CSV file.
func (l *List[T]) csvRows() func(io.Writer, []model.RowField[T]) model.RowWriter[T] {
	if !l.D.spreadsheets {
		return model.NewCSV[T]
	}
	separator := l.D.Env.SpreadsheetSeparator()
	return func(w io.Writer, fields []model.RowField[T]) model.RowWriter[T] {
		return model.NewSpreadsheet(w, fields, separator)
	}
}

// exporting shows the progress of an export, and then the path of the file. Esc stops it, and then
// no file is left.
type exporting struct {
	d       *Deck
	ctx     context.Context
	cancel  context.CancelFunc
	step    func(context.Context) (export.Progress, error) // writes some more rows; an error leaves no file behind
	whole   model.Figure                                   // the number of rows by the latest count
	now     export.Progress
	stopped bool
}

// next writes some more rows in a command.
func (e *exporting) next() tea.Cmd {
	return Ask(e.d, new(Slot), func(context.Context) (export.Progress, error) { return e.step(e.ctx) },
		func(now export.Progress, err error) tea.Cmd {
			e.now = now
			switch {
			case err != nil:
				e.cancel()
				e.d.Close(e)
				if e.stopped {
					return e.d.Say(e.d.Tr("the export was stopped; no file is left"))
				}
				return e.d.Fail(model.Errorf("the export was not written: %w", err))
			case now.Path == "":
				return e.next()
			}
			e.cancel()
			return nil
		})
}

// Title names the dialog.
func (e *exporting) Title() string { return e.d.Tr("Export to a file") }

// Hint returns the key hints of the dialog.
func (e *exporting) Hint() string {
	switch {
	case e.now.Path != "":
		return e.d.Tr("y copy the path   Esc close")
	case e.stopped:
		return ""
	}
	return e.d.Tr("Esc stops it and leaves no file")
}

// Update handles a message and reports whether the dialog has ended.
func (e *exporting) Update(msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, false
	}
	k := Command(key)
	switch {
	case e.now.Path != "" && k == "y":
		return e.d.Copied(e.now.Path), true
	case e.now.Path != "":
		return nil, k == "esc" || k == "q" || k == "enter"
	case k == "esc":
		e.stop()
	}
	return nil, false
}

// stop ends the export: its answer closes the dialog.
func (e *exporting) stop() {
	e.stopped = true
	e.cancel()
}

// interrupt handles ctrl+c itself while the file is incomplete.
func (e *exporting) interrupt() bool {
	if e.now.Path != "" {
		return false
	}
	e.stop()
	return true
}

// Body draws the dialog within the given width and height.
func (e *exporting) Body(w, _ int) []string {
	rows := e.d.Plural(e.now.Rows, "row", "rows")
	switch {
	case e.now.Path != "":
		return append(term.Wrap(e.d.Tr("Written: %s. Only you can read the file:", rows), w),
			term.Wrap(e.now.Path, w)...)
	case e.stopped:
		return []string{e.d.Tr("stopping…")}
	case e.whole.Known && e.whole.N > 0:
		return []string{e.d.Tr("written: %s…", rows), term.Bar(e.now.Rows, e.whole.N, max(4, min(40, w)))}
	}
	return []string{e.d.Tr("written: %s…", rows)}
}

// shellCommand returns the command line that prints the same rows.
func (l *List[T]) shellCommand() string {
	line := "viberdeck " + l.command + " --csv"
	if l.D.spreadsheets {
		line = "viberdeck " + l.command + " --excel"
	}
	if l.Campaign != 0 {
		line += " --campaign " + l.Campaign.String()
	}
	if l.shownFilter() != "" {
		line += " --filter '" + strings.ReplaceAll(l.shownFilter(), "'", `'\''`) + "'"
	}
	return line
}
