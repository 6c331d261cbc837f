package smsby

import (
	"bytes"
	"cmp"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
)

// DecodeCallback reads callbacks, whose payload the documents do not describe: they only say that
// "the response on the method operation in asynchronous mode" is sent. It is assumed to be the
// answer of statusBulkViber, whole or one element of it, with or without the uuid of the call, as
// JSON or as a form. If it contains more or something else, the body is kept as unknown. Times
// without a zone are in the account's zone.
func DecodeCallback(a model.Account) vendors.Decoder {
	zone := a.Location()
	return func(body []byte) (model.CallbackEvent, error) {
		if vendors.TooDeep(body) {
			return model.CallbackEvent{Unknown: string(body)}, nil
		}
		reported, err := guess(body)
		if err != nil {
			return model.CallbackEvent{}, err
		}
		g := guessed{zone: zone, mailings: map[string]bool{}}
		for _, what := range reported {
			g.add(what, 1)
		}
		e := model.CallbackEvent{CampaignRef: g.uuid, OfCall: true, People: g.people}
		if len(g.mailings) == 1 && g.uuid == "" { // people of several mailings are found by their deliveries or phones
			for id := range g.mailings {
				e.CampaignRef = id
			}
		}
		if g.strange || g.uuid == "" && len(g.mailings) == 0 && len(g.people) == 0 {
			e.Unknown = cmp.Or(string(body), "an empty body")
		}
		return e, nil
	}
}

// saying is a statusBulkViber element, one of its deliveries, or the answer to a send with its
// possible fields.
type saying struct {
	UUID       vendors.String               `json:"uuid"`
	MessageID  vendors.String               `json:"message_id"`
	Success    json.RawMessage              `json:"success"` // deliveries, or "OK"
	Errors     vendors.List[vendors.String] `json:"errors"`
	Error      vendors.String               `json:"error"`
	Result     json.RawMessage              `json:"result"`
	Messages   json.RawMessage              `json:"messages"`
	DeliveryID vendors.String               `json:"delivery_id"`
	Phone      vendors.String               `json:"phone"`
	Status     vendors.String               `json:"status"`
	StatusTime vendors.String               `json:"status_time"`
	ErrorCode  vendors.String               `json:"error_code"`
}

// guess reads a body as JSON or, failing that, as a form; a form may contain JSON in one of its
// fields.
func guess(body []byte) ([]saying, error) {
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
	if bytes.HasPrefix(body, []byte("{")) || bytes.HasPrefix(body, []byte("[")) {
		return sayings(body)
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, err
	}
	var reported []saying
	plain := map[string]string{}
	for name, values := range form {
		for _, v := range values {
			if strings.HasPrefix(v, "{") || strings.HasPrefix(v, "[") {
				inner, err := sayings([]byte(v))
				if err != nil {
					return nil, err
				}
				reported = append(reported, inner...)
				continue
			}
			plain[name] = v
		}
	}
	encoded, err := json.Marshal(plain)
	if err != nil {
		return nil, err
	}
	outer, err := sayings(encoded)
	return append(outer, reported...), err
}

func sayings(body []byte) ([]saying, error) {
	if body[0] == '{' {
		body = slices.Concat([]byte("["), body, []byte("]"))
	}
	var reported []saying
	err := vendors.Decode(body, &reported)
	return reported, err
}

// mostDepth is how deeply elements may be nested.
const mostDepth = 4

// guessed collects the contents of sayings.
type guessed struct {
	zone     *time.Location
	uuid     string          // the call's uuid: it is known from the start, and the call carries one mailing
	mailings map[string]bool // by their ids
	people   []model.Recipient
	strange  bool // something in it was not understood
}

func (g *guessed) add(s saying, depth int) {
	if uuid := s.UUID.Line(); uuid != "" {
		g.strange = g.strange || g.uuid != "" && g.uuid != uuid
		g.uuid = uuid
	}
	if id := s.MessageID.Line(); id != "" {
		g.mailings[id] = true
	}
	if len(s.Errors) > 0 || s.Error != "" {
		g.strange = true // words about the mailing as a whole, which a person has to read
	}
	if s.Phone != "" || s.DeliveryID != "" {
		g.person(s)
	}
	for _, inner := range []json.RawMessage{s.Success, s.Result, s.Messages} {
		inner = bytes.TrimSpace(inner)
		if len(inner) == 0 || inner[0] != '{' && inner[0] != '[' {
			continue
		}
		if depth == mostDepth {
			g.strange = true
			continue
		}
		deeper, err := sayings(inner)
		g.strange = g.strange || err != nil
		for _, what := range deeper {
			g.add(what, depth+1)
		}
	}
}

func (g *guessed) person(s saying) {
	status, known := deliveryWords[strings.ToUpper(strings.TrimSpace(string(s.Status)))]
	if !known { // an unrecognised word must not turn a known status into an unknown one
		g.strange = true
		return
	}
	r := model.Recipient{Status: status, VendorStatus: s.Status.Line(), VendorID: s.DeliveryID.Line(),
		UpdatedAt: vendors.ParseTime(string(s.StatusTime), g.zone)}
	if phone, ok := model.PhoneFromVendor(string(s.Phone)); ok {
		r.Phone = phone
	}
	if code := s.ErrorCode.Line(); code != "" && code != "0" {
		r.Reason = model.Say("error code %s", code)
	}
	if r.Phone == 0 && r.VendorID == "" {
		g.strange = true
		return
	}
	g.people = append(g.people, r)
}
