package model

import (
	"strings"
	"testing"
	"time"
)

func TestRowsAreWrittenByTheSameRulesAsJSONLinesAndAsCSV(t *testing.T) {
	t.Parallel()
	r := Recipient{Account: "minsk", Campaign: 3, Phone: 375291111111, Status: StatusRead,
		Reason:    Data("=HYPERLINK(1)"),
		UpdatedAt: time.Unix(0, 0)}
	var asJSON, asCSV, none strings.Builder
	for w, out := range map[*strings.Builder]RowWriter[Recipient]{
		&asJSON: NewJSONLines(&asJSON, RecipientFields()), &asCSV: NewCSV(&asCSV, RecipientFields())} {
		if err := out.Row(r); err != nil {
			t.Fatal(err)
		}
		if w.Len() > 0 {
			t.Error("a row was written one by one")
		}
		if err := out.End(); err != nil {
			t.Fatal(err)
		}
	}
	const wantJSON = `{"account":"minsk","campaign":"c3","contact":null,"phone":"+375291111111","status":"read","vendor_status":null,"reason":"=HYPERLINK(1)",` +
		`"price":null,"currency":null,"updated_at":"1970-01-01T00:00:00Z","message_id":null,"campaign_name":null,"list":null}` +
		"\n"
	if asJSON.String() != wantJSON {
		t.Errorf("got %s", asJSON.String())
	}
	lines := strings.Split(asCSV.String(), "\n")
	if lines[0] != "account,campaign,contact,phone,status,vendor_status,reason,price,currency,updated_at,message_id,campaign_name,list" ||
		strings.Contains(lines[1], ",=HYPER") {
		t.Errorf("got %s", asCSV.String())
	}
	if err := NewCSV(&none, SenderFields()).End(); err != nil ||
		none.String() != "account,id,name,state,vendor_state,country,comment,traffic\n" {
		t.Errorf("without rows: %q, %v", none.String(), err)
	}
}

func TestEveryFieldOfAListHasANameOfItsOwn(t *testing.T) {
	t.Parallel()
	once := func(names []string) {
		t.Helper()
		seen := map[string]bool{}
		for _, n := range names {
			if n == "" || seen[n] {
				t.Errorf("the field %q is there twice or has no name", n)
			}
			seen[n] = true
		}
	}
	once(namesOf(CampaignFields()))
	once(namesOf(RecipientFields()))
	once(namesOf(ReplyFields()))
	once(namesOf(SenderFields()))
	once(namesOf(BlacklistFields()))
	once(namesOf(StatisticsFields()))
	once(namesOf(OutboxFields()))
	once(namesOf(LogFields()))
}

func namesOf[T any](fields []RowField[T]) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	return names
}
