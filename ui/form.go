package ui

import (
	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
)

func openForm(d *deck, c model.Campaign) tea.Cmd  { return nil }
func duplicate(d *deck, c model.Campaign) tea.Cmd { return nil }
