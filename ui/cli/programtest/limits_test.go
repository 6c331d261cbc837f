package programtest_test

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"viberdeck/vendors/sim"
)

// breach is a campaign that breaks one documented limit: what the campaign file contains in
// addition to or instead of a valid one.
type breach struct {
	breaks string
	field  string // which the error names
	with   map[string]string
}

// rightCampaign is a campaign file that the account's vendor takes, as TOML values.
func rightCampaign(account string) map[string]string {
	file := map[string]string{"account": strconv.Quote(account), "name": `"Autumn sale"`, "phones": `["+375291000001"]`}
	switch account {
	case "loyalty":
		file["template"], file["contact_list"] = strconv.Quote(sim.WooxyTemplate), strconv.Quote(sim.WooxyLargeList)
	case "promo-gr":
		file["sender"], file["text"] = strconv.Quote(sim.RouteeSender), `"Hello"`
	case "shop-ua":
		file["sender"], file["text"] = `"4495"`, `"Hello"`
	default:
		file["sender"], file["text"] = `"444"`, `"Hello"`
	}
	return file
}

type toml = map[string]string

// long returns a quoted text of n characters that begins with the given one.
func long(start string, n int) string {
	return strconv.Quote(start + strings.Repeat("a", n-len(start)))
}

const (
	picture = `"https://example.com/a.png"`
	shop    = `{ caption = "Shop", url = "https://example.com" }`
	paper   = `{ name = "price.pdf", type = "pdf", url = "https://example.com/price.pdf" }`
	film    = `{ url = "https://example.com/a.mp4", thumbnail = "https://example.com/a.jpg", size_mb = 20, duration_s = 60 }`
)

func wooxyBreaches() []breach {
	return []breach{
		{"templateId is required", "template", toml{"template": `""`}},
		{"only templates are sent", "template", toml{"text": `"Hello"`}},
		{"ttl of at least 30 minutes", "lifetime", toml{"lifetime": `"29m59s"`}},
		{"ttl of at most 72 hours", "lifetime", toml{"lifetime": `"72h1s"`}},
		{"ttl in seconds", "lifetime", toml{"lifetime": `"30m1.5s"`}},
		{"a tag of at most 50 characters", "tags", toml{"tags": "[" + long("", 51) + "]"}},
		{"no tag that begins with an underscore", "tags", toml{"tags": `["_internal"]`}},
		{"no empty tag", "tags", toml{"tags": `["sale", ""]`}},
		{"device is all or phone", "device", toml{"device": `"desktop"`}},
		{"the name of a variable is not empty", "variables", toml{"variables": `{ "" = "x" }`}},
		{"the name of a variable is one", "variables", toml{"variables": `{ "first name" = "x" }`}},
		{"no time is handed over", "hand_over", toml{"send_at": "2099-12-01T10:00:00+02:00", "hand_over": "true"}},
		{"paced here over at most a day", "stretch", toml{"stretch": `"25h"`}},
		{"no SMS fallback", "sms_fallback", toml{"sms_fallback": `{ text = "Hello" }`}},
		{"no label", "label", toml{"label": `"sale"`}},
		{"no address for replies", "inbound_url", toml{"inbound_url": `"https://example.com/in"`}},
		{"no callback of one campaign", "callback_url", toml{"callback_url": `"https://example.com/cb"`}},
		{"no session", "class", toml{"class": `"session"`}},
		{"tags are a list", "tags", toml{"tags": `"sale"`}},
		{"ttl is positive", "lifetime", toml{"lifetime": `"-1h"`}},
		{"contacts are named", "list", toml{"list": `"everybody"`, "phones": "[]"}},
	}
}

