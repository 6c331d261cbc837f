package model

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// LinkState is what is known about an address in a message.
type LinkState string

// The states of an address.
const (
	LinkWorks     LinkState = "works"
	LinkFails     LinkState = "fails"
	LinkUnchecked LinkState = "not checked"
)

// linkContent is the kind of content required at an address.
type linkContent int

const (
	aPage linkContent = iota
	anImage
	aFile
	aVideo
)

// Link is an address to which a message sends people, their phones or the vendor.
type Link struct {
	Field string // of the campaign: text, button.url, image_url, file.url, video.url, video.thumbnail
	URL   string
	// Own says that the address contains columns. URL is then its site only: an address made for
	// one person may work only once.
	Own bool
	// MostKB is how large its content may be according to the vendor's document, in units of 1024
	// bytes; 0: no limit is stated.
	MostKB int64
	holds  linkContent
	name   Word  // of the field
	sizeMB int64 // of a film, as the campaign states it
}

// LinkAnswer is the result of requesting an address.
type LinkAnswer struct {
	Status int    // 0: nothing answered
	End    string // the address that answered, after redirects
	Type   string // of the content, from its first bytes, else its header
	Bytes  Figure // the size of the content
	// Failure says why there was no answer, Unasked why the address was not requested.
	Failure, Unasked Text
}

// LinkFinding is what is known about an address.
type LinkFinding struct {
	Link
	State    LinkState
	Problems []Text
}

// addressInText finds the addresses in a text; a column in one is columnMark.
var addressInText = NewPattern(`(?i)https?://[^\s<>"«»“”]+`)

const columnMark = "\x00"

// Links returns the addresses of the campaign's message, each once.
func (c Campaign) Links(l Limits) []Link {
	m := c.Message
	var all []Link
	add := func(field string, name Word, address string, of Link) {
		of.Field, of.name, of.URL = field, name, address
		if i := strings.Index(address, columnMark); i >= 0 {
			u, err := url.Parse(address[:i])
			if err != nil || u.Hostname() == "" || !strings.Contains(address[len(u.Scheme)+3:i], "/") {
				return // a column in the host is refused earlier
			}
			of.Own, of.URL = true, u.Scheme+"://"+u.Host+"/"
		}
		same := func(other Link) bool { return other.URL == of.URL && other.holds == of.holds && other.Own == of.Own }
		if of.URL != "" && !slices.ContainsFunc(all, same) {
			all = append(all, of)
		}
	}
	for _, address := range addressInText().FindAllString(marked(m.Text), -1) {
		add("text", Word{"form", "text"}, withoutEnd(address), Link{})
	}
	add("button.url", Word{"form", "button goes to"}, marked(m.Button.URL), Link{})
	add("image_url", Word{"form", "image"}, m.ImageURL, Link{holds: anImage, MostKB: l.ImageKB})
	add("file.url", Word{"form", "file at"}, m.File.URL, Link{holds: aFile, MostKB: l.FileKB})
	add("video.url", Word{"form", "video at"}, m.Video.URL, Link{holds: aVideo, MostKB: int64(l.VideoSizeMB) << 10,
		sizeMB: int64(m.Video.SizeMB)})
	add("video.thumbnail", Word{"form", "its picture at"}, m.Video.Thumbnail, Link{holds: anImage})
	return all
}

// marked returns a text with a mark in place of each column.
func marked(text string) string {
	t, err := ParseTemplate(text)
	if err != nil {
		return "" // it is refused earlier
	}
	return t.Encode(func(string, string) string { return columnMark })
}

// withoutEnd removes what belongs to the sentence around an address.
func withoutEnd(address string) string {
	for {
		short := strings.TrimRight(address, ".,;:!?…'’")
		for _, pair := range []string{"()", "[]", "{}"} {
			if strings.HasSuffix(short, pair[1:]) && !strings.Contains(short, pair[:1]) {
				short = short[:len(short)-1]
			}
		}
		if short == address {
			return address
		}
		address = short
	}
}

