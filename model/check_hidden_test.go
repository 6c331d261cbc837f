package model

import (
	"strings"
	"testing"
)

func TestAddressesThatNoVendorCanFetchAreRefused(t *testing.T) {
	t.Parallel()
	for host, fetched := range map[string]bool{
		"localhost": false, "LOCALHOST.": false, "127.0.0.1": false, "[::1]": false, "10.1.2.3": false,
		"192.168.0.7:8080": false, "172.16.0.1": false, "169.254.169.254": false, "0.0.0.0": false, "intranet": false,
		"shop.local": false, "[fd00::1]": false, "[::ffff:10.0.0.1]": false, "deck.internal": false,
		"127.1": false, "0x7f.1": false, "0x7F000001": false, "2130706433": false, "0177.0.0.1": false,
		"localhost..":        false,
		"[::ffff:127.0.0.1]": false, "[::127.0.0.1]": false, "[64:ff9b::7f00:1]": false, "127.0.0.1.": false,
		"100.64.0.1": false, "0.1.2.3": false, "1.2.3.4.5": false, "example.256": false, "10.1": false,
		"[ff02::1]":      false,
		"93.184.216.34.": true, "0x5db8d822": true, "example.com.": true, "1.2.3.4.example.com": true,
		"example.com": true, "93.184.216.34": true, "[2606:2800:220:1::1]": true, "localhost.example.com": true,
	} {
		address := "https://" + host + "/a"
		for field, c := range map[string]Campaign{
			"image_url":       {Message: Message{ImageURL: address}},
			"file.url":        {Message: Message{File: File{Name: "a", Type: "pdf", URL: address}}},
			"video.thumbnail": {Message: Message{Video: Video{URL: "https://example.com/v", Thumbnail: address}}},
		} {
			refused := false
			for _, err := range checkParts(c.Message, Limits{}) {
				refused = refused || strings.Contains(err.Error(), "no vendor can fetch it") &&
					strings.HasPrefix(err.Error(), field)
			}
			if refused == fetched {
				t.Errorf("%s at %s: refused %t", field, host, refused)
			}
		}
		c := Campaign{Options: Options{CallbackURL: address, InboundURL: address}}
		if err := c.CheckReachable("https://api.example.com"); (err == nil) != fetched {
			t.Errorf("a callback to %s: %v", host, err)
		}
		if err := c.CheckReachable("http://127.0.0.1:80"); err != nil {
			t.Errorf("a vendor on this host, a callback to %s: %v", host, err)
		}
	}
}
