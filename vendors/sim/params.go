package sim

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// params are the parameters of a call, wherever the client put them. A value is nil, a bool, a
// string, a json.Number, a []any, a map[string]any or an upload.
type params map[string]any

// upload is a file of a multipart form; its content is not kept.
type upload struct {
	name string
	size int64
}

// bareList is the key for a JSON body that is a list instead of an object.
const bareList = ""

// maxDepth limits the nesting of keys such as a[b][c].
const maxDepth = 8

// decodeParams collects the parameters of the query and the body; the body wins. A body that looks
// like JSON is read as JSON whatever its content type says, because clients often get that wrong.
func decodeParams(contentType, rawQuery string, body []byte) (params, error) {
	tree := map[string]any{}
	query, err := url.ParseQuery(rawQuery)
	if err != nil {
		return nil, fmt.Errorf("query: %w", err)
	}
	plant(tree, query)
	media, options, _ := mime.ParseMediaType(contentType)
	trimmed := bytes.TrimSpace(body)
	switch {
	case len(trimmed) == 0:
	case media == "multipart/form-data":
		err = decodeMultipart(tree, options["boundary"], body)
	case strings.HasSuffix(media, "json") || trimmed[0] == '{' || trimmed[0] == '[':
		var value any
		err = decodeJSON(trimmed, &value)
		switch value := value.(type) {
		case map[string]any:
			maps.Copy(tree, value)
		case []any:
			tree[bareList] = value
		default:
			if err == nil {
				err = errors.New("neither an object nor a list")
			}
		}
	default:
		var form url.Values
		if form, err = url.ParseQuery(string(trimmed)); err == nil {
			plant(tree, form)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("body: %w", err)
	}
	return tree, nil
}

func decodeJSON(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the JSON value")
	}
	return nil
}

func decodeMultipart(tree map[string]any, boundary string, body []byte) error {
	form := url.Values{}
	parts := multipart.NewReader(bytes.NewReader(body), boundary)
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			plant(tree, form)
			return nil
		}
		if err != nil {
			return err
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return err
		}
		if part.FileName() != "" {
			tree[part.FormName()] = upload{name: part.FileName(), size: int64(len(content))}
			continue
		}
		form.Add(part.FormName(), string(content))
	}
}

// plant adds form values to the tree as PHP does: a[b][] is a list under b under a, and the last of
// equal keys wins.
func plant(tree map[string]any, form url.Values) {
	for _, key := range slices.Sorted(maps.Keys(form)) {
		for _, value := range form[key] {
			branch := tree
			path := splitKey(key)
			for _, name := range path[:len(path)-1] {
				name = nameIn(branch, name)
				next, ok := branch[name].(map[string]any)
				if !ok {
					next = map[string]any{}
					branch[name] = next
				}
				branch = next
			}
			branch[nameIn(branch, path[len(path)-1])] = value
		}
	}
}

// nameIn is the key itself, or the next free number for the empty key of a[].
func nameIn(branch map[string]any, name string) string {
	if name != "" {
		return name
	}
	return strconv.Itoa(len(branch))
}

func splitKey(key string) []string {
	head, rest, nested := strings.Cut(key, "[")
	if !nested || head == "" || !strings.HasSuffix(rest, "]") {
		return []string{key}
	}
	path := append([]string{head}, strings.Split(strings.TrimSuffix(rest, "]"), "][")...)
	if len(path) > maxDepth {
		return []string{key}
	}
	return path
}

// text returns a value as text, "" for anything but a scalar.
func text(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "1"
		}
	}
	return ""
}

// list returns a value as a list: a JSON array, PHP's numbered keys, a JSON array in a string, or
// comma-separated words.
func list(value any) []any {
	switch v := value.(type) {
	case []any:
		return v
	case map[string]any:
		numbered := make([]any, 0, len(v))
		for i := range len(v) {
			item, ok := v[strconv.Itoa(i)]
			if !ok {
				return nil
			}
			numbered = append(numbered, item)
		}
		return numbered
	case json.Number:
		return []any{v}
	case string:
		if strings.HasPrefix(strings.TrimSpace(v), "[") {
			var items []any
			if decodeJSON([]byte(v), &items) == nil {
				return items
			}
			return nil
		}
		var items []any
		for word := range strings.SplitSeq(v, ",") {
			if word = strings.TrimSpace(word); word != "" {
				items = append(items, word)
			}
		}
		return items
	}
	return nil
}

// object returns a value as an object, without members if it is not one.
func object(value any) params {
	switch v := value.(type) {
	case map[string]any:
		return v
	case params:
		return v
	case string:
		var members map[string]any
		if decodeJSON([]byte(v), &members) == nil {
			return members
		}
	}
	return nil
}

// text returns a parameter as text, without surrounding space.
func (p params) text(key string) string { return strings.TrimSpace(text(p[key])) }

// given reports whether a parameter has a value that is not null or empty.
func (p params) given(key string) bool {
	switch v := p[key].(type) {
	case nil:
		return false
	case string:
		return v != ""
	}
	return true
}

// number returns a parameter as an integer; ok is false if it is not one.
func (p params) number(key string) (n int64, ok bool) {
	n, err := strconv.ParseInt(p.text(key), 10, 64)
	return n, err == nil
}

// numberOr returns a parameter as an integer, or the fallback if it is absent or not an integer.
func (p params) numberOr(key string, fallback int64) int64 {
	if n, ok := p.number(key); ok {
		return n
	}
	return fallback
}

// phoneDigits reads a phone, number or text, as digits; ok is false if it is not an international
// number.
func phoneDigits(value any) (digits string, ok bool) {
	digits = strings.NewReplacer("+", "", " ", "", "-", "", "(", "", ")", "").Replace(text(value))
	if len(digits) < 9 || len(digits) > 15 || digits[0] == '0' {
		return digits, false
	}
	for _, c := range digits {
		if c < '0' || c > '9' {
			return digits, false
		}
	}
	return digits, true
}
