package compose

import (
	"errors"
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// listChoice is what a person chose about the reading of a list; empty: as the list looks.
type listChoice struct {
	Encoding string   `json:"encoding,omitempty"`
	Columns  []string `json:"columns,omitempty"`
}

// showFile shows what is in a file, before it is taken.
func (f *Form) showFile(p peopleFile) {
	f.d.OpenUnasked(&filePanel{d: f.d, file: p, text: f.Field("text").Value(),
		take:           func() tea.Cmd { return f.takeFile(p) },
		chooseEncoding: func() { f.chooseEncoding(p, f.d.Tr("How is the file written?")) },
		chooseColumn:   func() { f.chooseColumn(p, f.d.Tr("Which column holds the phones?")) }})
}

// askHow asks for what a file could not be read without.
func (f *Form) askHow(p peopleFile, err error) {
	var e *model.Error
	switch {
	case !errors.As(err, &e):
	case e.Field == "encoding":
		f.chooseEncoding(p, f.d.Text(e.Text))
	case e.Field == "column" && len(p.Headings) > 0:
		f.chooseColumn(p, f.d.Text(e.Text))
	}
}

// chooseEncoding offers the encodings and reads the file again in the chosen one.
func (f *Form) chooseEncoding(p peopleFile, heading string) {
	names := model.ImportEncodings()
	choices := make([]kit.Choice, len(names))
	for i, name := range names {
		choices[i] = kit.Choice{Name: name}
	}
	f.d.OpenUnasked(kit.NewPicker(f.d, heading, choices, false, func(i int, _ string) tea.Cmd {
		p.chosen.Encoding = names[i]
		return f.readList(p.path, p.chosen, time.Time{})
	}))
}

// chooseColumn offers the columns of a file and reads it again with the phones in the chosen one.
func (f *Form) chooseColumn(p peopleFile, heading string) {
	choices := make([]kit.Choice, len(p.Headings))
	for i, name := range p.Headings {
		choices[i] = kit.Choice{Name: name, Note: strconv.Itoa(i + 1)}
	}
	f.d.OpenUnasked(kit.NewPicker(f.d, heading, choices, false, func(i int, _ string) tea.Cmd {
		p.chosen.Columns = []string{strconv.Itoa(i + 1)}
		return f.readList(p.path, p.chosen, time.Time{})
	}))
}
