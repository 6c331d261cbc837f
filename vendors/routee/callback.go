package routee

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// DecodeCallback reads what Routee posts to either address of a campaign: the progress of a
// message, or a reply.
func DecodeCallback(body []byte) (model.CallbackEvent, error) {
	return vendors.FirstOf(func(body []byte) (model.CallbackEvent, error) {
		campaign, person, err := DecodeProgress(body)
		return model.CallbackEvent{CampaignRef: campaign, People: []model.Recipient{person}}, err
	}, func(body []byte) (model.CallbackEvent, error) {
		reply, err := DecodeInbound(body)
		return model.CallbackEvent{Replies: []model.Reply{reply}}, err
	})(body)
}

// DecodeProgress reads what Routee posts to a campaign's callback address: the progress of one
// message. The recipient has no account; the id is the campaign's at Routee, "" for a message
// without one. A body with neither a phone nor a message id, or without a status, is an Invalid
// error.
func DecodeProgress(body []byte) (campaignID string, r model.Recipient, err error) {
	var t tracked
	if err := vendors.Decode(body, &t); err != nil {
		return "", model.Recipient{}, err
	}
	r = t.recipient("", time.UTC)
	if r.Phone == 0 && r.VendorID == "" {
		return "", model.Recipient{}, model.Invalid("callback", "it names neither a message nor a phone")
	}
	if r.VendorStatus == "" {
		return "", model.Recipient{}, model.Invalid("callback", "it has no status")
	}
	return t.Campaign.Line(), r, nil
}

// inbound is an incoming message. Routee's page about it was not found: the field names are those
// of its other Viber answers and of its SMS counterpart, tried in turn.
type inbound struct {
	ID        vendors.String  `json:"trackingId"`
	MessageID vendors.String  `json:"messageId"`
	Campaign  vendors.String  `json:"campaignTrackingId"`
	From      vendors.String  `json:"from"`
	To        vendors.String  `json:"to"`
	Direction vendors.String  `json:"direction"`
	Message   json.RawMessage `json:"message"`
	Body      json.RawMessage `json:"body"`
	Text      json.RawMessage `json:"text"`
	Created   vendors.String  `json:"createdAt"`
	Received  vendors.String  `json:"receivedAt"`
	Date      vendors.String  `json:"date"`
	Timestamp vendors.String  `json:"timestamp"`
}

// DecodeInbound reads what Routee posts to a campaign's inbound address. The reply has no account.
// Without a vendor id it gets one derived from its content, so that a repetition is recognised. A
// body without a sender's phone, or one without any mention of a text, is an Invalid error.
func DecodeInbound(body []byte) (model.Reply, error) {
	var in inbound
	if err := vendors.Decode(body, &in); err != nil {
		return model.Reply{}, err
	}
	text, with := contentOf(in.Message, in.Body, in.Text)
	phone, ok := model.PhoneFromVendor(string(in.From))
	if strings.EqualFold(string(in.Direction), "outbound") {
		return model.Reply{}, model.Invalid("callback",
			"it is about a message that was sent, not about one that came in")
	}
	// In a conversation that we began, the person may be in "to".
	if !ok && strings.EqualFold(string(in.Direction), "inbound") {
		phone, ok = model.PhoneFromVendor(string(in.To))
	}
	if !ok {
		return model.Reply{}, model.Invalid("callback", "it names no phone that it is from")
	}
	said := model.ReplyText(string(text), with)
	if said == "" && len(in.Message)+len(in.Body)+len(in.Text) == 0 {
		return model.Reply{}, model.Invalid("callback", "it has no text") // nor does it say that there was none
	}
	r := model.Reply{
		VendorID: cmp.Or(in.ID, in.MessageID).Line(), CampaignRef: in.Campaign.Line(), Phone: phone, Text: said,
		ReceivedAt: timeOf(cmp.Or(in.Created, in.Received, in.Date, in.Timestamp), time.UTC), State: model.ReplyOpen,
		Unread: true,
	}
	if r.VendorID == "" {
		sum := sha256.New()
		for _, part := range []vendors.String{in.Campaign, vendors.String(phone.String()),
			cmp.Or(in.Created, in.Received, in.Date, in.Timestamp), vendors.String(said)} {
			sum.Write([]byte(part))
			sum.Write([]byte{0})
		}
		r.VendorID = "none-" + hex.EncodeToString(sum.Sum(nil)[:8])
	}
	return r, nil
}

// contentOf returns the first text among the values, and the addresses of what came with it. A
// value is a text, or an object with a text, the address of a picture, video or file, or a sticker.
func contentOf(values ...json.RawMessage) (text vendors.String, with model.Attachments) {
	sticker := false
	for _, v := range values {
		var t vendors.String
		if json.Unmarshal(v, &t) == nil {
			text = cmp.Or(text, t)
			continue
		}
		var object struct {
			Text    vendors.String `json:"text"`
			Message vendors.String `json:"message"`
			Image   vendors.String `json:"imageURL"` // or imageUrl: case is ignored
			Video   vendors.String `json:"videoURL"`
			File    vendors.String `json:"fileURL"`
			URL     vendors.String `json:"url"`
			Type    vendors.String `json:"type"`
			Sticker vendors.String `json:"stickerId"`
		}
		if json.Unmarshal(v, &object) != nil {
			continue
		}
		text = cmp.Or(text, object.Text, object.Message)
		with.Picture = cmp.Or(with.Picture, string(object.Image))
		with.Video = cmp.Or(with.Video, string(object.Video))
		if with.File = cmp.Or(with.File, string(object.File)); with == (model.Attachments{}) {
			with.File = string(object.URL)
		}
		sticker = sticker || object.Sticker != "" || strings.EqualFold(string(object.Type), "sticker")
	}
	if sticker && text == "" && with == (model.Attachments{}) {
		text = model.StickerText
	}
	return text, with
}
