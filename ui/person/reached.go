package person

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// StillReached shows, until a key is pressed, which campaigns at their vendors will still reach
// people who were just blocked. It shows nothing if there are none.
func StillReached(d *kit.Deck, phones []model.Phone) tea.Cmd {
	store := d.Store
	return kit.Ask(d, new(kit.Slot), func(ctx context.Context) ([]model.Campaign, error) {
		return store.StillReached(ctx, phones)
	}, func(left []model.Campaign, err error) tea.Cmd {
		if err != nil {
			return d.Fail(err)
		}
		words := make([]string, len(left))
		for i, c := range left {
			words[i] = d.Text(c.ReachesAllTheSame(d.Zone))
		}
		if len(left) > 0 {
			d.ShowUntilKey(strings.Join(words, "; "))
		}
		return nil
	})
}
