package compose

import (
	"context"
	"path/filepath"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// pasteAtOnce is how many bytes of pasted phones are read in Update: about as many as a frame has
// time for. Longer pastes are read in a command.
const pasteAtOnce = 2000

// readPaste reads a large paste of phones in a command. Until then the field accepts no input.
func (f *Form) readPaste(text string) tea.Cmd {
	to := f.Field("phones")
	have, country := to.People, f.d.DefaultCountry
	have.Phones, have.Bad = slices.Clip(have.Phones), slices.Clip(have.Bad)
	text = to.input.Value() + " " + text
	to.input.SetValue("")
	to.busy, to.Wrong = f.d.Tr("reading what was pasted…"), ""
	return kit.Ask(f.d, &f.pasted, func(context.Context) (PhoneSet, error) { return have.with(text, country), nil },
		func(b PhoneSet, _ error) tea.Cmd {
			to.People, to.busy = b, ""
			f.outdate()
			return f.changed()
		})
}

// readFile reads a list of people in a command and shows its contents before it is taken. A list
// that was taken before and has not changed since is taken without asking.
func (f *Form) readFile(name string, taken time.Time) tea.Cmd {
	return f.readList(name, listChoice{}, taken)
}

// readList is readFile with a person's choices.
func (f *Form) readList(name string, chosen listChoice, taken time.Time) tea.Cmd {
	to := f.Field("phones")
	path, err := f.d.InHome(name)
	if err != nil {
		to.Wrong = f.d.Fault(err)
		return nil
	}
	caps, _ := f.d.Capabilities(f.Field("account").Value())
	o := model.ImportOptions{DefaultCountry: f.d.DefaultCountry, Contacts: caps.Contacts}
	way := &progressOfFile{name: filepath.Base(path)}
	f.reading, to.Wrong = way, ""
	to.input.SetValue("")
	read := kit.Ask(f.d, &f.reader, func(ctx context.Context) (peopleFile, error) {
		return readPeople(ctx, path, chosen, o, way)
	},
		func(p peopleFile, err error) tea.Cmd {
			f.reading = nil
			switch {
			case err != nil:
				to.Wrong = f.d.Fault(err)
				f.asker().askHow(p, err)
			case p.at.Equal(taken):
				return f.takeFile(p)
			default:
				f.asker().show(p)
			}
			return nil
		})
	return tea.Batch(read, f.watchReading())
}

// readingTick is how often the reading progress is redrawn.
const readingTick = time.Second

// watchReading redraws the reading progress every second.
func (f *Form) watchReading() tea.Cmd {
	return kit.Later(&f.pulse, readingTick, func() tea.Cmd {
		if f.reading == nil {
			return nil
		}
		return f.watchReading()
	})
}

// takeFile makes the people of a file the audience, replacing those of an earlier file.
func (f *Form) takeFile(p peopleFile) tea.Cmd {
	f.Field("phones").People.file = p
	f.outdate()
	return f.changed()
}

// chooseFile offers the lists found in the usual places.
func (f *Form) chooseFile() tea.Cmd {
	return offerFiles(f.d, f.d.Tr("People from which file? CSV, the first line names the columns"),
		func(path string) tea.Cmd {
			f.GoTo("phones")
			return f.readFile(path, time.Time{})
		})
}

// asker asks how the list of people is to be read.
func (f *Form) asker() fileAsker {
	return fileAsker{d: f.d, text: f.Field("text").Value, take: f.takeFile,
		again: func(path string, chosen listChoice) tea.Cmd { return f.readList(path, chosen, time.Time{}) }}
}