// Judge returns what an answer means for the message.
func (l Link) Judge(a LinkAnswer) LinkFinding {
	f := LinkFinding{Link: l, State: LinkWorks}
	if !a.Unasked.IsZero() {
		f.State, f.Problems = LinkUnchecked, []Text{Say("not checked: %s", a.Unasked)}
		return f
	}
	wrong := func(problem Text) { f.State, f.Problems = LinkFails, append(f.Problems, problem) }
	if !a.Failure.IsZero() {
		wrong(a.Failure)
		return f
	}
	if !strings.HasPrefix(strings.ToLower(a.End), "https://") {
		wrong(Say("it is not secure: it leads to an http:// address"))
	}
	switch {
	case l.Own:
		return f
	case a.Status == http.StatusTooManyRequests:
		return l.Judge(LinkAnswer{Unasked: Say("the site asks for fewer requests (%d)", int64(a.Status))})
	case a.Status < 200 || a.Status > 299:
		wrong(Say("it answers %d %s", int64(a.Status), http.StatusText(a.Status)))
		return f
	}
	if problem := l.content(a.Type); !problem.IsZero() {
		wrong(problem)
	}
	kb := (a.Bytes.N + 1023) >> 10
	switch {
	case l.MostKB > 0 && !a.Bytes.Known:
		wrong(Say("its size is unknown: the vendor's document allows at most %d KB", l.MostKB))
	case l.MostKB > 0 && kb > l.MostKB:
		wrong(Say("it has %d KB, the vendor's document allows at most %d KB", kb, l.MostKB))
	case l.sizeMB > 0 && a.Bytes.Known && (kb+1023)>>10 > l.sizeMB:
		wrong(Say("it has %d MB, the campaign says %d MB", (kb+1023)>>10, l.sizeMB))
	}
	return f
}

// content says so if the content at the address is of another kind than required.
func (l Link) content(found string) Text {
	found, _, _ = strings.Cut(found, ";")
	kind, _, _ := strings.Cut(found, "/")
	switch {
	case l.holds == anImage && kind != "image":
		return Say("it is not an image, but %s", found)
	case l.holds == aVideo && kind != "video" && found != "application/octet-stream":
		return Say("it is not a video, but %s", found)
	case l.holds == aFile && found == "text/html":
		return Say("it is not a file, but a web page")
	}
	return Text{}
}

// LinkCheck returns the function that checks the addresses of a message: ask, or, if checking is
// switched off, one that says so.
func LinkCheck(on bool, ask func(context.Context, Campaign) []LinkFinding) func(context.Context,
	Campaign) []LinkFinding {
	if on || ask == nil {
		return ask
	}
	return func(_ context.Context, c Campaign) []LinkFinding {
		return UncheckedLinks(c.Links(Limits{}), Say("it is switched off"))
	}
}

// UncheckedLinks returns the findings for addresses that were not requested, and why.
func UncheckedLinks(links []Link, why Text) []LinkFinding {
	all := make([]LinkFinding, len(links))
	for i, l := range links {
		all[i] = l.Judge(LinkAnswer{Unasked: why})
	}
	return all
}

// shownAddress is how many characters of an address a line about it shows.
const shownAddress = 60

// Line says what is known about the address.
func (f LinkFinding) Line() Text {
	address := []rune(SanitiseLine(f.URL))
	if len(address) > shownAddress {
		address = append(address[:shownAddress-1:shownAddress-1], '…')
	}
	what := ListedBy("; ", f.Problems)
	switch {
	case len(f.Problems) > 0:
	case f.Own:
		what = ListedBy("", []Text{Say("the site answers; what follows is each person's own and was not opened")})
	default:
		what = ListedBy("", []Text{Say("it answers")})
	}
	return Say("%s %s: %s", f.name, string(address), what)
}

// linkFacts says what is known about the addresses; of those that work it gives only the number.
func (p Plan) linkFacts() []PlanFact {
	var all []PlanFact
	works := 0
	for _, f := range p.Links {
		switch {
		case f.State != LinkWorks:
			all = append(all, PlanFact{Text: f.Line(), Warns: true})
		case f.Own:
			all = append(all, PlanFact{Text: f.Line()})
		default:
			works++
		}
	}
	if works > 0 {
		all = append(all, PlanFact{Text: Say("%s over https://",
			Counted(works, "address answers", "addresses answer"))})
	}
	if len(all) > 0 {
		all[0].Label = Word{"confirm", "links"}
	}
	return all
}
