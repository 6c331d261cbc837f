package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"viberdeck/model"
)

// peopleFlags say where the people come from and how to read their list.
type peopleFlags struct {
	to         string
	encoding   string
	columns    []string
	mobileOnly bool
}

func (f *peopleFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.to, "to", "",
		"recipients from a `CSV` file (- reads standard input) whose first line names the columns; one is a phone "+
			"or a contact")
	f.addReading(cmd)
	cmd.Flags().BoolVar(&f.mobileOnly, "mobile-only", false, "leave out landlines")
}

// addReading adds the flags for reading any list of people.
func (f *peopleFlags) addReading(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.encoding, "encoding", "",
		"how that file is written (`NAME`: "+strings.Join(model.ImportEncodings(), ", ")+
			"); absent: recognised by its letters")
	cmd.Flags().StringArrayVar(&f.columns, "phone-column", nil,
		"the column with the phones, by `NAME` or number from 1; given again: where to look next")
}

// readAudience joins the campaign file's own phones with those of a CSV file.
func (p *program) readAudience(ctx context.Context, file model.CampaignFile, f peopleFlags, o model.ImportOptions) (
	model.Audience, error) {
	a := file.ReadAudience(o.DefaultCountry)
	if f.to == "" {
		if f.encoding != "" || len(f.columns) > 0 || f.mobileOnly {
			return a, usage("--encoding, --phone-column and --mobile-only say how the file of --to is read; give it too")
		}
		return a, nil
	}
	list, err := p.readPeople(ctx, "--to ", f.to, f, o)
	if err != nil {
		return a, err
	}
	return a.Join(list), nil
}

// readPeople reads the list of people at a path, "-" for standard input. The text put before the
// path in an error says where it was named.
func (p *program) readPeople(ctx context.Context, before, path string, f peopleFlags, o model.ImportOptions) (
	model.Import, error) {
	r, size, err := p.openPeople(path)
	if err != nil {
		return model.Import{}, usage("%s%w", strings.Replace(before, " ", ": ", 1), err)
	}
	defer func() { _ = r.Close() }()
	o.Encoding, o.PhoneColumns, o.MobileOnly = f.encoding, f.columns, f.mobileOnly
	way := &readingBar{ctx: ctx, Reader: r, size: size, bar: newBar(p, "reading")}
	list, err := model.ReadRecipients(way, o)
	way.end()
	if err == nil && list.People.Len() == 0 && len(list.Bad) == 0 {
		err = model.Invalid("recipients", "the list has headings and no people below them")
	}
	if err != nil {
		return model.Import{}, exitError{exitUsage, fmt.Errorf("%s%s: %w%s", before, path, err, howToChoose(err))}
	}
	return list, nil
}

func (p *program) openPeople(path string) (io.ReadCloser, int64, error) {
	if path == "-" {
		return io.NopCloser(p.In), 0, nil
	}
	if err := p.mayOpen(path); err != nil {
		return nil, 0, err
	}
	r, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	size := int64(0)
	if about, err := r.Stat(); err == nil {
		size = about.Size()
	}
	return r, size, nil
}

// howToChoose names the flag that answers a question about reading a list.
func howToChoose(err error) string {
	var e *model.Error
	switch {
	case !errors.As(err, &e):
	case e.Field == "encoding":
		return " (--encoding NAME)"
	case e.Field == "column":
		return " (--phone-column NAME)"
	}
	return ""
}

// readingBar shows how much of a file has been read, once that takes a while.
type readingBar struct {
	ctx context.Context
	io.Reader
	size, done int64
	bar        *bar
}

// barFrom is the size in bytes from which a file takes long enough for a bar.
const barFrom = 2 << 20

func (r *readingBar) Read(b []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := r.Reader.Read(b)
	r.done += int64(n)
	if r.size >= barFrom && r.bar.live {
		const mega = 1 << 20
		r.bar.show(barLine{done: r.done / mega, total: max(1, r.size/mega), text: "MiB"})
	}
	return n, err
}

func (r *readingBar) end() { r.bar.end() }

// explainList says how a list was read.
func explainList(note func(string, ...any), list *model.ListFacts) {
	if list == nil {
		return
	}
	separator := strconv.Quote(list.Separator)
	if list.Separator == "\t" {
		separator = "tabs"
	}
	note("  the list: %s, separated by %s, phones from %s", list.Encoding, separator,
		strings.Join(quoted(list.Recipients), ", then "))
	for _, line := range list.Skipped {
		note("  line %d above the headings is skipped: %q", line.Line, model.Clip(line.Text, 60))
	}
	if list.Several > 0 {
		note("  %s with more than one number: the first mobile is taken", model.Persons(list.Several))
	}
	if list.Landlines > 0 {
		note("  %s; --mobile-only leaves them out", model.Counted(list.Landlines,
			"landline is among them, which hardly ever has Viber",
			"landlines are among them, which hardly ever have Viber"))
	}
}

func quoted(names []string) []string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = fmt.Sprintf("%q", name)
	}
	return all
}

// asTest returns the campaign as a test to the staff's phones, with the columns of a person
// of its audience.
func (p *program) asTest(d *session, c model.Campaign, a model.Audience, like string) (model.Campaign, model.Audience,
	error) {
	var vars map[string]string
	found := like == ""
	var wanted model.Phone
	if !found {
		var err error
		if wanted, err = model.ParsePhone(like, d.config.DefaultCountry); err != nil {
			return c, a, usage("--like: %w", err)
		}
	}
	for i, r := range a.People.Who() {
		if found || r.Phone == wanted {
			vars, found = a.People.At(i).Vars, true
			break
		}
	}
	if !found {
		return c, a, usage("--like: %s is not in the audience", wanted)
	}
	staff, err := model.StaffAudience(d.config.StaffPhones, d.config.DefaultCountry, vars)
	return c.ForTest(), staff, err
}

func readBy(r sendResult) model.ListFacts {
	if r.plan.Read == nil {
		return model.ListFacts{}
	}
	return *r.plan.Read
}

// explainBad lists the first unusable rows, each with its line.
func explainBad(note func(string, ...any), rows []model.BadRow) {
	for i, bad := range rows {
		if i == 10 {
			note("  … and %d more that cannot be used", len(rows)-10)
			break
		}
		note("  line %d: %q: %s", bad.Line, bad.Text, bad.Reason)
	}
}

// badRow is an unusable row, as JSON.
type badRow struct {
	Line   int    `json:"line"`
	Text   string `json:"text"`
	Reason string `json:"reason"`
}

// String formats the row for a cell.
func (b badRow) String() string { return fmt.Sprintf("line %d: %s", b.Line, b.Reason) }

func badRows(rows []model.BadRow) []badRow {
	all := make([]badRow, len(rows))
	for i, b := range rows {
		all[i] = badRow{b.Line, b.Text, b.Reason.String()}
	}
	return all
}

// readImage checks the image that a campaign file names: a relative path starts at that file's
// directory.
func (p *program) readImage(file, name string) (model.Upload, error) {
	if err := p.mayOpen(name); err != nil {
		return model.Upload{}, err
	}
	if !filepath.IsAbs(name) && file != "-" {
		name = filepath.Join(filepath.Dir(file), name)
	}
	image, err := model.ReadUpload(os.DirFS("/"), name)
	if err != nil {
		return image, exitError{exitUsage, err}
	}
	return image, nil
}
