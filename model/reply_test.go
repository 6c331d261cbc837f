package model

import (
	"strings"
	"testing"
)

func TestAReplyWithoutTextOrWithAPictureSaysSo(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "(no text)", " \n": "(no text)", "да": "да",
		"https://example.com/a.JPG?x=1":                "(a picture: https://example.com/a.JPG?x=1)",
		"https://example.com/shop":                     "https://example.com/shop",
		"see https://example.com/a.jpg":                "see https://example.com/a.jpg",
		"https://example.com/a.jpg\nand this":          "https://example.com/a.jpg\nand this",
		"broken\n[picture] https://example.com/p?id=1": "broken (a picture: https://example.com/p?id=1)",
		"[picture] https://example.com/p?id=1":         "(a picture: https://example.com/p?id=1)",
		"[video] https://example.com/v":                "(a video: https://example.com/v)",
		"a\n[picture] https://e.com/1\n[video] https://e.com/2": "a (a picture: https://e.com/1) " +
			"(a video: https://e.com/2)",
	} {
		if got := ReplyBody(text).String(); got != want {
			t.Errorf("%q is said as %q, want %q", text, got, want)
		}
	}
}

func TestWhatComesWithAReplyIsKeptBesideItsText(t *testing.T) {
	t.Parallel()
	const picture, video, file = "https://example.com/p?id=1", "https://example.com/v.mp4", "https://example.com/c.pdf"
	for _, c := range []struct {
		text string
		with Attachments
		want string
	}{
		{"broken", Attachments{Picture: picture}, "broken\n[picture] " + picture},
		{"", Attachments{Picture: picture}, "[picture] " + picture},
		{"", Attachments{Picture: "https://example.com/a.jpg"}, "https://example.com/a.jpg"},
		{"two", Attachments{Picture: picture, Video: video, File: file},
			"two\n[picture] " + picture + "\n[video] " + video + "\n" + file},
		{picture, Attachments{Picture: picture}, "[picture] " + picture},
		{"", Attachments{Picture: "https://example.com/\x1b[2J\nx"}, "[picture] https://example.com/ x"},
		{"", Attachments{}, ""},
	} {
		if got := ReplyText(c.text, c.with); got != c.want {
			t.Errorf("%q with %v is kept as %q, want %q", c.text, c.with, got, c.want)
		}
	}
	if words := ReplyWords("STOP\n[picture] " + picture); words != "STOP" {
		t.Errorf("the words are %q", words)
	}
}

func TestControlSequencesOfAReplyAreShownAsSigns(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"СТОП":                              "СТОП",
		"\x1b[2J\x1b[HСТОП\x1b[0m":          "␛␛СТОП␛",
		"\x1b]0;owned\x07hi":                "␛hi",
		"\x1b]52;c;aGk=\x1b\\hi":            "␛hi",
		"\x1b]0;never ends":                 "␛0;never ends",
		"\u009b31mred":                      "␛red",
		"a\x00b\x07c\x7fd\be":               "a␀b␇c␡d␈e",
		"one\r\ntwo\u0085three\tx":          "one\ntwo\nthree    x",
		"\u202eevil\u2066":                  "evil",
		"\xff\x1b":                          "\ufffd␛",
		"e" + strings.Repeat("\u0301", 100): "e" + strings.Repeat("\u0301", 8),
	} {
		got := ReplyText(text, Attachments{})
		if got != want || ReplyText(got, Attachments{}) != got || Sanitise(got) != got {
			t.Errorf("%q is kept as %q, want %q, and unchanged from then on", text, got, want)
		}
	}
	for _, text := range []string{"\x1b[31mСТОП\x1b[0m", "\x00stop\x00", "отпишите\x1b[0m меня"} {
		if _, found := RecogniseOptOut(ReplyText(text, Attachments{}), nil); !found {
			t.Errorf("%q is no longer recognised as an opt-out", text)
		}
	}
	if long := ReplyText(strings.Repeat("\x1b", 1<<20), Attachments{}); len(long) > maxText {
		t.Errorf("%d bytes are kept", len(long))
	}
}
