package compose

import (
	"cmp"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// peopleFile is a list of people read from a file. It never changes once it is read.
type peopleFile struct {
	path     string
	at       time.Time // when the file was last written
	audience model.Audience
	model.ListFacts
	chosen listChoice
}

// words say what the file holds, for the line below the phones.
func (p peopleFile) words(d *kit.Deck) string {
	words := []string{d.Tr("%s from the file %s", d.Plural(int64(p.audience.People.Len()), "person", "people"),
		filepath.Base(p.path))}
	if len(p.Columns) > 0 {
		words = append(words, "{{"+strings.Join(p.Columns, "}} {{")+"}}")
	}
	if n := p.audience.Invalid; n > 0 {
		words = append(words, d.Plural(n, "line left out", "lines left out"))
	}
	return strings.Join(words, ", ")
}

// FileNamed returns the path in a text, "" if it is not one: typed or dropped paths begin with @,
// /, ~/ or ./ and may be quoted.
func FileNamed(text string) string {
	text = strings.TrimSpace(text)
	if strings.ContainsAny(text, "\n\r") {
		return ""
	}
	path, marked := strings.CutPrefix(strings.TrimPrefix(strings.Trim(text, `"'`), "file://"), "@")
	if path = strings.Trim(path, `"' `); path == "" {
		return ""
	}
	if marked || strings.HasPrefix(path, "/") || strings.HasPrefix(path, "~/") || strings.HasPrefix(path, "./") ||
		strings.HasPrefix(path, "../") {
		return path
	}
	return ""
}

// progressOfFile is how much of a file has been read. The command counts, the screen reads.
type progressOfFile struct {
	name       string
	size, done atomic.Int64 // bytes
}

// words says which file is being read, and how far.
func (p *progressOfFile) words(d *kit.Deck) string {
	if size := p.size.Load(); size > 0 {
		return d.Tr("Reading %s: %d %%", p.name, p.done.Load()*100/size)
	}
	return d.Tr("Reading %s…", p.name)
}

// readPeople reads a list. With an error it returns what is known about the list. Only regular
// files are read: a pipe might never end.
func readPeople(ctx context.Context, path string, chosen listChoice, o model.ImportOptions, way *progressOfFile) (
	peopleFile, error) {
	about, err := os.Stat(path)
	switch {
	case err != nil:
		return peopleFile{}, model.Invalid("phones", "the file %s cannot be read; is its name right?",
			filepath.Base(path))
	case !about.Mode().IsRegular():
		return peopleFile{}, model.Invalid("phones", "%s is not a file", filepath.Base(path))
	}
	r, err := os.Open(path)
	if err != nil {
		return peopleFile{}, model.Invalid("phones", "the file %s cannot be read; is its name right?",
			filepath.Base(path))
	}
	defer r.Close()
	way.size.Store(about.Size())
	o.Encoding, o.PhoneColumns = chosen.Encoding, chosen.Columns
	list, err := model.ReadRecipients(whileWanted{ctx, r, way}, o)
	p := peopleFile{path: path, at: about.ModTime(), ListFacts: list.ListFacts, chosen: chosen}
	if err == nil {
		p.audience = list.Audience()
	}
	return p, err
}

// whileWanted reads until the context ends, and counts bytes.
type whileWanted struct {
	ctx context.Context
	io.Reader
	way *progressOfFile
}

// Read reads from the file and counts.
func (w whileWanted) Read(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := w.Reader.Read(p)
	w.way.done.Add(int64(n))
	return n, err
}

// listsMost is the maximum number of files offered.
const listsMost = 200

// listsIn returns the CSV files of the home, download and working directories, newest first.
func listsIn(home string) []string {
	type file struct {
		path string
		at   time.Time
	}
	var found []file
	var dirs []string
	if here, err := os.Getwd(); err == nil {
		dirs = append(dirs, here)
	}
	if home != "" {
		dirs = append(dirs, filepath.Clean(home), filepath.Join(home, "Downloads"))
	}
	slices.Sort(dirs)
	for _, dir := range slices.Compact(dirs) {
		entries, err := os.ReadDir(dir)
		if err != nil {
			continue // a missing directory offers nothing
		}
		for _, e := range entries {
			if info, err := e.Info(); err == nil && info.Mode().IsRegular() &&
				slices.Contains([]string{".csv", ".tsv", ".txt"}, strings.ToLower(filepath.Ext(e.Name()))) {
				found = append(found, file{filepath.Join(dir, e.Name()), info.ModTime()})
			}
		}
	}
	slices.SortFunc(found, func(a, b file) int { return b.at.Compare(a.at) })
	var paths []string
	for _, f := range found[:min(len(found), listsMost)] {
		paths = append(paths, f.path)
	}
	return paths
}

// filePanel shows the contents of a file before it is taken: how many people, the columns, and each
// unusable line.
type filePanel struct {
	d     *kit.Deck
	file  peopleFile
	pager kit.Pager // of the unusable lines
	text  string    // the message's
	lost  string    // what happens to unusable lines
	take  func() tea.Cmd
	// They ask for the encoding or the phone column, and read the file again.
	chooseEncoding, chooseColumn func()
}

// WantsFull marks a dialog that takes the whole screen.
func (p *filePanel) WantsFull() {}

// Title names the dialog.
func (p *filePanel) Title() string { return p.d.Tr("People from %s", filepath.Base(p.file.path)) }

// Hint returns the key hints of the dialog.
func (p *filePanel) Hint() string {
	if p.file.audience.People.Len() == 0 {
		return p.d.Tr("e encoding   p phone column   Esc cancel")
	}
	return p.d.Tr("Enter OK   e encoding   p phone column   ↑↓ bad lines   Esc cancel")
}

// Update handles a message and reports whether the dialog has ended.
func (p *filePanel) Update(msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, false
	}
	switch kit.Command(key) {
	case "esc", "q":
		return nil, true
	case "enter":
		if p.file.audience.People.Len() > 0 {
			return p.take(), true
		}
	case "e":
		p.chooseEncoding()
		return nil, true
	case "p":
		p.chooseColumn()
		return nil, true
	}
	p.pager.Scroll(key)
	return nil, false
}

