package programtest_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"viberdeck/vendors/sim"
)

func TestASendSaysWhatIsKnownOfItsAddressesAndWhoGotAMessageToday(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{})
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/sale" {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, "hello")
	}))
	t.Cleanup(site.Close)
	button := func(address string) string {
		return fmt.Sprintf("image_url = \"https://shop.example/a.png\"\nbutton = { caption = \"Shop\", url = %q }",
			address)
	}
	b.must(0, "send", b.campaignFile("shop-ua", "Morning", 3, ""), "--confirm", "3", "--hold", "0")
	file := b.campaignFile("minsk", "Evening", 5, button(site.URL+"/gone"))
	r := b.must(0, "send", file, "--dry-run", "--json")
	for _, says := range []string{"today: 3 of these people have got a message already: Morning",
		site.URL + "/gone: it is not secure: it leads to an http:// address; it answers 404 Not Found",
		"image https://shop.example/a.png: not checked: the vendor is simulated on this host, and no other is asked"} {
		if !strings.Contains(r.err, says) {
			t.Errorf("does not say %q:\n%s", says, r.err)
		}
	}
	row := decodeRows(t, strings.NewReader(r.out))[0]
	links, _ := row["links"].([]any)
	if row["already_today"] != 3.0 || len(links) != 2 {
		t.Fatalf("%+v", row)
	}
	if l, _ := links[0].(map[string]any); l["field"] != "button.url" || l["state"] != "fails" {
		t.Errorf("the first address: %+v", l)
	}
	r = b.must(0, "send", file, "--dry-run", "--check-links=false")
	if !strings.Contains(r.err, "/gone: not checked: it is switched off") {
		t.Errorf("a check that was switched off:\n%s", r.err)
	}
}
