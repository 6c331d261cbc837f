package model

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

func writtenIn(t *testing.T, encoding, s string) string {
	t.Helper()
	written, err := charmapNamed(encoding).NewEncoder().String(s)
	if err != nil {
		t.Fatalf("%s: %q: %v", encoding, s, err)
	}
	return written
}

func TestAnEncodingIsRecognisedByItsLetters(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		encodings []string
		names     string // one a line
	}{
		{[]string{encoding1251, encodingKOI8R, encoding866}, "Анна"},
		{[]string{encoding1251, encodingKOI8R, encoding866}, "Пётр"},
		{[]string{encoding1251, encodingKOI8R, encoding866}, "ОЛЕГ\nИРИНА"},
		{[]string{encoding1251, encodingKOI8R, encoding866}, "Эдуард Щукин"},
		{[]string{encoding1251, encodingKOI8R, encoding866}, "Жанна\nЮлия\nИгорь"},
		{[]string{encoding1251}, "ООО «Ромашка»"},
		{[]string{encoding1251, encodingKOI8R, encoding866}, "уважаемая Зинаида Карповна"},
		{[]string{encoding1251, encodingKOI8R, encoding866}, "Тимур Гайдаров, Рустам Хабибуллин"},
		{[]string{encoding1251, encodingKOI8U}, "Їжакевич Юлія"},
		{[]string{encoding1251, encodingKOI8U}, "Іван"},
		{[]string{encoding1251, encodingKOI8U}, "Євген Ґудзь"},
		{[]string{encoding1251}, "Уладзімір Шаўчук"},
		{[]string{encoding1251}, "Яўген"},
		{[]string{encoding1253}, "Μαρία"},
		{[]string{encoding1253}, "Γιώργος"},
		{[]string{encoding1253}, "ΕΛΕΝΗ"},
		{[]string{encoding1253}, "Χρήστος Ζαχαρίας"},
		{[]string{encoding1252}, "José Müller"},
		{[]string{encoding1252}, "Zoë"},
		{[]string{encoding1252}, "Åsa Lindström"},
		{[]string{encoding1252}, "François"},
		{[]string{encoding1252}, "Jürgen Weiß"},
		{[]string{encoding1252}, "Peña"},
		{[]string{encoding1252}, "MÜLLER"},
	} {
		for _, encoding := range c.encodings {
			file := "phone;Name\r\n"
			for n, name := range strings.Split(c.names, "\n") {
				file += "+37529111110" + string(rune('1'+n)) + ";" + writtenIn(t, encoding, name) + "\r\n"
			}
			list, err := ReadRecipients(strings.NewReader(file), ImportOptions{DefaultCountry: "BY"})
			if err != nil {
				t.Errorf("%s %q: %v", encoding, c.names, err)
				continue
			}
			var names []string
			for _, row := range list.Rows() {
				names = append(names, row.Vars["Name"])
			}
			if got := strings.Join(names, "\n"); got != c.names || list.Encoding != encoding {
				t.Errorf("%s: %q is read as %q, %s", encoding, c.names, got, list.Encoding)
			}
		}
	}
}

func TestAnEncodingThatIsNotCertainIsAskedFor(t *testing.T) {
	t.Parallel()
	macintosh, err := charmap.MacintoshCyrillic.NewEncoder().String("Анна Щёголева, Пётр Ильин, Жанна Грушина")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"\xc1", "\xe0\xe1", "\xa3ukasz \x8cliwa", macintosh} {
		_, err := ReadRecipients(strings.NewReader("phone;Name\n+375291111101;"+name+"\n"), ImportOptions{})
		var e *Error
		if !errors.As(err, &e) || e.Kind != KindInvalid || e.Field != "encoding" ||
			!strings.Contains(e.Text.String(), "choose") {
			t.Errorf("%q: %v", name, err)
		}
	}
}
