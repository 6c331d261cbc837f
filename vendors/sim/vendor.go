package sim

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// vendor is one simulated API. The world calls it for one request at a time, so it needs no locks.
type vendor interface {
	// operation is the vendor's name for the call at a path below the mount (no trailing slash);
	// empty if there is none.
	operation(method, path string) string
	// serve handles the call.
	serve(c *call) reply
	// unreadable answers a request whose parameters cannot be decoded.
	unreadable(err error) reply
	// limited is the vendor's HTTP 429.
	limited() reply
	// expire invalidates the token of the call and answers as the vendor does to an invalid token.
	expire(c *call) reply
}

// opAccessToken is the operation that issues tokens, at vendors that have one.
const opAccessToken = "accessToken"

// mount is a path prefix of a vendor; a vendor may have several.
type mount struct {
	prefix string // "/smsby"
	name   string // vendor's name in faults, ledger and requests
	vendor vendor
}

// call is one request to a vendor.
type call struct {
	op     string
	method string
	path   string // below the mount, no trailing slash
	header http.Header
	params params
	now    time.Time
	atOnce int // concurrent calls at this vendor, including this one
}

// setting is shared by all vendors of a world.
type setting struct {
	clock     clock
	seed      uint64
	scenario  string
	young     bool // without past campaigns
	book      *book
	post      *postbox
	perSecond float64 // SendPulse's requests per second
}

func (s setting) busy() bool { return s.scenario == Busy }

// otherSpellings reports whether Routee accepts only the less usual of two forms in which its
// sources spell something.
func (s setting) otherSpellings() bool { return s.scenario == OtherSpellings }

func (s setting) drill() bool { return s.scenario == FireDrill }

// replyShare is the share of readers in the seeded history who reply: some 40 people, 600 in the
// busy world.
func (s setting) replyShare() float64 {
	if s.busy() {
		return 0.035
	}
	return 0.09
}

// liveReplyShare is the share for messages sent by a client of the simulator, high enough for
// people to see something happen.
const liveReplyShare = 0.2

// reply is a vendor's answer: a value to be encoded as JSON, or raw bytes.
type reply struct {
	status      int
	contentType string // empty: JSON
	body        any
	raw         []byte
	php         bool // escape like PHP's json_encode by default
}

func (rep reply) bytes() []byte {
	if rep.raw != nil {
		return rep.raw
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(rep.body); err != nil {
		return fmt.Appendf(nil, "%q", err.Error())
	}
	text := bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	if rep.php {
		return phpEscape(text)
	}
	return text
}

// phpEscape rewrites JSON as PHP would: \/ for the slash, and \u with four hexadecimal digits for
// everything outside ASCII. Neither occurs outside strings.
func phpEscape(text []byte) []byte {
	out := make([]byte, 0, len(text)*2)
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		text = text[size:]
		switch {
		case r == '/':
			out = append(out, '\\', '/')
		case r < utf8.RuneSelf:
			out = append(out, byte(r))
		case r > 0xffff:
			hi, lo := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, hi, lo)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
	}
	return out
}

func (rep reply) head(w http.ResponseWriter) {
	contentType := rep.contentType
	if contentType == "" {
		contentType = "application/json"
	}
	w.Header().Set("Content-Type", contentType)
}

func (rep reply) write(w http.ResponseWriter) {
	body := rep.bytes()
	rep.head(w)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(rep.status)
	_, _ = w.Write(body) // the client may be gone
}

// page returns a page of a list; most is the vendor's longest page.
func page[T any](items []T, offset, limit, most int64) []T {
	if limit <= 0 || limit > most {
		limit = most
	}
	offset = min(max(offset, 0), int64(len(items)))
	return items[offset:min(offset+limit, int64(len(items)))]
}
