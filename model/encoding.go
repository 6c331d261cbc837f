package model

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

const (
	encodingUTF8    = "UTF-8"
	encodingUTF16   = "UTF-16"
	encodingUTF16LE = "UTF-16LE"
	encodingUTF16BE = "UTF-16BE"
	encoding1251    = "Windows-1251"
	encoding1252    = "Windows-1252"
	encoding1253    = "Windows-1253"
	encodingKOI8R   = "KOI8-R"
	encodingKOI8U   = "KOI8-U"
	encoding866     = "CP866"
)

// ImportEncodings lists the encodings that a person can choose for a list, UTF-8 first.
func ImportEncodings() []string {
	return []string{encodingUTF8, encoding1251, encoding1252, encoding1253, encodingKOI8R, encodingKOI8U, encoding866,
		encodingUTF16, encodingUTF16LE, encodingUTF16BE}
}

// encodingNamed finds an encoding by any common name: windows-1251, cp1251, 1251, koi8r, dos, utf8,
// or another 8-bit encoding by its full name, such as iso-8859-2.
func encodingNamed(s string) (string, error) {
	want := plainName(s)
	for _, name := range ImportEncodings() {
		if plainName(name) == want {
			return name, nil
		}
	}
	other := map[string]string{"866": encoding866, "ibm866": encoding866, "dos": encoding866, "oem866": encoding866,
		"koi8": encodingKOI8R, "ansi": encoding1251, "unicode": encodingUTF16, "latin1": encoding1252,
		"iso88591": encoding1252}
	if name, ok := other[want]; ok {
		return name, nil
	}
	number := strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(want, "windows"), "win"), "cp")
	for _, e := range charmap.All {
		if c, ok := e.(*charmap.Charmap); ok && want != "" {
			if known := plainName(c.String()); known == want || known == "windows"+number {
				return strings.ReplaceAll(c.String(), "Windows ", "Windows-"), nil
			}
		}
	}
	return "", Invalid("encoding", "there is no encoding %q; known are %s and the like", clip(s),
		strings.Join(ImportEncodings(), ", "))
}

// plainName returns a name in lower case without the characters people tend to leave out.
func plainName(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == ' ' || r == '.' {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// charmapNamed returns the table of an 8-bit encoding, nil for UTF-8 and UTF-16.
func charmapNamed(name string) *charmap.Charmap {
	switch name {
	case encodingUTF8, encodingUTF16, encodingUTF16LE, encodingUTF16BE:
		return nil
	case encoding866:
		return charmap.CodePage866
	}
	for _, e := range charmap.All {
		if c, ok := e.(*charmap.Charmap); ok && plainName(c.String()) == plainName(name) {
			return c
		}
	}
	return nil
}

// markOf recognises the encoding by the byte order mark at the beginning of a file, and returns the
// length of the mark.
func markOf(head []byte) (encoding string, size int) {
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		return encodingUTF8, 3
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return encodingUTF16LE, 2
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return encodingUTF16BE, 2
	}
	return "", 0
}

// unmarkedUTF16 recognises UTF-16 without a byte order mark by its zeros: in a list, digits and
// separators contain one, always on the same side. "" means another encoding.
func unmarkedUTF16(head []byte) string {
	var zeros [2]int
	head = head[:len(head)/2*2]
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	pairs := len(head) / 2
	switch {
	case zeros[0] == 0 && zeros[1]*5 >= pairs && pairs >= 2:
		return encodingUTF16LE
	case zeros[1] == 0 && zeros[0]*5 >= pairs && pairs >= 2:
		return encodingUTF16BE
	}
	return ""
}

// mostlyUTF8 reports whether the bytes beyond ASCII are UTF-8, apart from a few damaged places:
// text in another encoding hardly ever has two bytes in a row that look like it.
func mostlyUTF8(sample []byte) bool {
	good, bad := 0, 0
	for len(sample) > 0 {
		r, size := utf8.DecodeRune(sample)
		switch {
		case size > 1:
			good++
		case r == utf8.RuneError && utf8.FullRune(sample):
			bad++
		}
		sample = sample[size:]
	}
	return good > bad
}

// notAList says what kind of file this is if it is not a text with columns; it is empty if it may
// be one.
func notAList(head []byte) Text {
	start := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(string(head[:min(len(head), 512)]), "\ufeff")))
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		switch {
		case bytes.Contains(head, []byte("opendocument.spreadsheet")):
			return Say("an OpenDocument spreadsheet file (ODS)")
		case bytes.Contains(head, []byte("[Content_Types].xml")), bytes.Contains(head, []byte("xl/")):
			return Say("an Excel spreadsheet file (XLSX)")
		}
		return Say("a ZIP archive or a spreadsheet file (XLSX)")
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		return Say("an old Excel spreadsheet file (XLS)")
	case bytes.HasPrefix(head, []byte("%PDF")):
		return Say("a PDF file")
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		return Say("a compressed file")
	case strings.HasPrefix(start, "begin:vcard"):
		return Say("a file of contact cards (vCard)")
	case strings.HasPrefix(start, `{\rtf`):
		return Say("a text document (RTF)")
	case strings.HasPrefix(start, `{"`), strings.HasPrefix(start, `[{"`):
		return Say("a JSON file")
	case strings.HasPrefix(start, "<?xml") && !strings.Contains(start, "<html"):
		return Say("an XML file")
	case strings.HasPrefix(start, "<!doctype"), strings.HasPrefix(start, "<html"), strings.HasPrefix(start, "<?xml"),
		strings.HasPrefix(start, "<head"), strings.HasPrefix(start, "<table"), strings.HasPrefix(start, "<meta"),
		strings.HasPrefix(start, "<style"), strings.HasPrefix(start, "<body"), strings.HasPrefix(start, "<div"):
		return Say("an HTML page, whatever its name says")
	}
	return Text{}
}
