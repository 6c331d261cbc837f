package sim

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"viberdeck/model"
)

// routeeBody is a message in the format of requests and replies.
type routeeBody struct {
	Text     string            `json:"text,omitempty"`
	Image    string            `json:"imageURL,omitempty"`
	Action   *routeeAction     `json:"action,omitempty"`
	File     *routeeFile       `json:"viberFile,omitempty"`
	Video    *routeeVideo      `json:"viberVideo,omitempty"`
	Fallback map[string]string `json:"fallbackValues,omitempty"`
}

type routeeAction struct {
	Caption string `json:"caption"`
	Target  string `json:"targetUrl"`
}

type routeeFile struct {
	Name string `json:"fileName"`
	Type string `json:"fileType"`
	URL  string `json:"fileUrl"`
}

type routeeVideo struct {
	URL       string      `json:"videoUrl"`
	Thumbnail string      `json:"videoThumbnail,omitempty"`
	Size      json.Number `json:"fileSize"` // MB
	Duration  json.Number `json:"duration"` // seconds
}

const (
	routeeURLLimit     = 1000
	routeeCaptionLimit = 30
	routeeFileName     = 25
)

// readBody reads and checks a message. Field names are accepted in the spellings of the document
// and of its replies; video is the name of the field with a video's address.
func readBody(value any, session bool, video string) (routeeBody, *reply) {
	p := object(value)
	b := routeeBody{Text: text(p["text"]), Image: p.either("imageURL", "imageUrl")}
	if len(p) == 0 {
		return b, wrongField("body", "The body is required")
	}
	if utf8.RuneCountInString(b.Text) > viberTextLimit {
		return b, wrongField("body.text", "The text must be up to 1000 characters.")
	}
	if wrong := readImage(b.Image); wrong != nil {
		return b, wrong
	}
	for _, read := range []func(params) *reply{b.readAction, b.readFile,
		func(p params) *reply { return b.readVideo(p, video) }} {
		if wrong := read(p); wrong != nil {
			return b, wrong
		}
	}
	for label, value := range object(p["fallbackValues"]) {
		if b.Fallback == nil {
			b.Fallback = map[string]string{}
		}
		b.Fallback[label] = text(value)
	}
	return b, b.layout(session)
}

// either returns the first of two spellings of a field that has a value.
func (p params) either(name, other string) string {
	if p.given(name) {
		return p.text(name)
	}
	return p.text(other)
}

func readImage(image string) *reply {
	switch {
	case image == "":
	case len(image) > routeeURLLimit:
		return wrongField("body.imageURL", "The image URL length must be up to 1000 characters.")
	case !webAddress(image):
		return wrongField("body.imageURL", "The provided image URL should be valid.")
	case !strings.HasPrefix(image, "https://"):
		return wrongField("body.imageURL", "The provided image URL should be secure, starting with https:/")
	}
	return nil
}

func (b *routeeBody) readAction(p params) *reply {
	action := object(p["action"])
	if p["action"] == nil {
		action = object(p["viberAction"])
	}
	if action == nil {
		return nil
	}
	b.Action = &routeeAction{action.text("caption"), action.either("targetUrl", "targetURL")}
	if n := utf8.RuneCountInString(b.Action.Caption); n < 1 || n > routeeCaptionLimit {
		return wrongField("body.action.caption", "The caption must be between 1 and 30 characters.")
	}
	if !webAddress(b.Action.Target) {
		return wrongField("body.action.targetUrl", "The target URL should be valid.")
	}
	return nil
}

func routeeFileTypes() []string {
	return strings.Fields(
		"doc docx rtf dot dotx odt odf fodt txt info pdf xps pdax eps xls xlsx ods fods csv xlsm xltx")
}

func (b *routeeBody) readFile(p params) *reply {
	file := object(p["viberFile"])
	if file == nil {
		return nil
	}
	b.File = &routeeFile{file.text("fileName"), file.text("fileType"), file.either("fileUrl", "fileURL")}
	switch {
	case b.File.Name == "" || utf8.RuneCountInString(b.File.Name) > routeeFileName:
		return wrongField("body.viberFile.fileName", "The file name must be between 1 and 25 characters.")
	case b.File.Type == "":
		return wrongField("body.viberFile.fileType", "The file type is required.")
	case !webAddress(b.File.URL):
		return wrongField("body.viberFile.fileUrl", "The file URL should be valid.")
	case !slices.Contains(routeeFileTypes(), strings.ToLower(strings.TrimPrefix(b.File.Type, "."))):
		return wrongCampaign("019", "Invalid file type")
	case strings.Contains(b.File.URL, RouteeLargeFile):
		return wrongCampaign("016", "File larger than 600 KB")
	}
	return nil
}

