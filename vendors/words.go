package vendors

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"viberdeck/model"
)

// Object reads the body into a value, and reports whether it is a JSON object that fits. Fields
// that fit are read in any case.
func (r Response) Object(into any) bool {
	body := bytes.TrimSpace(bytes.TrimPrefix(r.Body, []byte("\xef\xbb\xbf")))
	return len(body) > 0 && body[0] == '{' && json.Unmarshal(body, into) == nil
}

// Words returns the meaningful values of an answer as words joined with "; ": a scalar as it is,
// each element of a list, each value of an object with its name before it unless the name is a
// number. Null, false, 0 and empty values are left out.
func Words(values ...json.RawMessage) string {
	var all []string
	for _, raw := range values {
		dec := json.NewDecoder(bytes.NewReader(raw))
		dec.UseNumber()
		var v any
		if dec.Decode(&v) == nil {
			all = collectWords(all, "", v)
		}
	}
	return strings.Join(all, "; ")
}

func collectWords(all []string, name string, value any) []string {
	switch v := value.(type) {
	case string:
		if v != "" {
			all = append(all, name+v)
		}
	case json.Number:
		if v != "0" {
			all = append(all, name+v.String())
		}
	case bool:
		if v {
			all = append(all, name+"true")
		}
	case []any:
		for _, element := range v {
			all = collectWords(all, name, element)
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			inner := key + ": "
			if strings.Trim(key, "0123456789") == "" {
				inner = name
			}
			all = collectWords(all, inner, v[key])
		}
	}
	return all
}

// Answered reads an answer into a value, nil if its content is not needed. The error is that of the
// call, or what refused returns when the vendor refused, or that the answer cannot be read.
func Answered(resp Response, err error, refused func(Response) *model.Error, into any) error {
	if err != nil {
		return err
	}
	if e := refused(resp); e != nil {
		if e.Kind == model.KindUnknown && resp.OK() {
			e.Kind = model.KindOffline // the outcome of a read cannot be unknown
		}
		return e
	}
	if into == nil {
		return nil
	}
	return resp.Decode(into)
}
