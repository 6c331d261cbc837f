package model

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestEveryAddressOfAMessageIsFoundOnce(t *testing.T) {
	t.Parallel()
	c := Campaign{Message: Message{
		Text: "Sale (https://shop.example/sale). See https://shop.example/a_(b)! «https://shop.example/сад» " +
			"https://shop.example/me?u={{id|a guest}} HTTPS://SHOP.EXAMPLE/ https://shop.example/sale",
		Button:   Button{Caption: "Shop", URL: "https://shop.example/sale"},
		ImageURL: "https://img.example/a.png",
	}}
	var found []string
	for _, l := range c.Links(Limits{}) {
		found = append(found, fmt.Sprint(l.Field, " ", l.URL, " ", l.Own))
	}
	want := []string{"text https://shop.example/sale false", "text https://shop.example/a_(b) false",
		"text https://shop.example/сад false", "text https://shop.example/ true", "text HTTPS://SHOP.EXAMPLE/ false",
		"image_url https://img.example/a.png false"}
	if !slices.Equal(found, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(found, "\n"), strings.Join(want, "\n"))
	}
	c.Message = Message{Button: Button{URL: "https://shop.example/{{code}}"}}
	if all := c.Links(Limits{}); len(all) != 1 || !all[0].Own || all[0].URL != "https://shop.example/" {
		t.Errorf("a personal address is %+v, want its site only", all)
	}
	c.Message = Message{Video: Video{URL: "https://v.example/v.mp4", Thumbnail: "https://v.example/t.jpg"}}
	if all := c.Links(Limits{}); len(all) != 2 {
		t.Errorf("a video has %+v", all)
	}
}

func TestAnAnswerIsHeldAgainstWhatTheVendorTakes(t *testing.T) {
	t.Parallel()
	limits := Limits{ImageKB: 400, FileKB: 600, VideoSizeMB: 200}
	good := LinkAnswer{Status: 200, End: "https://x.example/a", Type: "text/html; charset=utf-8"}
	with := func(change func(*LinkAnswer)) LinkAnswer { a := good; change(&a); return a }
	kinds := func(kind string, bytes int64) LinkAnswer {
		return with(func(a *LinkAnswer) { a.Type, a.Bytes = kind, Known(bytes) })
	}
	page := Message{Button: Button{URL: "https://x.example/a"}}
	image, file := Message{ImageURL: "https://x.example/a"}, Message{File: File{URL: "https://x.example/a"}}
	video := Message{Video: Video{URL: "https://x.example/a", SizeMB: 3}}
	for _, tt := range []struct {
		name    string
		message Message
		answer  LinkAnswer
		state   LinkState
		says    string
	}{
		{"a page", page, good, LinkWorks, ""},
		{"a page that is not there", page, with(func(a *LinkAnswer) { a.Status = 404 }), LinkFails, "404 Not Found"},
		{"a page that leads to http", page, with(func(a *LinkAnswer) { a.End = "http://x.example" }), LinkFails,
			"not secure"},
		{"too many questions", page, with(func(a *LinkAnswer) { a.Status = 429 }), LinkUnchecked,
			"not checked: the site"},
		{"nothing", page, LinkAnswer{Failure: Say("it does not answer")}, LinkFails, "does not answer"},
		{"not asked", page, LinkAnswer{Unasked: Say("it is late")}, LinkUnchecked, "not checked: it is late"},
		{"an image", image, kinds("image/png", 400<<10), LinkWorks, ""},
		{"a large image", image, kinds("image/png", 400<<10+1), LinkFails,
			"401 KB, the vendor's document allows at most 400 KB"},
		{"an image of no size", image, with(func(a *LinkAnswer) { a.Type = "image/png" }), LinkFails,
			"its size is unknown"},
		{"a page for an image", image, kinds("text/html; charset=utf-8", 9), LinkFails, "not an image, but text/html"},
		{"a drawing for an image", image, kinds("text/xml; charset=utf-8", 9), LinkFails, "not an image"},
		{"a file", file, kinds("application/pdf", 600<<10), LinkWorks, ""},
		{"a large file", file, kinds("application/pdf", 2<<20), LinkFails, "2048 KB"},
		{"a page for a file", file, kinds("text/html; charset=utf-8", 9), LinkFails, "a web page"},
		{"a film", video, kinds("video/mp4", 3<<20), LinkWorks, ""},
		{"a film larger than it says", video, kinds("video/mp4", 5<<20), LinkFails,
			"it has 5 MB, the campaign says 3 MB"},
		{"a film that is none", video, kinds("text/plain", 9), LinkFails, "not a video"},
	} {
		f := Campaign{Message: tt.message}.Links(limits)[0].Judge(tt.answer)
		if f.State != tt.state || !strings.Contains(f.Line().String(), tt.says) ||
			(tt.says == "") != (len(f.Problems) == 0) {
			t.Errorf("%s: %s %q, want %s %q", tt.name, f.State, f.Line(), tt.state, tt.says)
		}
	}
}

func TestAPlanSaysOfEachAddressWhatIsKnown(t *testing.T) {
	t.Parallel()
	c := Campaign{Message: Message{Text: "https://a.example/ https://b.example/", Button: Button{
		URL: "https://c.example/{{code}}"}}}
	links := c.Links(Limits{})
	answered := LinkAnswer{Status: 200, End: "https://a.example/"}
	p := Plan{Campaign: c, Links: []LinkFinding{links[0].Judge(answered), links[1].Judge(LinkAnswer{
		Unasked: Say("it is switched off")}), links[2].Judge(answered)}}
	facts := p.linkFacts()
	var lines []string
	for _, f := range facts {
		lines = append(lines, fmt.Sprint(f.Warns, " ", f.Text))
	}
	want := []string{
		"true text https://b.example/: not checked: it is switched off",
		"false button goes to https://c.example/: the site answers; what follows is each person's own and was " +
			"not opened",
		"false 1 address answers over https://"}
	if !slices.Equal(lines, want) || facts[0].Label.Text != "links" {
		t.Errorf("%q, want %q", lines, want)
	}
}