func (b *routeeBody) readVideo(p params, field string) *reply {
	video := object(p["viberVideo"])
	if video == nil {
		return nil
	}
	b.Video = &routeeVideo{video.text(field), video.text("videoThumbnail"),
		json.Number(video.text("fileSize")), json.Number(video.text("duration"))}
	size, sizeOK := positive(b.Video.Size)
	duration, durationOK := positive(b.Video.Duration)
	thumbnail := b.Video.Thumbnail
	switch {
	case !secure(b.Video.URL):
		return wrongField("body.viberVideo.videoUrl", "The video URL should be secure and up to 1000 characters.")
	case thumbnail != "" && !secure(thumbnail):
		return wrongField("body.viberVideo.videoThumbnail", "SRVC_BAD_THUMBNAIL")
	case !sizeOK:
		return wrongField("body.viberVideo.fileSize", "The size of the video file must be a positive number.")
	case size > 200:
		return wrongField("body.viberVideo.fileSize", "The size of the video file is bigger than 200MB.")
	case !durationOK:
		return wrongField("body.viberVideo.duration", "The video duration must be a positive number.")
	case duration > 600:
		return wrongField("body.viberVideo.duration", "The video duration is bigger than 600 seconds.")
	}
	return nil
}

// positive reads a number above 0 that is also valid in JSON: not NaN, not hexadecimal.
func positive(n json.Number) (value float64, ok bool) {
	value, err := n.Float64()
	return value, err == nil && value > 0 && json.Valid([]byte(n))
}

func secure(address string) bool {
	return strings.HasPrefix(address, "https://") && webAddress(address) && len(address) <= routeeURLLimit
}

// layout checks which parts are combined.
func (b *routeeBody) layout(session bool) *reply {
	var parts []string
	for _, part := range []struct {
		name  string
		there bool
	}{{"text", b.Text != ""}, {"action", b.Action != nil}, {"image", b.Image != ""}, {"file", b.File != nil},
		{"video", b.Video != nil}} {
		if part.there {
			parts = append(parts, part.name)
		}
	}
	layout := strings.Join(parts, "+")
	switch {
	case session && b.Video != nil:
		return wrongCampaign("", "Viber Video message is not supported by Viber Session message.")
	case b.Video != nil && !slices.Contains([]string{"video", "text+video", "text+image+video"}, layout):
		return wrongCampaign("",
			"Campaign has wrong message type combination. The supported types are: Video, Video+Text, Video+Text+Image.")
	case b.Video == nil && !slices.Contains([]string{"text", "image", "file", "text+action", "text+action+image"},
		layout):
		return wrongCampaign("007",
			"Your campaign has wrong message type combination. The supported types are: Text, Image, File, Text + "+
				"Action, Text + Action + Image.")
	case session && !slices.Contains([]string{"text", "image", "file"}, layout):
		return wrongCampaign("020",
			"Provided ViberCampaign is a session one, but its type is invalid. Supported session types are: "+
				"Text-Only, Image and File.")
	}
	return nil
}

// promotional reports whether the message is more than text, which costs more.
func (b *routeeBody) promotional() bool {
	return b.Action != nil || b.Image != "" || b.File != nil || b.Video != nil
}

// labelToken is the documents' [~{labelName}]; it is also accepted without braces.
var labelToken = model.NewPattern(`\[~\{?([^\[\]{}]+)\}?\]`)

// personal puts a contact's labels into the text, or the fallback values where the contact has
// none.
func (b *routeeBody) personal(labels map[string]string) string {
	return labelToken().ReplaceAllStringFunc(b.Text, func(found string) string {
		name := labelToken().FindStringSubmatch(found)[1]
		if value := labels[name]; value != "" {
			return value
		}
		return b.Fallback[name]
	})
}