func smsbyBreaches() []breach {
	return []breach{
		{"a text of at most 1000 characters", "text", toml{"text": long("", 1001)}},
		{"button_link of at most 150 characters", "button.url",
			toml{"image_url": picture, "button": "{ caption = \"Shop\", url = " + long("https://example.com/", 151) +
				" }"}},
		{"button_link is required", "button.url", toml{"image_url": picture, "button": `{ caption = "Shop" }`}},
		{"the caption is required", "button.caption",
			toml{"image_url": picture, "button": `{ url = "https://example.com" }`}},
		{"a caption of at most 30 characters", "button.caption",
			toml{"image_url": picture, "button": "{ url = \"https://example.com\", caption = " + long("", 31) + " }"}},
		{"the button variant has an image", "image_url", toml{"button": shop}},
		{"an image is for all alike", "image_url",
			toml{"text": `""`, "image_url": `"https://example.com/{{name}}.png"`}},
		{"forwarding after at least 5 minutes", "sms_fallback.after", toml{"sms_fallback": `{ after = "4m" }`}},
		{"forwarding after at most 60 minutes", "sms_fallback.after", toml{"sms_fallback": `{ after = "61m" }`}},
		{"forwarding after whole minutes", "sms_fallback.after", toml{"sms_fallback": `{ after = "5m30s" }`}},
		{"forwarding sends the same text", "sms_fallback.text",
			toml{"sms_fallback": `{ after = "10m", text = "Another" }`}},
		{"alphaname_id is a number", "sms_fallback.sender",
			toml{"sms_fallback": `{ after = "10m", sender = "Brand" }`}},
		{"a quick message is not scheduled", "send_at",
			toml{"sms_fallback": `{ after = "10m" }`, "send_at": "2099-12-01T10:00:00+02:00"}},
		{"list_id is a number", "list", toml{"list": `"my list"`, "phones": "[]"}},
		{"the people of a list get one text", "list",
			toml{"list": `"501"`, "phones": "[]", "text": `"Hello {{name}}"`}},
		{"callback_url is of bulk mailings", "callback_url",
			toml{"list": `"501"`, "phones": "[]", "callback_url": `"https://example.com/cb"`}},
		{"either phones or a list", "list", toml{"list": `"501"`}},
		{"no forwarding of a list", "sms_fallback",
			toml{"list": `"501"`, "phones": "[]", "sms_fallback": `{ after = "10m" }`}},
		{"no file", "file", toml{"text": `""`, "file": paper}},
		{"no video", "video", toml{"text": `""`, "video": film}},
		{"no lifetime", "lifetime", toml{"lifetime": `"1h"`}},
		{"a scheduled time is yet to come", "send_at", toml{"send_at": "2020-12-01T10:00:00+02:00"}},
		{"a scheduled time has a zone", "send_at", toml{"send_at": "2099-12-01T10:00:00"}},
	}
}

func routeeBreaches() []breach {
	return []breach{
		{"a name of at least 2 characters", "name", toml{"name": `"A"`}},
		{"a name of at most 30 characters", "name", toml{"name": long("", 31)}},
		{"a name in Latin letters", "name", toml{"name": `"Осень"`}},
		{"a name without underscores", "name", toml{"name": `"autumn_sale"`}},
		{"a text of at most 1000 characters", "text", toml{"text": long("", 1001)}},
		{"a caption of at most 30 characters", "button.caption",
			toml{"button": "{ url = \"https://example.com\", caption = " + long("", 31) + " }"}},
		{"a caption of at least 1 character", "button.caption", toml{"button": `{ url = "https://example.com" }`}},
		{"imageURL begins with https", "image_url", toml{"text": `""`, "image_url": `"http://example.com/a.png"`}},
		{"imageURL of at most 1000 characters", "image_url",
			toml{"text": `""`, "image_url": long("https://example.com/", 1001)}},
		{"imageURL is valid", "image_url", toml{"text": `""`, "image_url": `"a.png"`}},
		{"no text with an image and no button", "button", toml{"image_url": picture}},
		{"no file with a text", "file", toml{"file": paper}},
		{"ttl of at least 30 seconds", "lifetime", toml{"lifetime": `"29s"`}},
		{"ttl of at most 86400 seconds", "lifetime", toml{"lifetime": `"86401s"`}},
		{"a label of at most 350 characters", "label", toml{"label": long("", 351)}},
		{"fileName of at most 25 characters", "file.name",
			toml{"text": `""`, "file": "{ type = \"pdf\", url = \"https://example.com/a.pdf\", name = " + long("", 26) +
				" }"}},
		{"fileType of the list", "file.type", toml{
			"text": `""`, "file": `{ name = "a.html", type = "html", url = "https://example.com/a.html" }`}},
		{"fileUrl is required", "file.url", toml{"text": `""`, "file": `{ name = "a.pdf", type = "pdf" }`}},
		{"a video of at most 200 MB", "video.size_mb",
			toml{"text": `""`, "video": strings.Replace(film, "size_mb = 20", "size_mb = 201", 1)}},
		{"a positive size", "video.size_mb", toml{
			"text": `""`, "video": strings.Replace(film, "size_mb = 20", "size_mb = 0", 1)}},
		{"a video of at most 600 seconds", "video.duration_s",
			toml{"text": `""`, "video": strings.Replace(film, "duration_s = 60", "duration_s = 601", 1)}},
		{"videoUrl begins with https", "video.url",
			toml{"text": `""`, "video": strings.Replace(film, "https://example.com/a.mp4", "http://example.com/a.mp4",
				1)}},
		{"a thumbnail's address of at most 1000 characters", "video.thumbnail",
			toml{"text": `""`, "video": strings.Replace(film, `"https://example.com/a.jpg"`,
				long("https://example.com/", 1001), 1)}},
		{"a session has no button", "class", toml{"class": `"session"`, "button": shop}},
		{"a session has no video", "class", toml{"class": `"session"`, "text": `""`, "video": film}},
		{"a transactional message is a text", "class", toml{"class": `"transactional"`, "button": shop}},
		{"a text of at most 1000 characters with its labels", "text",
			toml{"list": `"customers"`, "phones": "[]", "text": `"{{name}}` + strings.TrimPrefix(long("", 995), `"`)}},
		{"the button is the same for all", "button.url",
			toml{"list": `"customers"`, "phones": "[]",
				"button": `{ caption = "Shop", url = "https://example.com/{{code}}" }`}},
		{"labels are of contacts and groups", "text", toml{"text": `"Hello {{name|friend}}"`}},
		{"a scheduled time has a zone", "send_at", toml{"send_at": "2099-12-01T10:00:00"}},
		{"callbackUrl is an address", "callback_url", toml{"callback_url": `"example"`}},
		{"inboundUrl is an address", "inbound_url", toml{"inbound_url": `"example"`}},
		{"paced here over at most a day", "stretch", toml{"stretch": `"25h"`}},
		{"senderInfoTrackingId is required", "sender", toml{"sender": `""`}},
		{"one of to, contacts and groups is required", "phones", toml{"phones": "[]"}},
	}
}

