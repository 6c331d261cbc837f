package model

import (
	"encoding/json"
	"testing"
)

func TestAnUnknownFigureIsADashAndNull(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		f          Figure
		text, json string
	}{{Figure{}, "—", "null"}, {Figure{N: 7}, "—", "null"}, {Known(0), "0", "0"}, {Known(1240), "1240", "1240"}} {
		got, err := json.Marshal(c.f)
		if err != nil || string(got) != c.json || c.f.String() != c.text {
			t.Errorf("%#v: %s and %s, %v", c.f, c.f, got, err)
		}
	}
}

func TestAShareOfTheUnknownOrOfNobodyIsUnknown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		part, whole Figure
		want        float64
		ok          bool
	}{
		{Known(25), Known(100), 25, true}, {Known(0), Known(3), 0, true}, {Known(3), Known(3), 100, true},
		{Known(0), Known(0), 0, false}, {Figure{}, Known(3), 0, false}, {Known(3), Figure{}, 0, false},
		{Known(1), Figure{N: 4}, 0, false},
	} {
		if got, ok := c.part.Share(c.whole); got != c.want || ok != c.ok {
			t.Errorf("%s of %s: got %v, %v; want %v, %v", c.part, c.whole, got, ok, c.want, c.ok)
		}
	}
}
