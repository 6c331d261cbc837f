package ui

import (
	"context"
	"testing"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// slowLinks returns a check of addresses that lasts until it is stopped or released, and finds the
// addresses missing.
func slowLinks(o *kit.Options) (letGo func()) {
	release := make(chan struct{})
	o.Links = func(ctx context.Context, c model.Campaign) []model.LinkFinding {
		select {
		case <-release:
		case <-ctx.Done():
		}
		var all []model.LinkFinding
		for _, l := range c.Links(model.Limits{}) {
			all = append(all, l.Judge(model.LinkAnswer{Status: 404, End: l.URL}))
		}
		return all
	}
	return func() { close(release) }
}

func TestAddressesAreAskedBeforeTheNumberIsTypedAndTheScreenGoesOn(t *testing.T) {
	t.Parallel()
	var letGo func()
	change := func(o *kit.Options, f *fakeStore) {
		letGo = slowLinks(o)
		f.writtenTo, f.writtenBy = 2, []string{"Autumn", "Spring"}
	}
	drive(t, 80, 40, change, func(d *driver) {
		d.write("Sale", "See https://shop.example/sale", "+375291111111 +375291111112")
		d.press("ctrl+s")
		d.sees("checking…", "ctrl+l without asking the links")
		d.press("tab") // the form still answers
		letGo()
		d.wait(kit.IgnoreKeysFor)
		d.sees("2 of these people have got a message already: Autumn, Spring",
			"text https://shop.example/sale: it answers 404 Not Found", "Type the number of people")
	})
}

func TestTheCheckOfAddressesIsSwitchedOffByAKeyAndThatIsSaid(t *testing.T) {
	t.Parallel()
	change := func(o *kit.Options, _ *fakeStore) { slowLinks(o) }
	drive(t, 80, 40, change, func(d *driver) {
		d.write("Sale", "See https://shop.example/sale", "+375291111111")
		d.press("ctrl+s")
		d.sees("checking…")
		d.press("ctrl+l")
		d.wait(kit.IgnoreKeysFor)
		d.sees("Type the number of people", "not checked: it is switched off",
			"none of these people has got a message yet")
		d.press("esc", "ctrl+l")
		d.sees("the addresses of the message are asked before the confirmation")
	})
}
