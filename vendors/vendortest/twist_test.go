package vendortest

import "testing"

func TestTheChangesOfAnAnswerChangeWhatTheySay(t *testing.T) {
	t.Parallel()
	const answer = `{"status":"OK","result":[{"id":7,"phone":"375291111111","price":0.50,"status":null,"at":"2024-02-01 10:10:35"},{"status":"SENT"}]}`
	for name, c := range map[string]struct {
		change func(any) any
		want   string
	}{
		"other types": {otherTypes,
			`{"result":[{"at":"2024-02-01 10:10:35","id":"7","phone":375291111111,"price":"0.50","status":null},{"status":"SENT"}],"status":"OK"}`},
		"status": {withStatus(limbo),
			`{"result":[{"at":"2024-02-01 10:10:35","id":7,"phone":"375291111111","price":0.50,"status":"limbo"},{"status":"limbo"}],"status":"OK"}`},
		"no status": {withStatus(nil),
			`{"result":[{"at":"2024-02-01 10:10:35","id":7,"phone":"375291111111","price":0.50,"status":null},{"status":null}],"status":"OK"}`},
	} {
		tree, ok := fromJSON([]byte(answer))
		if got := string(asJSON(c.change(tree))); !ok || got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
	tree, _ := fromJSON([]byte(`[{"a":{"b":1}}]`))
	if got := string(asJSON(
		withNews(tree))); got != `[{"a":{"b":1,"x_added_later":{"deep":[1,"two",null]}},"x_added_later":{"deep":[1,"two",null]}}]` {
		t.Errorf("news: %s", got)
	}
}
