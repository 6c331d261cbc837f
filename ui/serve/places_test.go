package serve

import (
	"strings"
	"testing"

	gossh "golang.org/x/crypto/ssh"

	"viberdeck/model"
)

func TestSomebodyWithoutASessionGetsOneHoweverManyAColleagueHas(t *testing.T) {
	t.Parallel()
	anna, boris := newKey(t), newKey(t)
	s := serveBoard(t, idleBoard, 2, person("anna", anna), person("boris", boris))
	s.watch(t, anna)
	s.watch(t, anna)
	refused(t, s, anna, nil, "all 2 sessions are taken; 2 of them are yours")
	s.watch(t, boris)
	refused(t, s, boris, nil, "all 2 sessions are taken; 1 of them are yours")
}

func TestOnePersonMayHaveAsManySessionsAsTheConfigurationSays(t *testing.T) {
	t.Parallel()
	anna, boris := newKey(t), newKey(t)
	s := serveWith(t, idleBoard, model.ServeConfig{Sessions: 10, PerOperator: 1}, person("anna", anna),
		person("boris", boris))
	s.watch(t, anna)
	refused(t, s, anna, nil, "you have 1 session open, as many as one person may")
	refused(t, s, anna, map[string]string{"LANG": "ru_RU.UTF-8"}, "у вас уже открыто: 1 сеанс")
	s.watch(t, boris)
}

// refused opens one more session and requires the reason for its refusal.
func refused(t *testing.T, s *served, key gossh.Signer, env map[string]string, why string) {
	t.Helper()
	_, session := s.session(t, key)
	for name, value := range env {
		if err := session.Setenv(name, value); err != nil {
			t.Fatal(err)
		}
	}
	out, err := session.CombinedOutput("version")
	if err == nil || !strings.Contains(string(out), why) {
		t.Errorf("%v, %q", err, out)
	}
}

func TestConnectionsOfOnePersonLeaveRoomForThoseOfOthers(t *testing.T) {
	t.Parallel()
	anna, boris := newKey(t), newKey(t)
	s := serveBoard(t, idleBoard, 2, person("anna", anna), person("boris", boris))
	for range 3 { // one more session is refused with a message, so it has a connection
		client, err := s.dial(anna)
		if err != nil {
			t.Fatal(err)
		}
		defer client.Close()
	}
	if client, err := s.dial(anna); err == nil {
		_ = client.Wait()
	}
	s.waitFor(t, "too many connections of one person; closed")
	s.watch(t, boris)
}

func TestPlacesAreFreeAgainAndBoundedForEachPersonAndForAll(t *testing.T) {
	t.Parallel()
	var p places
	first, ok := p.take("anna", 2, 3)
	second, more := p.take("anna", 2, 3)
	if _, third := p.take("anna", 2, 3); !ok || !more || third {
		t.Error("two places of one person, and no third")
	}
	for _, c := range []struct {
		who  string
		want bool
	}{{"boris", true}, {"boris", false}, {"olga", true}} {
		if _, got := p.take(c.who, 2, 3); got != c.want {
			t.Errorf("a place for %s: %t", c.who, got)
		}
	}
	first()
	first()
	second()
	if p.all != 2 || len(p.of) != 2 {
		t.Errorf("%d taken, by %v", p.all, p.of)
	}
}
