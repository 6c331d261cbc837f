package ui

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// exportRows is how many rows an export reads at a time.
const exportRows = 1000

// export asks for a file and writes into it what is filtered, by the same rules as the command line.
func (l *list[T]) export() tea.Cmd {
	about := []string{"Everything that matches “" + or(l.filter, "all") + "” is written: " + figure(l.matching) + " rows as counted last. " +
		"A name that ends in .jsonl gives JSON Lines, any other CSV; only you can read the file.", "The same from a shell: " + l.shellCommand()}
	p := newPrompt(l.d, "Export to a file", "~/people.csv", about, func(name string) (tea.Cmd, error) {
		if strings.TrimSpace(name) == "" {
			return nil, model.Invalid("file", "name a file")
		}
		path, err := l.d.inHome(strings.TrimSpace(name))
		if err != nil {
			return nil, err
		}
		return tea.Batch(l.write(path), l.d.say("writing "+name+"…")), nil
	})
	p.input.SetValue("~/viberdeck-" + l.command + "-" + l.d.now.In(l.d.Zone).Format("2006-01-02") + ".csv")
	p.input.CursorEnd()
	l.d.open(p)
	return nil
}

// write writes the list into a file in a command, and tells how many rows it has.
func (l *list[T]) write(path string) tea.Cmd {
	q, read, fields, d := l.request(), l.read, l.fields, l.d
	return ask(d, new(slot), func(ctx context.Context) (int64, error) { return writeFile(ctx, path, q, read, fields) },
		func(n int64, err error) tea.Cmd {
			if err != nil {
				return d.fail(fmt.Errorf("the export was not written: %w", err))
			}
			return d.say(d.plural(n, "row", "rows") + " written to " + path)
		})
}

// writeFile writes all pages of a list. Nobody sees the file before it is whole, and an existing one is never overwritten.
func writeFile[T any](ctx context.Context, path string, q model.PageRequest, read reader[T], fields []model.RowField[T]) (rows int64, err error) {
	name := filepath.Base(path)
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return 0, model.Invalid("file", "%s is there already; choose another name", name)
	}
	part := path + ".part"
	f, err := os.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, fmt.Errorf("make %s: %w", name, err)
	}
	defer func() {
		if err = errors.Join(err, f.Close()); err == nil {
			err = os.Rename(part, path)
		}
		if err != nil {
			_ = os.Remove(part)
		}
	}()
	out := model.NewCSV(f, fields)
	if ext := strings.ToLower(filepath.Ext(path)); ext == ".jsonl" || ext == ".json" {
		out = model.NewJSONLines(f, fields)
	}
	q.Limit = exportRows
	for {
		page, err := read(ctx, q)
		if err != nil {
			return rows, err
		}
		for _, r := range page.Rows {
			if err := out.Row(r); err != nil {
				return rows, fmt.Errorf("write %s: %w", name, err)
			}
		}
		rows += int64(len(page.Rows))
		if !page.More || len(page.Keys) == 0 {
			return rows, out.End()
		}
		q.Cursor = page.Keys[len(page.Keys)-1]
	}
}

// inHome gives the path of a name that may begin with ~/.
func (d *deck) inHome(name string) (string, error) {
	rest, ok := strings.CutPrefix(name, "~/")
	if !ok {
		return filepath.Clean(name), nil
	}
	for _, e := range d.Env {
		if home, ok := strings.CutPrefix(e, "HOME="); ok && home != "" {
			return filepath.Join(home, rest), nil
		}
	}
	return "", model.Invalid("file", "no home directory is known here; write the whole path")
}

// shellCommand gives the command line that prints the same rows.
func (l *list[T]) shellCommand() string {
	line := "viberdeck " + l.command + " --csv"
	if l.campaign != 0 {
		line += " --campaign " + l.campaign.String()
	}
	if l.filter != "" {
		line += " --filter '" + strings.ReplaceAll(l.filter, "'", `'\''`) + "'"
	}
	return line
}
