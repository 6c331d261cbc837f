package model

import (
	"strings"
	"time"
)

// CampaignFile is a campaign as written in its TOML file.
type CampaignFile struct {
	Account  string `toml:"account"`
	Name     string `toml:"name"`
	Sender   FileID `toml:"sender"`
	Text     string `toml:"text"`
	ImageURL string `toml:"image_url"`
	// ImageFile is the path of an image to upload; the reader of the file provides its Upload.
	ImageFile string    `toml:"image_file"`
	Upload    Upload    `toml:"-"`
	Button    Button    `toml:"button"`
	File      File      `toml:"file"`
	Video     Video     `toml:"video"`
	Class     Class     `toml:"class"`
	SendAt    time.Time `toml:"send_at"`
	HandOver  bool      `toml:"hand_over"`
	Lifetime  Duration  `toml:"lifetime"`
	Stretch   Duration  `toml:"stretch"`
	Fallback  struct {
		Text   string   `toml:"text"`
		Sender FileID   `toml:"sender"`
		After  Duration `toml:"after"`
	} `toml:"sms_fallback"`
	Label       string               `toml:"label"`
	Tags        []string             `toml:"tags"`
	Device      string               `toml:"device"`
	Template    FileID               `toml:"template"`
	ContactList FileID               `toml:"contact_list"`
	Variables   map[string]FileValue `toml:"variables"`
	List        FileIDs              `toml:"list"`
	Phones      []string             `toml:"phones"`
	OneByOne    bool                 `toml:"one_by_one"`
	CallbackURL string               `toml:"callback_url"`
	InboundURL  string               `toml:"inbound_url"`
}

// Campaign returns the draft campaign of the file. A missing name is made from the time, a missing
// class is promotional. A send time without a zone is an Invalid error, because it is unclear which
// hour is meant.
func (f CampaignFile) Campaign(account Account, now time.Time) (Campaign, error) {
	if zone := f.SendAt.Location().String(); strings.HasSuffix(zone, "-local") { // a time without a zone
		return Campaign{}, Invalid("send_at", "write the day and time with the zone, like 2026-12-01T10:00:00+02:00")
	}
	variables, kinds := f.variables()
	c := Campaign{
		Account: account.Name, Vendor: account.Vendor, Name: strings.TrimSpace(f.Name), State: CampaignDraft,
		Ours: true,
		Message: Message{Text: f.Text, ImageURL: f.ImageURL, ImageFile: f.Upload, Button: f.Button, File: f.File,
			Video:    f.Video,
			Template: string(f.Template)},
		Sender: strings.TrimSpace(string(f.Sender)), Class: f.Class, SendAt: f.SendAt.UTC(), HandOver: f.HandOver,
		CreatedAt: now,
		Lifetime:  f.Lifetime.Duration, Stretch: f.Stretch.Duration,
		Fallback: SMSFallback{
			Text:   f.Fallback.Text,
			Sender: string(f.Fallback.Sender),
			After:  f.Fallback.After.Duration,
		},
		Options: Options{Label: f.Label, Tags: f.Tags, Device: f.Device, ContactList: string(f.ContactList),
			Variables: variables, Kinds: kinds,
			OneByOne: f.OneByOne, CallbackURL: f.CallbackURL, InboundURL: f.InboundURL},
	}
	c.List, c.Options.OtherLists = f.List.split()
	if c.Name == "" {
		c.Name = DefaultCampaignName(now)
	}
	if c.Class == "" {
		c.Class = ClassPromotional
	}
	return c, nil
}

// DefaultCampaignName is the name of a campaign without one: the time in its zone, to the second.
func DefaultCampaignName(now time.Time) string {
	return "Campaign " + now.Format("2006-01-02 15-04-05")
}

// variables returns the values of the variables as texts, and the kinds of those that are not
// texts.
func (f CampaignFile) variables() (map[string]string, map[string]ValueKind) {
	if len(f.Variables) == 0 {
		return nil, nil
	}
	values := make(map[string]string, len(f.Variables))
	var kinds map[string]ValueKind
	for name, v := range f.Variables {
		if values[name] = v.Text; v.Kind == ValueText {
			continue
		}
		if kinds == nil {
			kinds = map[string]ValueKind{}
		}
		kinds[name] = v.Kind
	}
	return values, kinds
}

// ReadAudience turns the phones of the file into an audience: normalised, without duplicates, with
// invalid ones identified by their place in the list.
func (f CampaignFile) ReadAudience(country string) Audience {
	var a Audience
	var people []Recipient
	seen := make(map[Phone]bool, len(f.Phones))
	for i, s := range f.Phones {
		a.Total++
		p, err := ParsePhone(s, country)
		switch {
		case err != nil:
			a.Invalid++
			a.BadRows = append(a.BadRows, BadRow{Line: i + 1, Text: SanitiseLine(s), Reason: TextOf(err)})
		case seen[p]:
			a.Duplicates++
		default:
			seen[p] = true
			people = append(people, Recipient{Phone: p})
		}
	}
	a.People = PeopleOf(people...)
	return a
}
