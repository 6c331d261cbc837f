package callbacks

import (
	"bufio"
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"

	"viberdeck/model"
)

// running is a receiver on a loopback address.
type running struct {
	base string
	stop context.CancelFunc
	done chan error
}

func serve(t *testing.T, o Options) running {
	t.Helper()
	l, err := Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	s := running{"http://" + l.Addr().String(), stop, make(chan error, 1)}
	r := newReceiver(t, o)
	go func() { s.done <- r.Serve(ctx, l) }()
	t.Cleanup(stop)
	return s
}

func (s running) post(t *testing.T, body string) int {
	t.Helper()
	resp, err := http.Post(s.base+address("loyalty"), "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}

func TestServingEndsWithItsContextAndKeepsWhatItTook(t *testing.T) {
	t.Parallel()
	store := &fakeStore{applied: make(chan struct{}, 10)}
	s := serve(t, options(store))
	if got := s.post(t, `{"text":"one"}`); got != http.StatusOK {
		t.Errorf("answered %d", got)
	}
	<-store.applied // its news is taken without a request
	half, err := net.Dial("tcp", strings.TrimPrefix(s.base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer half.Close()
	if _, err := half.Write([]byte("POST " + address("loyalty") +
		" HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\nhalf")); err != nil {
		t.Fatal(err)
	}
	// Now the body is being read, of which the rest never comes.
	if line, err := bufio.NewReader(half).ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") {
		t.Fatalf("%q, %v", line, err)
	}
	s.stop()
	if err := <-s.done; err != nil {
		t.Errorf("ended with %v", err)
	}
	if late, err := net.Dial("tcp", strings.TrimPrefix(s.base, "http://")); err == nil {
		_ = late.Close()
		t.Error("somebody still listens")
	}
	if got := store.bodies(); len(got) != 1 {
		t.Errorf("stored %q", got)
	}
}

func TestWhatWaitsAtTheStartIsReadFirst(t *testing.T) {
	t.Parallel()
	store := &fakeStore{applied: make(chan struct{}, 10),
		callbacks: []model.Callback{{ID: 1, Account: "loyalty", Body: []byte(`{"text":"from before"}`)}}}
	s := serve(t, options(store))
	<-store.applied
	s.stop()
	if err := <-s.done; err != nil || store.events[0].Replies[0].Text != "from before" {
		t.Errorf("read %+v, ended with %v", store.events, err)
	}
}

func TestAnAddressInUseIsNamedWithItsKey(t *testing.T) {
	t.Parallel()
	l, err := Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, err = Listen(t.Context(), l.Addr().String())
	if e, ok := errors.AsType[*model.Error](err); !ok || e.Field != "callbacks.listen" ||
		!strings.Contains(e.Text.String(), l.Addr().String()) {
		t.Errorf("%v", err)
	}
}

func TestAListenerThatFailsEndsServingWithItsError(t *testing.T) {
	t.Parallel()
	l, err := Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if err := newReceiver(t, options(&fakeStore{})).Serve(t.Context(), l); err == nil {
		t.Error("no error")
	}
}
