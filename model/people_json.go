package model

import (
	"encoding/json"
	"unicode/utf8"
)

// Columns returns the columns of a person as a JSON object, "" for none. It makes no map, because a
// million people are stored this way.
func (p People) Columns(i int) string {
	row := p.row(i)
	if vars := p.table.odd[row]; vars != nil {
		b, _ := json.Marshal(vars) // texts can always be encoded
		return string(b)
	}
	if len(p.table.columns) == 0 {
		return ""
	}
	out := make([]byte, 0, 64)
	sign := byte('{')
	for n, value := range p.table.cells(row) {
		out = append(out, sign)
		out = appendJSON(out, p.table.columns[n])
		out = append(out, ':')
		out = appendJSON(out, string(value))
		sign = ','
	}
	return string(append(out, '}'))
}

// appendJSON writes a text as JSON.
func appendJSON(out []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c == 0x7f || c >= utf8.RuneSelf && !utf8.ValidString(s) {
			b, _ := json.Marshal(s)
			return append(out, b...)
		}
	}
	out = append(out, '"')
	out = append(out, s...)
	return append(out, '"')
}