func sendpulseBreaches() []breach {
	return []breach{
		{"a text of at most 1000 characters", "text", toml{"text": long("", 1001)}},
		{"message_live_time of at least 60 seconds", "lifetime", toml{"lifetime": `"59s"`}},
		{"message_live_time of at most 86400 seconds", "lifetime", toml{"lifetime": `"24h1s"`}},
		{"stretch_time of at most 5 hours", "stretch", toml{"stretch": `"6h"`}},
		{"stretch_time in hours", "stretch", toml{"stretch": `"90m"`}},
		{"message_type 2 or 3", "class", toml{"class": `"session"`}},
		{"a system message is a text", "class", toml{"class": `"transactional"`, "button": shop}},
		{"no system message with an image", "class",
			toml{"class": `"transactional"`, "text": `""`, "image_url": picture}},
		{"no text with an image and no button", "button", toml{"image_url": picture}},
		{"no button without a text", "text", toml{"text": `""`, "button": shop}},
		{"a button has a text", "button.caption", toml{"button": `{ url = "https://example.com" }`}},
		{"a message has something in it", "text", toml{"text": `""`}},
		{"no file", "file", toml{"text": `""`, "file": paper}},
		{"no video", "video", toml{"text": `""`, "video": film}},
		{"one text for all", "text", toml{"text": `"Hello {{name}}"`}},
		{"resend_sms has no time", "sms_fallback.after", toml{"sms_fallback": `{ text = "Hello", after = "30m" }`}},
		{"either address_book or recipients", "list", toml{"list": `"1488435"`}},
		{"address_book is a number", "list", toml{"list": `"my book"`, "phones": "[]"}},
		{"no callbacks", "callback_url", toml{"callback_url": `"https://example.com/cb"`}},
		{"sender_id is required", "sender", toml{"sender": `""`}},
		{"send_date is yet to come", "send_at", toml{"send_at": "2020-12-01T10:00:00Z"}},
		{"one of address_book and recipients is required", "phones", toml{"phones": "[]"}},
	}
}

// Each campaign breaks one documented limit. The program ends with code 2, names the field, and
// asks the vendor nothing at all.
func TestABrokenLimitIsReportedBeforeAnythingLeaves(t *testing.T) {
	t.Parallel()
	for account, breaches := range map[string][]breach{
		"loyalty": wooxyBreaches(), "minsk": smsbyBreaches(), "promo-gr": routeeBreaches(),
		"shop-ua": sendpulseBreaches(),
	} {
		t.Run(account, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, sim.Options{Vendors: sim.AllVendors()})
			b.must(0, "send", b.tomlFile(rightCampaign(account)), "--dry-run", "--json")
			for _, breach := range breaches {
				before := len(b.world.Requests())
				file := rightCampaign(account)
				maps.Copy(file, breach.with)
				r := b.run("send", b.tomlFile(file), "--confirm", "1", "--hold", "0")
				if r.code != 2 || !strings.Contains(r.err, ": "+breach.field+": ") &&
					!strings.Contains(r.err, strconv.Quote(breach.field)) {
					t.Errorf("%s: exit %d without %q:\n%s", breach.breaks, r.code, breach.field, r.err)
				}
				if asked := b.world.Requests()[before:]; len(asked) > 0 {
					t.Errorf("%s: the vendor was asked %v", breach.breaks, asked)
				}
			}
			if sends := b.world.Ledger().Sends; len(sends) > 0 {
				t.Errorf("%d messages left", len(sends))
			}
		})
	}
}

// tomlFile writes a campaign file.
func (b *bench) tomlFile(values map[string]string) string {
	var text strings.Builder
	for _, key := range slices.Sorted(maps.Keys(values)) {
		fmt.Fprintf(&text, "%s = %s\n", key, values[key])
	}
	return b.write("campaign.toml", text.String())
}
