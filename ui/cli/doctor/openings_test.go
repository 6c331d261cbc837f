package doctor

import (
	"strings"
	"testing"

	"viberdeck/model"
)

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
		for _, f := range Openings(c) {
			about = append(about, f.About)
		}
		if got := strings.Join(about, " "); got != want {
			t.Errorf("%q: %s, want %s", listen, got, want)
		}
	}
}
