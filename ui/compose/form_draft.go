package compose

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// draftName is the name under which Keep stores an unfinished campaign.
const draftName = "draft"

// Draft is the stored form of an unfinished campaign.
type Draft struct {
	Key      string            `json:"key"`
	At       time.Time         `json:"at"`
	empty    bool              // it contains nothing that a person entered
	Fields   map[string]string `json:"fields"`
	Phones   []model.Phone     `json:"phones"`
	Contacts []string          `json:"contacts,omitempty"`
	Columns  columnsOf         `json:"columns,omitempty"`
	Carried  model.Carried     `json:"carried,omitzero"`
	Origin   string            `json:"origin"`         // the filter from which the phones were frozen
	File     string            `json:"file,omitempty"` // the list from which the people were read, and its time
	FileAt   time.Time         `json:"file_at,omitzero"`
	FileRead listChoice        `json:"file_read,omitzero"`
}

// ReadDraft reads a draft as written by Draft.text.
func ReadDraft(ctx context.Context, store kit.Store, operator string) (Draft, error) {
	var kept Draft
	text, ok, err := store.Setting(ctx, operator, draftName)
	if err != nil || !ok || text == "" {
		return kept, err
	}
	if json.Unmarshal([]byte(text), &kept) != nil {
		kept = Draft{} // from another version: start again
	}
	return kept, nil
}

// save stores the draft. It is encoded in the command, because it may hold many phones.
func (f *Form) save() tea.Cmd {
	store, operator, kept := f.d.Store, f.d.Operator, f.draft()
	return kit.Act(f.d, func(ctx context.Context) error {
		return store.SaveSetting(ctx, operator, draftName, kept.text())
	},
		reportUnkept(f.d))
}

// Setting returns the draft for storage when the program ends.
func (f *Form) Setting() kit.Setting { return kit.Setting{Name: draftName, Value: f.draft().text()} }

// text encodes the draft for storage.
func (d Draft) text() string {
	if d.empty {
		return ""
	}
	b, err := json.Marshal(d)
	if err != nil {
		return ""
	}
	return string(b)
}

// draft returns the current content of the form.
func (f *Form) draft() Draft {
	to := f.Field("phones").People
	kept := Draft{
		Key:      f.Key,
		At:       f.d.Now,
		Fields:   map[string]string{},
		Phones:   to.Phones,
		Contacts: to.contacts,
		Columns:  to.columns,
		Carried:  f.carried,
		Origin:   to.Origin,
		File:     to.file.path,
		FileAt:   to.file.at,
		FileRead: to.file.chosen,
	}
	kept.empty = len(kept.Phones)+len(kept.Contacts) == 0 && kept.File == ""
	for _, x := range f.Fields {
		if v := x.Value(); v != "" && x.kind != buttonField {
			kept.Fields[x.Key] = v
			kept.empty = kept.empty && (x.kind == choiceField || x.Key == "sender") // these are filled automatically
		}
	}
	return kept
}

func keepDraft(d *kit.Deck, text string) tea.Cmd {
	return d.Keep(kit.Setting{Name: draftName, Value: text}, reportUnkept(d))
}

// reportUnkept returns the end of storing a draft, which reports a failure.
func reportUnkept(d *kit.Deck) func(error) tea.Cmd {
	return func(err error) tea.Cmd {
		if err != nil {
			return d.Fail(model.Errorf("the draft could not be kept: %w", err))
		}
		return nil
	}
}

// restore fills the form from a draft, including the key, so that a submitted campaign is not
// submitted again. A list in a file is read again.
func (f *Form) restore(kept Draft) tea.Cmd {
	f.Key = cmp.Or(kept.Key, f.Key)
	f.Field("account").Set(kept.Fields["account"])
	f.limit()
	f.carry(kept.Carried)
	for key, v := range kept.Fields {
		f.Field(key).Set(v)
	}
	f.Field("phones").People = PhoneSet{Phones: kept.Phones, contacts: kept.Contacts, columns: kept.Columns,
		Origin: kept.Origin}
	if kept.File == "" {
		return nil
	}
	return f.readList(kept.File, kept.FileRead, kept.FileAt)
}
