package model

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Carried is what a copy of a campaign keeps in addition to the fields that a form shows.
type Carried struct {
	Vendor  Vendor  `json:"vendor"`
	File    File    `json:"file,omitzero"`
	Video   Video   `json:"video,omitzero"`
	Image   Upload  `json:"image,omitzero"`
	Options Options `json:"options,omitzero"`
	// Lost are the sentences, as Text.Stored gives them, about what could not be copied.
	Lost []string `json:"lost,omitempty"`
	// NoSender says that the campaign named no sender, so none must be chosen for its copy.
	NoSender bool `json:"no_sender,omitempty"`
}

// Carry returns what a copy of the campaign keeps, and what it cannot keep.
func (c Campaign) Carry() Carried {
	k := Carried{Vendor: c.Vendor, File: c.Message.File, Video: c.Message.Video, Image: c.Message.ImageFile,
		Options:  c.Options,
		NoSender: c.Ours && c.Sender == "" && c.SenderName == ""}
	k.Options.OtherLists = nil // they go with the list
	kind, _ := c.Message.Kind()
	if c.KindWord != "" && kind != c.KindWord {
		k.Lost = append(
			k.Lost,
			Say("the vendor lists the message as %s and does not show all of it: add what is missing",
				c.KindWord).Stored(),
		)
	}
	if !c.Ours && c.SMS == SMSAsked && !c.Fallback.Enabled() {
		k.Lost = append(k.Lost,
			Say("people without Viber got an SMS, but the vendor does not show its text: write it again").Stored())
	}
	return k
}

// CopyName is the name of a copy, with at most longest characters (0: any number).
func (c Campaign) CopyName(longest int) string { return c.NumberedName(2, longest) }

// NumberedName is the campaign's name with a number, with at most longest characters (0: any
// number).
func (c Campaign) NumberedName(number, longest int) string {
	end := " " + strconv.Itoa(number)
	name := strings.TrimSpace(c.Name + end)
	if longest > 0 && len([]rune(name)) > longest {
		name = string([]rune(c.Name)[:longest-len(end)]) + end
	}
	return name
}

// Copy is a new campaign like this one, without its list and its time, with a name of at most
// longest characters.
func (c Campaign) Copy(longest int, now time.Time) Campaign {
	return c.Carry().To(Campaign{
		Account: c.Account, Vendor: c.Vendor, Name: c.CopyName(longest), State: CampaignDraft, Ours: true,
		CreatedAt: now,
		Message: Message{Text: c.Message.Text, ImageURL: c.Message.ImageURL, Button: c.Message.Button,
			Template: c.Message.Template},
		Sender: cmp.Or(c.SenderName, c.Sender), Class: cmp.Or(c.Class, ClassPromotional),
		Lifetime: c.Lifetime, Stretch: c.Stretch, Fallback: c.Fallback,
	})
}

// To returns the campaign with the carried parts, if it goes through the same vendor.
func (k Carried) To(c Campaign) Campaign {
	if c.Vendor == k.Vendor {
		c.Message.File, c.Message.Video, c.Message.ImageFile, c.Options = k.File, k.Video, k.Image, k.Options
	}
	return c
}

// LostAt says what a copy through the given vendor lacks; name spells the vendors.
func (k Carried) LostAt(v Vendor, name func(Vendor) string) []Text {
	var lost []Text
	details := k.To(Campaign{Vendor: k.Vendor}).Details()
	if v != k.Vendor && len(details) > 0 {
		values := make([]string, len(details))
		for i, d := range details {
			values[i] = d.Value
		}
		lost = append(lost, Say("what only %s has is not carried to %s: %s", name(k.Vendor), name(v),
			ListedBy("; ", values)))
	}
	for _, stored := range k.Lost {
		lost = append(lost, StoredText(stored))
	}
	return lost
}

// DetailName names a part of a campaign that only some vendors have.
type DetailName string

// The details.
const (
	DetailFile        DetailName = "file"
	DetailImage       DetailName = "image file"
	DetailOneByOne    DetailName = "one by one"
	DetailVideo       DetailName = "video"
	DetailContactList DetailName = "contact list"
	DetailOtherLists  DetailName = "other lists"
	DetailTags        DetailName = "tags"
	DetailDevice      DetailName = "device"
	DetailVariables   DetailName = "variables"
	DetailLabel       DetailName = "label"
	DetailCallback    DetailName = "callback"
	DetailInbound     DetailName = "replies to"
)

// Detail is one of those parts, with its value in readable form.
type Detail struct {
	Name  DetailName
	Value string
}

// Words returns the value as it appears in a sentence.
func (d Detail) Words() Text {
	if d.Name == DetailOneByOne {
		return Say("each person gets a message of their own")
	}
	return Data(d.Value)
}

// Details are several such parts.
type Details []Detail

// lines writes each as "label: spring".
func (all Details) lines() []string {
	lines := make([]string, len(all))
	for i, d := range all {
		lines[i] = string(d.Name) + ": " + d.Value
	}
	return lines
}

// Details returns the vendor-specific parts that the campaign has.
func (c Campaign) Details() Details {
	o, m := c.Options, c.Message
	var all Details
	add := func(name DetailName, value string) {
		if value = SanitiseLine(strings.TrimSpace(value)); value != "" {
			all = append(all, Detail{name, value})
		}
	}
	add(DetailFile, m.File.Name+" "+m.File.URL)
	add(DetailImage, m.ImageFile.Path)
	if o.OneByOne {
		add(DetailOneByOne, strconv.FormatBool(true))
	}
	video := m.Video.URL
	if m.Video.Thumbnail != "" {
		video += " " + m.Video.Thumbnail
	}
	if m.Video.SizeMB > 0 || m.Video.DurationS > 0 {
		video += fmt.Sprintf(" %d MB, %d s", m.Video.SizeMB, m.Video.DurationS)
	}
	add(DetailVideo, video)
	add(DetailContactList, o.ContactList)
	add(DetailOtherLists, strings.Join(o.OtherLists, ", "))
	add(DetailTags, strings.Join(o.Tags, ", "))
	add(DetailDevice, o.Device)
	var values []string
	for _, name := range slices.Sorted(maps.Keys(o.Variables)) {
		values = append(values, fmt.Sprintf("%s=%s", name, o.Variables[name]))
	}
	add(DetailVariables, strings.Join(values, ", "))
	add(DetailLabel, o.Label)
	add(DetailCallback, o.CallbackURL)
	add(DetailInbound, o.InboundURL)
	return all
}
