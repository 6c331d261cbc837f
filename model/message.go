package model

import "strings"

// MessageKind names the layout of a message. It follows from the parts and is not chosen.
type MessageKind string

// The message kinds.
const (
	KindNone            MessageKind = ""
	KindText            MessageKind = "text"
	KindImage           MessageKind = "image"
	KindButton          MessageKind = "button"
	KindTextButton      MessageKind = "text+button"
	KindTextImage       MessageKind = "text+image"
	KindImageButton     MessageKind = "image+button"
	KindTextImageButton MessageKind = "text+image+button"
	KindFile            MessageKind = "file"
	KindVideo           MessageKind = "video"
	KindVideoText       MessageKind = "video+text"
	KindVideoTextImage  MessageKind = "video+text+image"
	KindTemplate        MessageKind = "template"
)

// Button is the one button a message may have.
type Button struct {
	Caption string `toml:"caption" json:"caption"`
	URL     string `toml:"url" json:"url"`
}

// File is a document sent with a message.
type File struct {
	Name string `toml:"name" json:"name"`
	Type string `toml:"type" json:"type"` // file name ending without the dot: pdf
	URL  string `toml:"url" json:"url"`
}

// Video is a video sent with a message.
type Video struct {
	URL       string `toml:"url" json:"url"`
	Thumbnail string `toml:"thumbnail" json:"thumbnail"`
	SizeMB    int    `toml:"size_mb" json:"size_mb"`
	DurationS int    `toml:"duration_s" json:"duration_s"` // seconds
}

// Message is what a person receives. Text may hold {{column|fallback}} templates.
type Message struct {
	Text     string `json:"text"`
	ImageURL string `json:"image_url"`
	// ImageFile is uploaded instead of naming an ImageURL.
	ImageFile Upload `json:"image_file,omitzero"`
	Button    Button `json:"button"`
	File      File   `json:"file"`
	Video     Video  `json:"video"`
	Template  string `json:"template"` // the vendor's template id; the vendor stores the content
}

// Kind derives the layout from the parts. An impossible combination is an Invalid error that names
// the field.
func (m Message) Kind() (MessageKind, error) {
	text, image, button := strings.TrimSpace(m.Text) != "", m.ImageURL != "" || m.ImageFile != Upload{},
		m.Button != Button{}
	file, video := m.File != File{}, m.Video != Video{}
	switch {
	case m.Template != "":
		if text || image || button || file || video {
			return KindNone, Invalid("template",
				"a message from a template has no text, image, button, file or video of its own")
		}
		return KindTemplate, nil
	case file:
		if text || image || button || video {
			return KindNone, Invalid("file", "a file is sent alone, without text, image, button or video")
		}
		return KindFile, nil
	case video && button:
		return KindNone, Invalid("button", "a video has no button")
	case video && text && image:
		return KindVideoTextImage, nil
	case video && image:
		return KindNone, Invalid("text", "a video with an image needs a text")
	case video && text:
		return KindVideoText, nil
	case video:
		return KindVideo, nil
	case text && image && button:
		return KindTextImageButton, nil
	case text && button:
		return KindTextButton, nil
	case text && image:
		return KindTextImage, nil
	case text:
		return KindText, nil
	case image && button:
		return KindImageButton, nil
	case image:
		return KindImage, nil
	case button:
		return KindButton, nil
	}
	return KindNone, Invalid("text", "the message is empty: give a text, an image, a file, a video or a template")
}

// unsendable returns the error for a layout that a vendor does not have; it says what is missing if
// the vendor has a layout with more parts.
func unsendable(kind MessageKind, caps Capabilities) *Error {
	switch kind {
	case KindTextImage:
		return Invalid("button", "a text with an image needs a button (caption and url)")
	case KindImageButton:
		return Invalid("text", "an image with a button needs a text")
	case KindButton:
		return Invalid("text", "a button needs a text")
	}
	return Invalid(kindField(kind), "%s cannot send %s; it sends %s", caps.Name, kind, Listed(caps.Kinds))
}
