package routee

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// nameMax is how many characters a campaign's name may have.
const nameMax = 30

// campaignRequest is the body of POST /viber/campaign. The document shows the parameters without
// their names, which are from notes §1.3.
type campaignRequest struct {
	Sender        string          `json:"senderInfoTrackingId"`
	Name          string          `json:"campaignName,omitempty"`
	To            []string        `json:"to,omitempty"`       // E.164 with +
	Contacts      []string        `json:"contacts,omitempty"` // ids
	Groups        []string        `json:"groups,omitempty"`   // names
	Session       bool            `json:"isSessionMessage,omitempty"`
	ScheduledDate string          `json:"scheduledDate,omitempty"` // 2006-01-02T15:04:05Z
	Body          campaignMessage `json:"body"`
	TTL           int64           `json:"ttl,omitempty"` // seconds
	CallbackURL   string          `json:"callbackUrl,omitempty"`
	InboundURL    string          `json:"inboundUrl,omitempty"`
	Label         string          `json:"label,omitempty"`
}

type campaignMessage struct {
	Text           string            `json:"text,omitempty"`
	ImageURL       string            `json:"imageURL,omitempty"`
	Action         *action           `json:"action,omitempty"`
	File           *file             `json:"viberFile,omitempty"`
	Video          *video            `json:"viberVideo,omitempty"`
	FallbackValues map[string]string `json:"fallbackValues,omitempty"` // for labels that a contact lacks
}

type action struct {
	Caption   string `json:"caption"`
	TargetURL string `json:"targetUrl"`
}

type file struct {
	Name string `json:"fileName"`
	Type string `json:"fileType"`
	URL  string `json:"fileUrl"`
}

type video struct {
	URL       string `json:"videoURL,omitempty"`
	OtherURL  string `json:"videoUrl,omitempty"` // the alternative name, if the account's setting says so
	Thumbnail string `json:"videoThumbnail"`
	SizeMB    int    `json:"fileSize"`
	Seconds   int    `json:"duration"`
}

// newCampaign builds the request for the given people of a batch and the campaign's groups.
func newCampaign(b model.Batch, people []model.Recipient, now time.Time) (campaignRequest, error) {
	c := b.Campaign
	r := campaignRequest{
		Sender: c.Sender, Name: campaignName(b), Session: c.Class == model.ClassSession,
		TTL:         int64(c.Lifetime / time.Second),
		CallbackURL: c.Options.CallbackURL, InboundURL: c.Options.InboundURL, Label: c.Options.Label,
	}
	if c.SendAt.After(now) {
		r.ScheduledDate = c.SendAt.UTC().Format(time.RFC3339)
	}
	r.Groups = c.Lists()
	if len(r.Groups)+len(people) == 0 {
		return r, model.Invalid("phones", "the batch is empty")
	}
	for _, p := range people {
		switch {
		case contactOf(p) != "":
			r.Contacts = append(r.Contacts, contactOf(p))
		case p.Phone != 0:
			r.To = append(r.To, p.Phone.String())
		default:
			return r, model.Invalid("phones", "a person has neither a phone nor a contact id")
		}
	}
	var err error
	r.Body, err = newMessage(c.Message, len(r.Groups) > 0 || len(r.To) == 0)
	return r, err
}

// contactOf returns the Routee contact id of a person: the id by which the person is known, or the
// column contact_id beside the phone. It is "" where only the phone is known.
func contactOf(p model.Recipient) string { return cmp.Or(p.Contact, p.Value(model.ContactColumn)) }

// newMessage builds the message. Routee fills in labels for its own contacts only: known says that
// there are contacts among the people. Everyone else gets the fallback values.
func newMessage(m model.Message, known bool) (campaignMessage, error) {
	text, err := model.ParseTemplate(m.Text)
	if err != nil {
		return campaignMessage{}, err
	}
	if !text.Plain() && !known {
		return campaignMessage{}, model.Invalid("text", "%s", Capabilities().Why(model.ActPersonal))
	}
	plain := m
	plain.Text = ""
	if plain, err = vendors.FillTemplate(plain, nil); err != nil {
		return campaignMessage{}, err
	}
	out := campaignMessage{Text: withLabels(text), ImageURL: m.ImageURL, FallbackValues: text.Fallbacks()}
	if m.Button != (model.Button{}) {
		out.Action = &action{Caption: m.Button.Caption, TargetURL: plain.Button.URL}
	}
	if m.File != (model.File{}) {
		out.File = &file{Name: m.File.Name, Type: strings.ToLower(m.File.Type), URL: m.File.URL}
	}
	if m.Video != (model.Video{}) {
		out.Video = &video{URL: m.Video.URL, Thumbnail: m.Video.Thumbnail, SizeMB: m.Video.SizeMB,
			Seconds: m.Video.DurationS}
	}
	return out, nil
}

// withLabels returns a text with Routee's tokens in place of the columns. Names of a column that
// differ only in case are one label.
func withLabels(t model.Template) string {
	names := map[string]string{}
	for _, name := range t.Columns() {
		names[strings.ToLower(name)] = name
	}
	return t.Encode(func(column, _ string) string { return "[~{" + names[strings.ToLower(column)] + "}]" })
}

// campaignName makes a unique name for a batch, because Routee accepts each name only once: the
// campaign's name, shortened to make room, and the batch's tag. A batch from an earlier version has
// a number instead of a tag.
func campaignName(b model.Batch) string {
	name, end := b.Campaign.Name, b.Tag
	switch {
	case end == "" && (b.Number <= 1 || name == ""):
		return name
	case end == "":
		end = strconv.Itoa(b.Number)
	case name == "":
		return end
	}
	if letters, room := []rune(name), nameMax-len(end)-1; len(letters) > room {
		name = strings.TrimRight(string(letters[:room]), " ")
	}
	return name + " " + end
}