// Body draws the dialog within the given width and height.
func (p *filePanel) Body(w, h int) []string {
	d, a := p.d, p.file.audience
	lines := []string{d.Style.Paint(term.Accent, term.Clip(" "+p.Title(), w))}
	say := func(as term.Tone, s string) {
		for _, l := range term.Wrap(s, max(1, w-2)) {
			lines = append(lines, " "+d.Style.Paint(as, l))
		}
	}
	say(term.Strong, d.Tr("%s · given twice: %s · left out: %s", d.Plural(int64(a.People.Len()), "person", "people"),
		lang.Count(a.Duplicates), lang.Count(a.Invalid)))
	columns := d.Tr("none")
	if len(p.file.Columns) > 0 {
		columns = "{{" + strings.Join(p.file.Columns, "}} {{") + "}}"
	}
	phones := strings.Join(p.file.Recipients, "”, “")
	if p.lost == "" { // the people will be written to
		say(term.Plain, d.Tr("phones are in the column “%s”; for the text: %s", phones, columns))
	} else {
		say(term.Plain, d.Tr("phones are in the column “%s”", phones))
		if reasons := model.ReasonColumn(p.file.Columns); reasons != "" {
			say(term.Plain, d.Tr("the reasons are in the column “%s”", reasons))
		}
	}
	separator := p.file.Separator
	if separator == "\t" {
		separator = d.Tr("tab")
	}
	say(term.Dim, d.Tr("read as %s, separated by %s", p.file.Encoding, separator))
	if example := p.example(); example != "" && p.lost == "" {
		say(term.Plain, d.Tr("the first gets: “%s”", example))
	}
	for _, l := range p.file.Skipped {
		say(term.Dim, d.Tr("line %d above the headings is skipped: %s", l.Line, l.Text))
	}
	if p.file.Several > 0 {
		say(term.Dim, d.Tr("%s with more than one number: the first mobile is taken",
			d.Plural(p.file.Several, "person", "people")))
	}
	if p.file.Landlines > 0 {
		say(term.Warn, d.Tr("%s among them, which hardly ever have Viber",
			d.Plural(p.file.Landlines, "landline", "landlines")))
	}
	if len(a.BadRows) == 0 {
		say(term.Good, d.Tr("every line can be used"))
		return lines
	}
	say(term.Warn, d.Tr("%s and %s:", d.Plural(a.Invalid, "line cannot be used", "lines cannot be used"),
		cmp.Or(p.lost, d.Tr("will get nothing"))))
	from, to := p.pager.Range(len(a.BadRows), max(1, h-len(lines)))
	for _, bad := range a.BadRows[from:to] {
		text := "“" + bad.Text + "”"
		if d.Masked { // it may be a phone with an extra digit
			text = "…"
		}
		lines = append(lines, " "+term.Clip(d.Tr("line %d %s: %s", bad.Line, text, d.Text(bad.Reason)), max(1, w-2)))
	}
	return lines
}

// example is the text as the first person receives it, or else that person's values.
func (p *filePanel) example() string {
	if p.file.audience.People.Len() == 0 || len(p.file.Columns) == 0 {
		return ""
	}
	vars := p.file.audience.People.At(0).Vars
	if t, err := model.ParseTemplate(p.text); err == nil && !t.Plain() {
		finished, _ := t.Render(vars)
		return model.SanitiseLine(finished)
	}
	values := make([]string, len(p.file.Columns))
	for i, name := range p.file.Columns {
		values[i] = "{{" + name + "}} = " + vars[name]
	}
	return model.SanitiseLine(strings.Join(values, ", "))
}
