package ui

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

// pasteAtOnce is how many bytes of pasted phones are read in Update: about as many as a frame has
// time for. More are read in a command.
const pasteAtOnce = 2000

// readPaste reads a large paste of phones in a command. Until it is read the field takes nothing
// else.
func (f *form) readPaste(text string) tea.Cmd {
	to := f.field("phones")
	have, country := to.bag, f.d.DefaultCountry
	have.phones, have.bad = slices.Clip(have.phones), slices.Clip(have.bad)
	text = to.input.Value() + " " + text
	to.input.SetValue("")
	to.busy, to.wrong = f.d.tr("reading what was pasted…"), ""
	return ask(f.d, &f.pasted, func(context.Context) (bag, error) { return have.with(text, country), nil },
		func(b bag, _ error) tea.Cmd {
			to.bag, to.busy = b, ""
			f.wrong = ""
			f.checker.forget()
			f.busy = false
			return f.changed()
		})
}

// readFile reads a list of people in a command and shows what is in it before it is taken. One that
// was taken before, and was not written since, comes back unasked.
func (f *form) readFile(name string, taken time.Time) tea.Cmd {
	to := f.field("phones")
	path, err := f.d.inHome(name)
	if err != nil {
		to.wrong = f.d.fault(err)
		return nil
	}
	caps, _ := f.d.capabilities(f.field("account").value())
	o := model.ImportOptions{DefaultCountry: f.d.DefaultCountry, Contacts: caps.Can(model.ActContactList)}
	way := &progressOfFile{name: filepath.Base(path)}
	f.reading, to.wrong = way, ""
	to.input.SetValue("")
	read := ask(f.d, &f.reader, func(ctx context.Context) (peopleFile, error) { return readPeople(ctx, path, o, way) },
		func(p peopleFile, err error) tea.Cmd {
			f.reading = nil
			switch {
			case err != nil:
				to.wrong = f.d.fault(err)
			case p.at.Equal(taken):
				return f.takeFile(p)
			default:
				f.d.openUnasked(&filePanel{d: f.d, file: p, take: func() tea.Cmd { return f.takeFile(p) }})
			}
			return nil
		})
	return tea.Batch(read, f.watchReading())
}

// readingTick is how often it is drawn anew how far a file was read.
const readingTick = time.Second

// watchReading draws anew how far the reading is, every second.
func (f *form) watchReading() tea.Cmd {
	return later(&f.pulse, readingTick, func() tea.Cmd {
		if f.reading == nil {
			return nil
		}
		return f.watchReading()
	})
}

// takeFile makes the people of a file the audience, in the place of an earlier file.
func (f *form) takeFile(p peopleFile) tea.Cmd {
	f.field("phones").bag.file = p
	f.wrong = ""
	f.checker.forget()
	f.busy = false
	return f.changed()
}

// chooseFile offers the lists that lie where people put them, so that nobody has to type a path.
func (f *form) chooseFile() tea.Cmd {
	d := f.d
	home, _ := d.inHome("~/") // without one only the working directory is looked at
	return ask(d, new(slot), func(context.Context) ([]string, error) { return listsIn(home), nil },
		func(paths []string, _ error) tea.Cmd {
			choices := make([]choice, len(paths))
			for i, path := range paths {
				choices[i] = choice{name: filepath.Base(path), note: filepath.Dir(path)}
			}
			d.openUnasked(newPicker(d, d.tr("People from which file? CSV, the first line names the columns"), choices,
				true, func(i int, text string) tea.Cmd {
					f.goTo("phones")
					if i >= 0 {
						text = paths[i]
					}
					return f.readFile(strings.TrimPrefix(text, "@"), time.Time{})
				}))
			return nil
		})
}
