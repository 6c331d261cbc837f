package ui

import (
	"encoding/json"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// memory is the state with which the next session opens.
type memory struct {
	Tab      int               `json:"tab"`
	Seen     time.Time         `json:"seen"` // when the operator was last here
	Masked   bool              `json:"masked,omitempty"`
	Mouse    bool              `json:"mouse,omitempty"`
	Language model.Language    `json:"language,omitempty"` // chosen by the operator
	Campaign int64             `json:"campaign,omitempty"` // the open one
	Name     string            `json:"name,omitempty"`     // of that campaign, with its account
	Account  string            `json:"account,omitempty"`
	Screens  map[string]string `json:"screens"`
}

// remembered returns the person's current place.
func (r *Root) remembered() kit.Setting {
	d := r.d
	m := memory{Tab: r.front, Seen: d.Now, Masked: d.Masked, Mouse: r.mouse, Language: r.chosen,
		Campaign: int64(r.focus.Opened.ID), Name: r.focus.Opened.Title(), Account: r.focus.Opened.Account,
		Screens: map[string]string{}}
	for i, s := range r.screens {
		name := r.tabs[i].name
		if text := s.Memory(); text != "" {
			m.Screens[name] = text
		}
	}
	text, err := json.Marshal(m)
	if err != nil {
		return kit.Setting{}
	}
	return kit.Setting{Name: model.DashboardSetting, Value: string(text)}
}

// remember stores the person's place. A failure is not shown: only convenience is lost.
func (r *Root) remember() tea.Cmd {
	r.remindedAt = r.d.Now
	return r.d.Keep(r.remembered(), func(error) tea.Cmd { return nil })
}

// unsaved returns everything that is stored when the program ends.
func (r *Root) unsaved() []kit.Setting {
	var all []kit.Setting
	if r.restored || r.d.Touched() { // otherwise it would be overwritten before it is read
		all = append(all, r.remembered())
	}
	for _, o := range r.d.Dialogs {
		if k, ok := o.Dialog.(kit.HasSetting); ok && k.Setting().Name != "" {
			all = append(all, k.Setting())
		}
	}
	return all
}

// restore applies the memory of the previous session. Anything the person did in the meantime takes
// precedence.
func (r *Root) restore(text string) memory {
	var m memory
	r.restored = true
	if json.Unmarshal([]byte(text), &m) != nil || m.Tab < 0 || m.Tab >= len(r.screens) {
		return memory{}
	}
	if r.d.Touched() {
		return m
	}
	r.front = m.Tab
	r.d.Masks(m.Masked)
	r.mouse = m.Mouse
	if slices.Contains(model.Languages(), m.Language) {
		r.chosen = m.Language
		r.d.Speak(r.chosen)
	}
	if m.Campaign != 0 {
		account, _ := r.d.Account(m.Account)
		r.focus.Opened = model.Campaign{ID: model.CampaignID(m.Campaign), Name: m.Name, Account: m.Account,
			Vendor: account.Vendor}
	}
	for i, s := range r.screens {
		name := r.tabs[i].name
		if v, ok := m.Screens[name]; ok {
			s.Restore(v)
		}
	}
	return m
}
