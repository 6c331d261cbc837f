package model

import "testing"

func TestAReplyWithoutTextOrWithAPictureSaysSo(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "(no text)", " \n": "(no text)", "да": "да",
		"https://example.com/a.JPG?x=1":       "(a picture: https://example.com/a.JPG?x=1)",
		"https://example.com/shop":            "https://example.com/shop",
		"see https://example.com/a.jpg":       "see https://example.com/a.jpg",
		"https://example.com/a.jpg\nand this": "https://example.com/a.jpg\nand this",
	} {
		if got := ReplyBody(text).String(); got != want {
			t.Errorf("%q is said as %q, want %q", text, got, want)
		}
	}
}
