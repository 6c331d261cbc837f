package vendors

import (
	"strings"
	"testing"
	"time"

	"viberdeck/model"
)

func TestDeepJSONIsRefusedCheaply(t *testing.T) {
	t.Parallel()
	for _, level := range []string{"[", `{"a":`} {
		begin := time.Now()
		var into any
		err := Decode([]byte(strings.Repeat(level, 9000)), &into)
		if model.KindOf(err) != model.KindOffline || !strings.Contains(err.Error(), "more than 100 levels") {
			t.Errorf("%v", err)
		}
		if took := time.Since(begin); took > time.Second {
			t.Errorf("it took %s", took)
		}
	}
	if TooDeep([]byte(`{"text": "` + strings.Repeat("[", 9000) + `\"[", "a": [[1]]}`)) {
		t.Error("brackets in a text count as levels")
	}
}
