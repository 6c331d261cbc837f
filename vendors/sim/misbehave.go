package sim

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"

	"viberdeck/model"
)

const (
	defaultDelay = 5 * time.Second
	defaultDrip  = 100 * time.Millisecond
	errorPage    = "<!DOCTYPE html>\n<html><head><title>500 Internal Server Error</title></head>" +
		"<body><center><h1>500 Internal Server Error</h1></center><hr><center>nginx</center></body></html>\n"
)

// hasEffect reports whether the vendor acts before the call fails.
func (k Kind) hasEffect() bool {
	switch k {
	case Refuse, DropBefore, Limit, HTML500, ExpiredToken:
		return false
	}
	return true
}

// status is the HTTP status of a call whose answer would have been rep; 0 if it ends without one.
func (k Kind) status(rep reply) int {
	switch k {
	case Refuse, DropBefore, DropAfter:
		return 0
	case HTML500:
		return http.StatusInternalServerError
	}
	return rep.status
}

// misbehave answers a call as the fault requires. The reply is what the vendor would have answered
// (for faults after the effect), or the vendor's words for the fault. It calls leave before the
// client can know that the call is over.
func misbehave(w http.ResponseWriter, r *http.Request, f Fault, turn int, rep reply, leave func()) {
	switch f.Kind {
	case Refuse, DropBefore, DropAfter:
		leave()
		hangUp(w, f.Kind == Refuse)
		return
	case Truncated:
		leave()
		truncate(w, rep)
		return
	case Endless:
		endless(w, r, rep)
		return
	case SlowDrip:
		drip(w, r, rep, f.Delay, leave)
		return
	case Delay:
		if !pause(r, f.Delay, defaultDelay) {
			return
		}
	case Limit:
		if f.RetryAfter > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(int(f.RetryAfter.Seconds())))
		}
	case HTML500:
		rep = reply{status: http.StatusInternalServerError, contentType: "text/html; charset=utf-8",
			raw: []byte(errorPage)}
	case Garbage:
		rep.raw = []byte("\xff\xfe\x00{]]\x1b[2J\"status\": OK \xf0\x28\x8c")
	case WrongTypes:
		rep.raw = mistype(rep.bytes(), turn)
	}
	leave()
	rep.write(w)
}

// truncate announces the whole answer and sends half of it; net/http then closes the connection.
func truncate(w http.ResponseWriter, rep reply) {
	body := rep.bytes()
	rep.head(w)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)+1))
	w.WriteHeader(rep.status)
	_, _ = w.Write(body[:len(body)/2])
}

// hangUp closes the connection without an answer; with reset the client sees it at once, even while
// writing.
func hangUp(w http.ResponseWriter, reset bool) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // how net/http closes a connection that cannot be hijacked
	}
	if tcp, ok := conn.(*net.TCPConn); ok && reset {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

// pause waits, and reports whether the client is still there.
func pause(r *http.Request, d, fallback time.Duration) bool {
	if d <= 0 {
		d = fallback
	}
	return model.Pause(r.Context(), d) == nil
}

func endless(w http.ResponseWriter, r *http.Request, rep reply) {
	rep.head(w)
	w.WriteHeader(rep.status)
	more := bytes.Repeat([]byte(`{"message_id":1,"id":1,"phone":375290000000,"status":"NEW","message":"and so on"},`),
		400)
	if _, err := fmt.Fprint(w, `{"status":"OK","result":[`); err != nil {
		return
	}
	for r.Context().Err() == nil {
		if _, err := w.Write(more); err != nil {
			return
		}
	}
}

func drip(w http.ResponseWriter, r *http.Request, rep reply, apart time.Duration, leave func()) {
	body := rep.bytes()
	rep.head(w)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(rep.status)
	flusher := http.NewResponseController(w)
	for i := range body {
		if i == len(body)-1 {
			leave()
		}
		if _, err := w.Write(body[i : i+1]); err != nil {
			return
		}
		if flusher.Flush() != nil || !pause(r, apart, defaultDrip) {
			return
		}
	}
}

// mistype returns the same JSON with other types: scalars, then lists as objects, then null for
// lists.
func mistype(body []byte, turn int) []byte {
	var value any
	if decodeJSON(body, &value) != nil {
		return body
	}
	twisted, err := json.Marshal(twist(value, turn%3))
	if err != nil {
		return body
	}
	return twisted
}

func twist(value any, face int) any {
	switch v := value.(type) {
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "1"
		}
		return 0
	case string:
		if n, err := strconv.ParseInt(v, 10, 64); err == nil && face == 0 {
			return n
		}
	case map[string]any:
		for key := range v {
			v[key] = twist(v[key], face)
		}
	case []any:
		if face == 2 {
			return nil
		}
		for i := range v {
			v[i] = twist(v[i], face)
		}
		if face == 1 {
			numbered := map[string]any{}
			for i := range v {
				numbered[strconv.Itoa(i)] = v[i]
			}
			return numbered
		}
	}
	return value
}
