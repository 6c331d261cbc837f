package compose

import (
	"cmp"
	"encoding/csv"
	"maps"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"viberdeck/model"
)

// The text formats of fields with more than one value. Reading a written text gives the same value.

// severalText joins values with commas; one that contains a comma is quoted.
func severalText(values []string) string {
	written := make([]string, len(values))
	for i, value := range values {
		if written[i] = value; strings.ContainsAny(value, `,"`) {
			written[i] = `"` + strings.ReplaceAll(value, `"`, `""`) + `"`
		}
	}
	return strings.Join(written, ", ")
}

// readSeveral parses the format of severalText. The key names the field in an error.
func readSeveral(key, text string) ([]string, error) {
	if text == "" {
		return nil, nil
	}
	r := csv.NewReader(strings.NewReader(text))
	r.TrimLeadingSpace = true
	values, err := r.Read()
	if err != nil {
		return nil, model.Invalid(key, "write them between commas, and one with a comma in it in quotes")
	}
	for i := range values {
		values[i] = strings.TrimSpace(values[i])
	}
	return slices.DeleteFunc(values, func(s string) bool { return s == "" }), nil
}

// The signs between a variable and its value: the second is for whole numbers, true and false. The
// first also accepts true and false as booleans, as in a column of a list: as a text, which is what
// they are in quotes, false would be true in a template.
const (
	textSign  = "="
	typedSign = ":="
)

var (
	oneLine   = strings.NewReplacer(`\`, `\\`, "\n", `\n`)
	manyLines = strings.NewReplacer(`\\`, `\`, `\n`, "\n")
)

// variablesText writes one variable per line: code = AUTUMN, and n := 5 for a number.
func variablesText(o model.Options) string {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(o.Variables)) {
		sign, value := textSign, o.Variables[name]
		switch {
		case o.Kinds[name] != model.ValueText:
			sign = typedSign
		case value == "true" || value == "false":
			value = strconv.Quote(value)
		}
		lines = append(lines, name+" "+sign+" "+oneLine.Replace(value))
	}
	return strings.Join(lines, "\n")
}

// readVariables parses the format of variablesText.
func readVariables(text string) (values map[string]string, kinds map[string]model.ValueKind, err error) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		name, value, ok := strings.Cut(line, textSign)
		name, typed := strings.CutSuffix(name, ":")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		kind := typedKind(value)
		if !typed && kind == model.ValueInteger {
			kind = model.ValueText
		}
		if value == `"true"` || value == `"false"` {
			value = strings.Trim(value, `"`)
		}
		if !ok || name == "" || typed && kind == model.ValueText {
			return nil, nil, model.Invalid("variables",
				"“%s”: write one a line, like code = AUTUMN, or count := 5 for a whole number, true and false",
				model.SanitiseLine(line))
		}
		if values == nil {
			values, kinds = map[string]string{}, map[string]model.ValueKind{}
		}
		if values[name] = manyLines.Replace(value); kind != model.ValueText {
			kinds[name] = kind
		}
	}
	if len(kinds) == 0 {
		kinds = nil
	}
	return values, kinds, nil
}

// typedKind returns the type of a value that is not a text; text if it has no other type.
func typedKind(value string) model.ValueKind {
	if _, err := strconv.ParseInt(value, 10, 64); err == nil {
		return model.ValueInteger
	}
	if value == "true" || value == "false" {
		return model.ValueBoolean
	}
	return model.ValueText
}

// fileOf returns the file at an address: a missing name or type is derived from it.
func fileOf(name, ending, address string) model.File {
	if address == "" && name == "" {
		return model.File{}
	}
	if u, err := url.Parse(address); err == nil && name == "" && path.Ext(u.Path) != "" {
		name = path.Base(u.Path)
	}
	if ending == "" {
		ending = strings.TrimPrefix(path.Ext(name), ".")
	}
	return model.File{Name: name, Type: ending, URL: address}
}

// wholeNumber reads a number from a field; empty means 0.
func wholeNumber(key, text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, model.Invalid(key, "%q is not a whole number", text)
	}
	return n, nil
}

// numberText writes a number for wholeNumber.
func numberText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// partTexts returns the texts of the fields that only some vendors have.
func partTexts(m model.Message, o model.Options) map[string]string {
	return map[string]string{
		"file.url": m.File.URL, "file.name": m.File.Name, "file.type": m.File.Type,
		"video.url": m.Video.URL, "video.thumbnail": m.Video.Thumbnail,
		"video.size_mb": numberText(m.Video.SizeMB), "video.duration_s": numberText(m.Video.DurationS),
		"image_url":  cmp.Or(m.ImageURL, m.ImageFile.Path),
		"one_by_one": map[bool]string{false: no, true: yes}[o.OneByOne],
		"label":      o.Label, "tags": severalText(o.Tags), "device": o.Device, "contact_list": o.ContactList,
		"variables": variablesText(o), "callback_url": o.CallbackURL, "inbound_url": o.InboundURL,
	}
}
