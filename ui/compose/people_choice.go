package compose

import (
	"context"
	"errors"
	"path/filepath"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// listChoice is a person's choices about how to read a list; empty: automatic.
type listChoice struct {
	Encoding string   `json:"encoding,omitempty"`
	Columns  []string `json:"columns,omitempty"`
}

// fileAsker asks how a file of people is to be read, and whether to take its people.
type fileAsker struct {
	d     *kit.Deck
	text  func() string // of the message; nil: there is none
	lost  string        // what happens to unusable lines; "": they get nothing
	again func(path string, chosen listChoice) tea.Cmd
	take  func(p peopleFile) tea.Cmd
}

// show shows the contents of a file before it is taken.
func (f fileAsker) show(p peopleFile) {
	panel := &filePanel{d: f.d, file: p, lost: f.lost,
		take:           func() tea.Cmd { return f.take(p) },
		chooseEncoding: func() { f.chooseEncoding(p, f.d.Tr("How is the file written?")) },
		chooseColumn:   func() { f.chooseColumn(p, f.d.Tr("Which column holds the phones?")) }}
	if f.text != nil {
		panel.text = f.text()
	}
	f.d.OpenUnasked(panel)
}

// askHow asks for what is missing to read a file; it returns false if that would not help.
func (f fileAsker) askHow(p peopleFile, err error) bool {
	var e *model.Error
	switch {
	case !errors.As(err, &e):
		return false
	case e.Field == "encoding":
		f.chooseEncoding(p, f.d.Text(e.Text))
		return true
	case e.Field == "column" && len(p.Headings) > 0:
		f.chooseColumn(p, f.d.Text(e.Text))
		return true
	}
	return false
}

// chooseEncoding offers the encodings and reads the file again in the chosen one.
func (f fileAsker) chooseEncoding(p peopleFile, heading string) {
	names := model.ImportEncodings()
	choices := make([]kit.Choice, len(names))
	for i, name := range names {
		choices[i] = kit.Choice{Name: name}
	}
	f.d.OpenUnasked(kit.NewPicker(f.d, heading, choices, func(i int, _ string) tea.Cmd {
		p.chosen.Encoding = names[i]
		return f.again(p.path, p.chosen)
	}))
}

// chooseColumn offers the columns of a file and reads it again with the phones in the chosen one.
func (f fileAsker) chooseColumn(p peopleFile, heading string) {
	choices := make([]kit.Choice, len(p.Headings))
	for i, name := range p.Headings {
		choices[i] = kit.Choice{Name: name, Note: strconv.Itoa(i + 1)}
	}
	f.d.OpenUnasked(kit.NewPicker(f.d, heading, choices, func(i int, _ string) tea.Cmd {
		p.chosen.Columns = []string{strconv.Itoa(i + 1)}
		return f.again(p.path, p.chosen)
	}))
}

// offerFiles offers the lists found in the usual places, so that no path needs to be typed.
func offerFiles(d *kit.Deck, heading string, read func(path string) tea.Cmd) tea.Cmd {
	if d.Elsewhere {
		_, err := d.InHome("~/")
		return d.Fail(err)
	}
	home, _ := d.InHome("~/") // without one only the working directory is searched
	return kit.Ask(d, new(kit.Slot), func(context.Context) ([]string, error) { return listsIn(home), nil },
		func(paths []string, _ error) tea.Cmd {
			choices := make([]kit.Choice, len(paths))
			for i, path := range paths {
				choices[i] = kit.Choice{Name: filepath.Base(path), Note: filepath.Dir(path)}
			}
			p := kit.NewPicker(d, heading, choices, func(i int, text string) tea.Cmd {
				if i >= 0 {
					text = paths[i]
				}
				return read(strings.TrimPrefix(text, "@"))
			})
			p.Free = true
			d.OpenUnasked(p)
			return nil
		})
}

// List is a list of people that was read from a file.
type List struct {
	model.Audience
	Reason string // the column that says why each of them is in the list; "": there is none
}

// AskList asks for a file of people, shows its contents and passes the people on once they are
// taken. heading states the purpose, and lost what happens to unusable lines.
func AskList(d *kit.Deck, heading, lost string, take func(List) tea.Cmd) tea.Cmd {
	asker := fileAsker{d: d, lost: lost, take: func(p peopleFile) tea.Cmd {
		return take(List{p.audience, model.ReasonColumn(p.Columns)})
	}}
	asker.again = func(name string, chosen listChoice) tea.Cmd {
		path, err := d.InHome(name)
		if err != nil {
			return d.Fail(err)
		}
		o := model.ImportOptions{DefaultCountry: d.DefaultCountry}
		way := &progressOfFile{name: filepath.Base(path)}
		return tea.Batch(d.Say(way.words(d)), kit.Ask(d, new(kit.Slot), func(ctx context.Context) (peopleFile, error) {
			return readPeople(ctx, path, chosen, o, way)
		}, func(p peopleFile, err error) tea.Cmd {
			switch {
			case err == nil:
				asker.show(p)
			case !asker.askHow(p, err):
				return d.Fail(err)
			}
			return nil
		}))
	}
	return offerFiles(d, heading, func(path string) tea.Cmd { return asker.again(path, listChoice{}) })
}
