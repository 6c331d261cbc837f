package vendors

import (
	"strings"
	"testing"

	"viberdeck/model"
)

func TestDeepJSONIsRefusedCheaply(t *testing.T) { // alone: allocations are counted
	for _, level := range []string{"[", `{"a":`} {
		var into any
		var err error
		body := []byte(strings.Repeat(level, 9000))
		allocated := testing.AllocsPerRun(1, func() { err = Decode(body, &into) })
		if model.KindOf(err) != model.KindOffline || !strings.Contains(err.Error(), "more than 100 levels") {
			t.Errorf("%v", err)
		}
		if allocated > 100 { // each level that is read costs some
			t.Errorf("%.0f allocations", allocated)
		}
	}
	if TooDeep([]byte(`{"text": "` + strings.Repeat("[", 9000) + `\"[", "a": [[1]]}`)) {
		t.Error("brackets in a text count as levels")
	}
}
