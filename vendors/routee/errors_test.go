package routee_test

import (
	"errors"
	"fmt"
	"testing"

	"viberdeck/model"
	"viberdeck/vendors/routee"
)

func TestEveryDocumentedErrorIsRecognised(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status      int
		code, inner string
		words       string
		kind        model.Kind
		field       string
	}{
		{400, "400001009", "", "You don't have enough balance to send the campaign.", model.KindMoney, ""},
		{400, "400019002", "001",
			"The recipient numbers are not in the correct format (mobile numbers) or your array of numbers contains " +
				"at least one wrong number.", model.KindInvalid, "phones"},
		{400, "400000000", "", "The provided image URL should be valid.", model.KindInvalid, "image_url"},
		{400, "400000000", "", "The image URL length must be up to 1000 characters.", model.KindInvalid, "image_url"},
		{400, "400000000", "", "The provided image URL should be secure, starting with https:/", model.KindInvalid,
			"image_url"},
		{400, "400019002", "007",
			"Your campaign has wrong message type combination. The supported types are: Text, Image, File, Text + " +
				"Action, Text + Action + Image.", model.KindInvalid, "text"},
		{400, "400000000", "", "The value of ttl must be less than or equal to 86400.", model.KindInvalid, "lifetime"},
		{404, "404002001", "", "A contact id does not exist.", model.KindNotFound, "phones"},
		{404, "404020001", "", "The sender ID is not correct.", model.KindNotFound, "sender"},
		{409, "409009003", "", "Your account already has a campaign with the given name.", model.KindConflict, "name"},
		{400, "400019002", "019", "Invalid file type (e.g. HTML)", model.KindInvalid, "file.type"},
		{400, "400019002", "016", "File larger than 600 KB", model.KindInvalid, "file.url"},
		{400, "400019002", "020",
			"Provided ViberCampaign is a session one, but its type is invalid. Supported session types are: " +
				"Text-Only, Image and File.", model.KindInvalid, "class"},
		{400, "400000000", "", "SRVC_BAD_THUMBNAIL In case the thumbnail URL is complied of more than 1000.",
			model.KindInvalid, "video.thumbnail"},
		{400, "400000000", "", "The size of the video file is bigger than 200MB.", model.KindInvalid, "video.size_mb"},
		{400, "400000000", "", "The video duration is bigger than 600 seconds.", model.KindInvalid, "video.duration_s"},
		{400, "400019002", "",
			"Campaign has wrong message type combination. The supported types are: " +
				"Video, Video+Text, Video+Text+Image.", model.KindInvalid, "video"},
		{400, "400019002", "", "Viber Video message is not supported by Viber Session message.", model.KindInvalid,
			"class"},
		{404, "404001001", "", "The account does not exist.", model.KindDenied, ""},
		{404, "404019006", "", "The tracking id does not exist.", model.KindNotFound, ""},
	} {
		answers := []string{fmt.Sprintf(`{"code":%q,"developerMessage":%q}`, c.code, c.words)}
		if c.inner != "" {
			answers = []string{
				fmt.Sprintf(`{"code":%q,"developerMessage":%q,"properties":{"errorCode":%q}}`, c.code, c.words,
					c.inner),
				fmt.Sprintf(`{"code":%s,"developerMessage":%q,"errorCode":%q}`, c.code, c.words, c.inner),
				fmt.Sprintf(`{"code":%q,"developerMessage":%q}`, c.code, "(errorCode: "+c.inner+") "+c.words),
				fmt.Sprintf(`{"code":%q,"developerMessage":%q,"properties":[]}`, c.code, c.words+" errorCode="+c.inner),
			}
		}
		for _, answer := range answers {
			f := newFake(t, map[string][]string{send: {fmt.Sprintf("%d %s", c.status, answer)}})
			_, err := adapter(t, f).Send(t.Context(), nil, batch())
			e, ok := errors.AsType[*model.Error](err)
			want := c.code
			if c.inner != "" {
				want += "/" + c.inner
			}
			if !ok || e.Kind != c.kind || e.Field != c.field || e.Code != want || e.Fate != model.FateRefused ||
				e.Text.String() == "" || e.Vendor == "" {
				t.Errorf("%s:\n%#v", answer, err)
			}
		}
	}
}

func TestAFieldThatRouteeNamesIsNamedAsTheCampaignFileHasIt(t *testing.T) {
	t.Parallel()
	for property, field := range map[string]string{
		"campaignName": "name", "senderInfoTrackingId": "sender", "scheduledDate": "send_at",
		"body.action.caption": "button.caption", "body.action.targetUrl": "button.url",
		"body.viberFile.fileName": "file.name", "body.viberFile.fileUrl": "file.url",
		"body.viberVideo.videoURL": "video.url", "callbackUrl": "callback_url",
		"inboundUrl": "inbound_url", "ttl": "lifetime", "body.imageURL": "image_url",
	} {
		f := newFake(t, map[string][]string{send: {
			fmt.Sprintf(`400 {"code":"400000000","developerMessage":"Validation failed","properties":{%q:"may not be so"}}`, property)}})
		_, err := adapter(t, f).Send(t.Context(), nil, batch())
		if e, ok := errors.AsType[*model.Error](err); !ok || e.Field != field || e.Kind != model.KindInvalid {
			t.Errorf("%s: %#v", property, err)
		}
	}
}

func TestTheTableOfRefusalsIsWhole(t *testing.T) {
	t.Parallel()
	table := routee.Refusals()
	for _, r := range table {
		if r.Kind == "" || r.Text == "" {
			t.Errorf("%+v has no kind or no sentence", r)
		}
	}
	table[0].Text = "changed"
	if routee.Refusals()[0].Text == "changed" {
		t.Error("the table can be changed from outside")
	}
}
