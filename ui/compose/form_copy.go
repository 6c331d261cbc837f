package compose

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"viberdeck/model"
	"viberdeck/ui/kit"
)

// DetailName names a part of a campaign that only some vendors have.
func DetailName(d *kit.Deck, name model.DetailName) string {
	switch name {
	case model.DetailFile:
		return d.Word("part", "file")
	case model.DetailImage:
		return d.Word("part", "image file")
	case model.DetailOneByOne:
		return d.Word("part", "one by one")
	case model.DetailVideo:
		return d.Word("part", "video")
	case model.DetailOtherLists:
		return d.Word("part", "other lists")
	case model.DetailContactList:
		return d.Word("part", "contact list")
	case model.DetailTags:
		return d.Word("part", "tags")
	case model.DetailDevice:
		return d.Word("part", "device")
	case model.DetailVariables:
		return d.Word("part", "variables")
	case model.DetailLabel:
		return d.Word("part", "label")
	case model.DetailCallback:
		return d.Word("part", "callback")
	case model.DetailInbound:
		return d.Word("part", "replies to")
	}
	return string(name)
}

// carriedWords says which vendor-specific parts a copy has, and what could not be copied.
func (f *Form) carriedWords() string {
	if f.carried.Vendor == "" {
		return ""
	}
	var parts []string
	c := f.Written()
	for _, x := range c.Details() {
		parts = append(parts, DetailName(f.d, x.Name)+" "+f.d.Text(x.Words()))
	}
	for _, lost := range f.carried.LostAt(c.Vendor, f.d.VendorName) {
		parts = append(parts, "! "+f.d.Text(lost))
	}
	return strings.Join(parts, " · ")
}

// freeName proposes a name that no campaign of the account has, unless another name has been typed
// in the meantime.
func (f *Form) freeName() tea.Cmd {
	c, store := f.copied, f.d.Store
	if c.ID == 0 {
		return nil
	}
	caps, _ := f.d.Capabilities(c.Account)
	longest := caps.Limits.NameMax
	return kit.Ask(f.d, new(kit.Slot), func(ctx context.Context) (string, error) {
		return store.FreeName(ctx, c, longest)
	}, func(name string, err error) tea.Cmd {
		if x := f.Field("name"); err == nil && x.Value() == c.CopyName(longest) {
			x.Set(name)
		}
		return nil
	})
}
