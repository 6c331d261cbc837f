package evidence

import (
	"bytes"
	"crypto/sha256"
	"strings"
	"testing"
)

func TestDigitsOfIdsAndDigestsAreNotTakenForPhones(t *testing.T) {
	t.Parallel()
	const digits = "ab375291234567cd80291234567ef"
	var out bytes.Buffer
	b := &bundle{Made: Made{Country: "BY"}, out: &out, sum: sha256.New()}
	if err := b.line("end", field("sha256", digits), field("seal", digits), field("vendor_id", "375291234567"),
		field("text", "call +375291234567")); err != nil {
		t.Fatal(err)
	}
	if line := out.String(); strings.Count(line, digits) != 2 || !strings.Contains(line, `"vendor_id":"375291234567"`) {
		t.Errorf("changed: %s", line)
	}
	if strings.Contains(out.String(), "+375291234567") {
		t.Errorf("a phone is shown: %s", out.String())
	}
}
