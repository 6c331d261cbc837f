package smsby_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"viberdeck/model"
	"viberdeck/vendors/smsby"
)

func TestSMSbysCallbackIsTakenForWhatItsStatusMethodAnswers(t *testing.T) {
	t.Parallel()
	decode := smsby.DecodeCallback(model.Account{TimeZone: "Europe/Minsk"})
	const people = `[{"delivery_id":17,"phone":"375290000001","status":"READ","status_time":"2026-02-02 12:00:00","error_code":0},
		{"delivery_id":"18","phone":375290000002,"status":"undelivered","error_code":"5"}]`
	const both = "17 +375290000001 read 09:00 , 18 +375290000002 undelivered 00:00 error code 5, "
	for _, c := range []struct {
		name, body, ref, people string
		unknown                 bool
	}{
		{"the answer to the send", `{"uuid":"cc9c8043","success":"OK"}`, "cc9c8043", "", false},
		{"as a form", `uuid=cc9c8043&success=OK`, "cc9c8043", "", false},
		{"status elements", `[{"message_id":5,"name":"sale","alphaname_id":4,"success":` + people + `}]`, "5", both,
			false},
		{"one element", `{"message_id":"5","success":` + people + `}`, "5", both, false},
		{"elements with the uuid", `{"uuid":"u1","result":[{"message_id":5,"success":` + people + `}]}`, "u1", both,
			false},
		{"elements of two mailings", `[{"message_id":5,"success":` + people + `},{"message_id":6,"success":[]}]`, "",
			both, false},
		{"one delivery in a form",
			`message_id=5&delivery_id=17&phone=375290000001&status=READ&status_time=2026-02-02+12%3A00%3A00`, "5",
			"17 +375290000001 read 09:00 , ", false},
		{"JSON in a form", `data=%7B%22uuid%22%3A%22u1%22%7D`, "u1", "", false},
		{"errors beside success", `[{"message_id":5,"success":` + people +
			`},{"errors":["sale: incorrect phone number"]}]`, "5", both, true},
		{"a word that nobody knows", `{"message_id":5,"success":[{"phone":"375290000001","status":"TELEPORTED"}]}`, "5",
			"", true},
		{"a delivery of nobody", `{"message_id":5,"success":[{"phone":"none","status":"READ"}]}`, "5", "", true},
		{"something else", `{"event":"ping"}`, "", "", true},
		{"an empty list", `[]`, "", "", true},
		{"deep nesting", strings.Repeat(`{"result":`, 2000) + "1" + strings.Repeat("}", 2000), "", "", true},
	} {
		e, err := decode([]byte(c.body))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var got strings.Builder
		for _, p := range e.People {
			fmt.Fprintf(&got, "%s %s %s %s %s, ", p.VendorID, p.Phone, p.Status, p.UpdatedAt.Format("15:04"), p.Reason)
		}
		if e.CampaignRef != c.ref || got.String() != c.people || (e.Unknown != "") != c.unknown {
			t.Errorf("%s: ref %q, people %q, unknown %.40q", c.name, e.CampaignRef, got.String(), e.Unknown)
		}
	}
	for _, body := range []string{`{"uuid":`, "[1]", `"text"%zz`, "data={]"} {
		if e, err := decode([]byte(body)); err == nil && e.Unknown == "" {
			t.Errorf("%s is understood: %+v", body, e)
		}
	}
}

func FuzzDecodeCallback(f *testing.F) {
	f.Add([]byte(nil))
	f.Add([]byte(`{"uuid":"u","success":"OK"}`))
	f.Add([]byte(`[{"message_id":1,"success":[{"phone":375290000001,"status":"READ"}]},{"errors":["x"]}]`))
	f.Add([]byte(url.Values{"data": {`{"uuid":1}`}, "status": {"READ"}, "phone": {"375290000001"}}.Encode()))
	f.Fuzz(func(t *testing.T, body []byte) {
		e, err := smsby.DecodeCallback(model.Account{})(body)
		if err == nil && e.Unknown == "" && e.CampaignRef == "" && len(e.People) == 0 {
			t.Errorf("%q says nothing and is not kept", body)
		}
		for _, p := range e.People {
			if p.Status == model.StatusUnknown || p.Phone == 0 && p.VendorID == "" {
				t.Errorf("%q gives %+v", body, p)
			}
		}
	})
}
