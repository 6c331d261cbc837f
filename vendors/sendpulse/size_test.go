package sendpulse_test

import (
	"bufio"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"testing"

	"viberdeck/model"
)

// manyPeople serves a campaign of so many people as one answer; with none it never ends.
func manyPeople(t testing.TB, people int) model.Account {
	t.Helper()
	token := recorded(t, "token.json")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			_, _ = fmt.Fprint(w, token)
			return
		}
		out := bufio.NewWriter(w)
		_, err := fmt.Fprint(out, `{"recipients":[`)
		for i := 0; err == nil && (people == 0 || i < people); i++ {
			comma := ","
			if i == 0 {
				comma = ""
			}
			_, err = fmt.Fprintf(out, `%s{"phone":38050%07d,"address_book_id":null,"status":"delivered",`+
				`"send_date":"2027-01-28 20:10:43","price":0.049,"currency":"EUR","last_update":"2027-01-28 20:11:00"}`,
				comma, i)
		}
		if err == nil {
			_, _ = fmt.Fprint(out, `]}`)
			_ = out.Flush()
		}
	}))
	t.Cleanup(server.Close)
	return model.Account{Name: "shop-ua", Vendor: model.SendPulse, BaseURL: server.URL, TimeZone: "Europe/Kyiv",
		Secrets: model.Secrets{"client_id": {Value: "id-of-nobody"}, "client_secret": {Value: "secret-of-nobody"}}}
}

// readMany reads such a campaign: how many people were read, and how much memory was in use beside
// what was before, at most.
func readMany(t testing.TB, account model.Account) (people int, most uint64, err error) {
	t.Helper()
	inUse := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := inUse()
	n := 0
	for page, failed := range adapterOf(t, account).Recipients(t.Context(), "44") {
		people, err = people+len(page), failed
		if n++; n%50 == 0 {
			most = max(most, max(inUse(), before)-before)
		}
	}
	return people, most, err
}

func TestALargeCampaignIsReadInLittleMemory(t *testing.T) {
	const people = 100_000
	got, most, err := readMany(t, manyPeople(t, people))
	if err != nil || got != people || most > 16<<20 {
		t.Errorf("%d people, %d MiB beside, %v", got, most>>20, err)
	}
}

func TestAnEndlessCampaignEnds(t *testing.T) {
	t.Parallel()
	if people, _, err := readMany(t, manyPeople(t, 0)); model.KindOf(err) != model.KindOffline || people != 0 {
		t.Errorf("%d people, %v", people, err)
	}
}

func BenchmarkACampaignOfAMillionIsRead(b *testing.B) {
	const people = 1_000_000
	account := manyPeople(b, people)
	var most uint64
	for b.Loop() {
		got, used, err := readMany(b, account)
		if err != nil || got != people {
			b.Fatal(got, err)
		}
		most = max(most, used)
	}
	b.ReportMetric(float64(people)*float64(b.N)/b.Elapsed().Seconds(), "people/s")
	b.ReportMetric(float64(most>>20), "MiB")
}
