package serve

import (
	"bytes"
	"context"
	"io"
	"sync"
)

const (
	ctrlC = 0x03
	ctrlD = 0x04
	ahead = 256 // pieces that may be typed before a command reads them
)

// typed passes keys from a remote terminal in raw mode to a command: Ctrl-C interrupts the command
// whether it reads or not, and Ctrl-D ends its input.
func typed(ctx context.Context, in io.Reader, interrupt func()) io.Reader {
	pieces := make(chan []byte, ahead)
	go func() {
		end := sync.OnceFunc(func() { close(pieces) })
		defer end()
		for ended := false; ; {
			b := make([]byte, 4<<10)
			n, err := in.Read(b)
			b = bytes.ReplaceAll(b[:n], []byte("\r"), []byte("\n"))
			if bytes.IndexByte(b, ctrlC) >= 0 {
				interrupt()
				return
			}
			if !ended {
				b, _, ended = bytes.Cut(b, []byte{ctrlD})
				select {
				case pieces <- b:
				case <-ctx.Done():
					return
				}
			}
			if ended {
				end()
			}
			if err != nil {
				return
			}
		}
	}()
	return &typing{pieces: pieces}
}

// typing reads the typed text.
type typing struct {
	pieces <-chan []byte
	rest   []byte
}

// Read waits for a key.
func (t *typing) Read(b []byte) (int, error) {
	for len(t.rest) == 0 {
		piece, more := <-t.pieces
		if !more {
			return 0, io.EOF
		}
		t.rest = piece
	}
	n := copy(b, t.rest)
	t.rest = t.rest[n:]
	return n, nil
}
