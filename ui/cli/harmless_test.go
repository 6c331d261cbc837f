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
