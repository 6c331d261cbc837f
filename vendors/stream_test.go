package vendors

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"

	"viberdeck/model"
)

type streamedRow struct {
	Phone String `json:"phone"`
}

// readStream reads a stream and returns the number of rows and how it ended.
func readStream(from io.Reader) (rows int, err error) {
	for page, fault := range ReadStream("shop-ua", "recipients", "recipients", from,
		Unchanged(func(r streamedRow) string { return string(r.Phone) })) {
		rows += len(page)
		err = fault
	}
	return rows, err
}

// long is JSON with so many rows between a beginning and an end, made as it is read.
func long(begin string, rows int, end string) io.Reader {
	n, left := 0, ""
	return io.MultiReader(strings.NewReader(begin), readerFunc(func(b []byte) (int, error) {
		if left == "" {
			if n == rows {
				return 0, io.EOF
			}
			n++
			left = fmt.Sprintf(`{"phone":"3752900%05d","status":"delivered"},`, n)
			if n == rows {
				left = strings.TrimSuffix(left, ",")
			}
		}
		taken := copy(b, left)
		left = left[taken:]
		return taken, nil
	}), strings.NewReader(end))
}

type readerFunc func(b []byte) (int, error)

func (f readerFunc) Read(b []byte) (int, error) { return f(b) }

func TestALongListIsReadRowByRowToItsEnd(t *testing.T) {
	t.Parallel()
	for begin, end := range map[string]string{
		`{"recipients":[`: `]}`,
		`{"id":5,"more":{"a":[1,{"b":2}]},"recipients":[`:         `],"total":null}`,
		`{"recipients":{"0":{"phone":375290000000},"1":null,"2":`: `}}`,
	} {
		rows := 2500
		if strings.HasSuffix(begin, ":") {
			rows = 1
		}
		got, err := readStream(long(begin, rows, end))
		null := strings.Contains(begin, "null") // a row that cannot be read
		if want := rows + strings.Count(begin, "375290000000"); model.IsNotWhole(err) != null || got != want ||
			err != nil && !null {
			t.Errorf("%s: %d rows, want %d, %v", begin, got, want, err)
		}
	}
}

func TestALongListThatDoesNotAddUpIsAFailedReading(t *testing.T) {
	t.Parallel()
	for name, from := range map[string]io.Reader{
		"cut off":        long(`{"recipients":[`, 1500, ``),
		"cut off behind": long(`{"recipients":[`, 1500, `]`),
		"no list":        strings.NewReader(`{"id":5}`),
		"a scalar":       strings.NewReader(`{"recipients":5}`),
		"an array":       strings.NewReader(`[1]`),
		"two answers":    long(`{"recipients":[`, 5, `]}{}`),
		"too deep": strings.NewReader(`{"recipients":[` + strings.Repeat("[", 200) + strings.Repeat("]", 200) +
			`]}`),
		"the same rows for ever": readerFunc(func() func([]byte) (int, error) {
			begun := false
			return func(b []byte) (int, error) {
				if !begun {
					begun = true
					return copy(b, `{"recipients":[`), nil
				}
				return copy(b, `{"phone":"1"},`), nil
			}
		}()),
		"a row without an end": io.MultiReader(strings.NewReader(`{"recipients":[{"phone":"`),
			readerFunc(func(b []byte) (int, error) { return copy(b, strings.Repeat("1", len(b))), nil })),
		"a field without an end": io.MultiReader(strings.NewReader(`{"other":"`),
			readerFunc(func(b []byte) (int, error) { return copy(b, strings.Repeat("1", len(b))), nil })),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := readStream(from); err == nil {
				t.Error("it was taken for a whole reading")
			}
		})
	}
}

func TestAListOfRowsWithoutNumberEnds(t *testing.T) {
	t.Parallel()
	for _, row := range []string{`null,`, `{},`} {
		begun := false
		s := newRowStream("recipients", readerFunc(func(b []byte) (int, error) {
			if !begun {
				begun = true
				return copy(b, `{"recipients":[`), nil
			}
			return copy(b, row), nil
		}))
		s.rows = mostRows - streamed/2
		if rows, err := s.next(); !errors.Is(err, errManyRows) {
			t.Errorf("%s: %d rows, %v", row, len(rows), err)
		}
	}
}

func TestALargeAnswerIsKeptInAFileAndAnEndlessOneEnds(t *testing.T) {
	const rows = 300_000
	whole, err := io.ReadAll(long(`{"recipients":[`, rows, `]}`))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/endless" {
			for chunk := []byte(strings.Repeat("x", 1<<20)); ; {
				if _, err := w.Write(chunk); err != nil {
					return
				}
			}
		}
		_, _ = w.Write(whole)
	}))
	defer server.Close()
	c := NewClient(ClientOptions{Account: model.Account{Name: "shop-ua"}})
	defer c.Close()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	resp, err := c.Read(t.Context(), &Request{URL: server.URL + "/people", Large: true})
	if err != nil || resp.Large == nil || resp.Body != nil {
		t.Fatalf("a long answer: %v", err)
	}
	defer resp.Large.Close()
	runtime.ReadMemStats(&after)
	if taken := int64(after.TotalAlloc - before.TotalAlloc); taken > 12<<20 {
		t.Errorf("%d bytes were taken to receive it", taken)
	}
	if n, err := readStream(resp.Large); err != nil || n != rows {
		t.Errorf("%d rows, %v", n, err)
	}
	if _, err := c.Read(t.Context(), &Request{URL: server.URL + "/people"}); err != nil {
		t.Errorf("a request that is not large still reads up to its limit: %v", err)
	}
	if _, err := c.Read(t.Context(), &Request{URL: server.URL + "/endless",
		Large: true}); model.KindOf(err) != model.KindOffline {
		t.Errorf("an endless answer: %v", err)
	}
}

func BenchmarkALongListIsRead(b *testing.B) {
	const rows = 1_000_000
	for b.Loop() {
		if n, err := readStream(long(`{"recipients":[`, rows, `]}`)); err != nil || n != rows {
			b.Fatal(n, err)
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
