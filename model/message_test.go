package model

import "testing"

// TestTheKindFollowsFromTheParts goes through every combination of parts: combinations not named
// here are refused with a field.
func TestTheKindFollowsFromTheParts(t *testing.T) {
	t.Parallel()
	const text, image, button, file, video, template = 1, 2, 4, 8, 16, 32
	kinds := map[int]MessageKind{
		text: KindText, image: KindImage, text | button: KindTextButton, text | image | button: KindTextImageButton,
		file: KindFile, video: KindVideo, video | text: KindVideoText, video | text | image: KindVideoTextImage,
		template: KindTemplate,
	}
	// Only some vendors have these; the others refuse them and name the missing part.
	short := map[int]MessageKind{text | image: KindTextImage, button: KindButton, image | button: KindImageButton}
	missing := map[MessageKind]string{KindTextImage: "button", KindButton: "text", KindImageButton: "text"}
	for parts := range 64 {
		var m Message
		for part, set := range map[int]func(){
			text:     func() { m.Text = "Hello" },
			image:    func() { m.ImageURL = "https://example.com/a.png" },
			button:   func() { m.Button.Caption = "Shop" },
			file:     func() { m.File.URL = "https://example.com/a.pdf" },
			video:    func() { m.Video.SizeMB = 1 },
			template: func() { m.Template = "42" },
		} {
			if parts&part != 0 {
				set()
			}
		}
		got, err := m.Kind()
		if want, ok := short[parts]; ok {
			refused := unsendable(got, ableCapabilities())
			if got != want || err != nil || refused.Field != missing[want] || refused.Kind != KindInvalid {
				t.Errorf("%06b: got %q, %v, %v; want %q", parts, got, err, refused, want)
			}
			continue
		}
		if want, ok := kinds[parts]; ok {
			if got != want || err != nil {
				t.Errorf("%06b: got %q, %v; want %q", parts, got, err, want)
			}
			continue
		}
		if fields := fieldsOf(err); got != KindNone || len(fields) != 1 || fields[0] == "" ||
			KindOf(err) != KindInvalid {
			t.Errorf("%06b: got %q, %v", parts, got, err)
		}
	}
}

func TestATextOfSpacesCountsAsEmpty(t *testing.T) {
	t.Parallel()
	if kind, err := (Message{Text: " \n\t"}).Kind(); err == nil {
		t.Errorf("got %q", kind)
	}
	if kind, err := (Message{Text: " ", ImageURL: "https://example.com/a.png"}).Kind(); kind != KindImage ||
		err != nil {
		t.Errorf("got %q, %v", kind, err)
	}
}

func TestTheFingerprintFollowsWhatAPersonSees(t *testing.T) {
	t.Parallel()
	base := Campaign{Message: Message{Text: "Скидка 20 % ещё сегодня", ImageURL: "https://example.com/a.png",
		Button: Button{"Shop", "https://example.com"}}}
	same := base
	same.Message.Text, same.Account, same.Options.Variables = "СКИДКА 20 % еще сегодня", "other", map[string]string{}
	if base.Fingerprint() != same.Fingerprint() {
		t.Error("capitals and ё make another message")
	}
	for name, change := range map[string]func(*Message){
		"text":    func(m *Message) { m.Text = "Скидка 30 %" },
		"image":   func(m *Message) { m.ImageURL = "" },
		"caption": func(m *Message) { m.Button.Caption = "Buy" },
		"link":    func(m *Message) { m.Button.URL = "https://example.com/b" },
		"file":    func(m *Message) { m.File.URL = "https://example.com/a.pdf" },
		"video":   func(m *Message) { m.Video.URL = "https://example.com/a.mp4" },
		"moved":   func(m *Message) { m.Text, m.ImageURL = m.Text+m.ImageURL, "" },
	} {
		other := base
		change(&other.Message)
		if other.Fingerprint() == base.Fingerprint() {
			t.Errorf("%s: the change is not seen", name)
		}
	}
	seen := map[string]bool{base.Fingerprint(): true}
	for _, values := range []map[string]string{{"price": "20"}, {"price": "30"}, {"pri": "ce20"},
		{"price": "20", "day": "1"}} {
		other := base
		if other.Options.Variables = values; seen[other.Fingerprint()] {
			t.Errorf("%v: the values are not seen", values)
		}
		seen[other.Fingerprint()] = true
	}
}

func TestACampaignNamesTheVendorsKindBeforeItsOwn(t *testing.T) {
	t.Parallel()
	c := Campaign{Message: Message{Text: "Hello"}}
	if c.Kind() != KindText {
		t.Errorf("got %q", c.Kind())
	}
	if c.KindWord = KindImage; c.Kind() != KindImage {
		t.Errorf("got %q", c.Kind())
	}
	if kind := (Campaign{}).Kind(); kind != KindNone {
		t.Errorf("a campaign without parts is %q", kind)
	}
}
