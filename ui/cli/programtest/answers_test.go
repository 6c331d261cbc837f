package programtest_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"strings"
	"sync"
	"testing"

	"viberdeck/vendors/sim"
)

// answered returns a bench whose vendors answer each method, by the last part of its path, with the
// given answers in turn; the last one repeats. An answer that begins with < is a missing page.
func answered(t *testing.T, answers map[string][]string) *bench {
	t.Helper()
	b := newBench(t, sim.Options{Vendors: sim.AllVendors()})
	var mu sync.Mutex
	vendor := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		method := path.Base(r.URL.Path)
		queue := answers[method]
		if strings.HasSuffix(method, "token") {
			queue = []string{`{"access_token":"t","token_type":"Bearer","expires_in":3600}`}
		}
		if len(queue) > 1 {
			answers[method] = queue[1:]
		}
		if len(queue) == 0 || strings.HasPrefix(queue[0], "<") {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, queue[0])
	}))
	t.Cleanup(vendor.Close)
	text, err := os.ReadFile(b.config)
	if err != nil {
		t.Fatal(err)
	}
	b.write("config.toml", strings.ReplaceAll(string(text), b.server.URL, vendor.URL))
	return b
}

func TestTheResultOfASendSaysWhyPeopleAreUnknownOrWait(t *testing.T) {
	t.Parallel()
	b := answered(t, map[string][]string{"sendBulkViber": {`{"error":"Server unavailable"}`,
		`<html>Page not found</html>`, `{"uuid":"u-1","success":"OK","errors":["x: Content url is not valid"]}`}})
	for i, c := range []struct {
		code  int
		says  string
		among string
	}{
		{4, "3 unknown: ", "Server unavailable"},
		{1, "3 waiting: ", "base_url"},
		{0, "3 accepted: ", "Content url is not valid"},
	} {
		r := b.must(c.code, "send", b.campaignFile("minsk", fmt.Sprintf("Sale %c", 'A'+i), 3, ""), "--confirm", "3",
			"--hold", "0", "--again", "--json")
		errs, _ := decodeRows(t, strings.NewReader(r.out))[0]["errors"].([]any)
		if len(errs) != 1 || !strings.HasPrefix(fmt.Sprint(errs[0]), c.says) ||
			!strings.Contains(fmt.Sprint(errs[0]), c.among) {
			t.Errorf("the errors are %q, want one that says %q and %q", errs, c.says, c.among)
		}
	}
	if rows := b.rows("recipients", "--filter", "status:rejected"); len(rows) != 0 {
		t.Errorf("an address where no vendor is refused people: %+v", rows)
	}
}

func TestAnUnreadableAnswerAboutTheBlacklistFreesNobody(t *testing.T) {
	t.Parallel()
	row := func(phone string) string { return fmt.Sprintf(`{"id":%q,"phone":%q}`, "id"+phone, phone) }
	page := func(total int, rows ...string) string {
		return fmt.Sprintf(`{"data":{"list":[%s],"total":%d}}`, strings.Join(rows, ","), total)
	}
	first := page(2, row("375290000001"), row("375290000002"))
	for _, second := range []string{
		page(2, row("hidden"), row("375290000003")), page(1, row("375290000003"), row("375290000004")),
		page(2, row("375290000003")), `{"result":true}`, `{}`, `null`, `{"data":{"list":{}}}`,
		`{"list":[` + row("375290000003") + `],"total":1}`, page(29, row("375290000003"), row("375290000004")),
	} {
		b := answered(t, map[string][]string{"phone-exception": {first, second}})
		for range 2 {
			b.run("sync", "--account", "shop-ua")
		}
		blocked := fmt.Sprint(b.rows("blacklist"))
		if !strings.Contains(blocked, "+375290000001") || !strings.Contains(blocked, "+375290000002") {
			t.Errorf("after %s only these are blocked: %s", second, blocked)
		}
		if strings.Contains(second, `"data":{"list":[`) && !strings.Contains(blocked, "+375290000003") {
			t.Errorf("after %s the third is not blocked: %s", second, blocked)
		}
		if r := b.run("attention", "--json"); r.code != 1 ||
			!strings.Contains(r.out, "did not give all of its blacklist") {
			t.Errorf("after %s attention says nothing: exit %d\n%s", second, r.code, r.out)
		}
	}
}
