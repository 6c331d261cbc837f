package cli

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"viberdeck/model"
)

func TestWhatComesFromOutsideIsHarmlessAndBoundedWhereItIsSaid(t *testing.T) {
	t.Parallel()
	evil := "\x1b]52;c;aGk=\x07\x1b[2Jname" + strings.Repeat("x", 1<<20)
	var out bytes.Buffer
	p := &program{Streams: Streams{Err: &out}}
	p.note("%s through %d: %s, %v", evil, 7, model.Data(evil), errors.New(evil))
	say(&out, errors.New(evil))
	if strings.ContainsAny(out.String(), "\x1b\x07") {
		t.Error("control characters are said")
	}
	if out.Len() > 4*errorShown {
		t.Errorf("%d bytes are said", out.Len())
	}
	if !strings.Contains(out.String(), "through 7") {
		t.Error("a number is not said")
	}
}

func TestWhatIsOpenToTheNetworkWantsAWord(t *testing.T) {
	t.Parallel()
	c := model.Config{Accounts: []model.Account{{Name: "a", BaseURL: "http://api.example.com/x",
		Settings: model.Settings{"auth_url": "http://10.0.0.7/auth"}},
		{Name: "b", BaseURL: "https://api.example.com"}, {Name: "c", BaseURL: "http://127.0.0.1:80"},
		{Name: "d", BaseURL: "http://localhost"}, {Name: "e", BaseURL: "http://[::1]:8"}}}
	for listen, want := range map[string]string{
		"": "a.auth_url a.base_url", "127.0.0.1:8088": "a.auth_url a.base_url", "[::1]:8088": "a.auth_url a.base_url",
		":8088": "a.auth_url a.base_url callbacks.listen", "0.0.0.0:8088": "a.auth_url a.base_url callbacks.listen",
		"[::]:8088": "a.auth_url a.base_url callbacks.listen",
	} {
		c.Callbacks.Listen = listen
		var about []string
		for _, f := range openings(c) {
			about = append(about, f.about)
		}
		if got := strings.Join(about, " "); got != want {
			t.Errorf("%q: %s, want %s", listen, got, want)
		}
	}
}
