package model

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

func readList(t *testing.T, s string) Import {
	t.Helper()
	list, err := ReadRecipients(strings.NewReader(s), ImportOptions{DefaultCountry: "BY"})
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	return list
}

func in1251(s string) string {
	written, err := charmap.Windows1251.NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return written
}

func inUTF16(s string, bigEndian bool) string {
	var b bytes.Buffer
	for _, unit := range utf16.Encode([]rune("\ufeff" + s)) {
		high, low := byte(unit>>8), byte(unit)
		if bigEndian {
			b.Write([]byte{high, low})
		} else {
			b.Write([]byte{low, high})
		}
	}
	return b.String()
}

func TestAListIsReadInEveryEncodingAndSeparator(t *testing.T) {
	t.Parallel()
	want := []ImportRow{
		{Line: 2, Phone: 375291111111, Contact: "+375291111111",
			Vars: map[string]string{"имя": "Анна", "город": "Мінск"}},
		{Line: 3, Phone: 375291111112, Contact: "+375291111112", Vars: map[string]string{"имя": "Пётр", "город": ""}},
	}
	for _, separator := range []string{",", ";", "\t"} {
		plain := strings.ReplaceAll("телефон|имя|город\n80291111111|Анна|Мінск\n+375 29 111-11-12|Пётр|\n", "|",
			separator)
		for name, file := range map[string]struct{ text, encoding string }{
			"UTF-8":     {plain, encodingUTF8},
			"BOM":       {"\ufeff" + plain, encodingUTF8},
			"CRLF":      {strings.ReplaceAll(plain, "\n", "\r\n"), encodingUTF8},
			"CR":        {strings.ReplaceAll(plain, "\n", "\r"), encodingUTF8},
			"1251":      {in1251(plain), encoding1251},
			"UTF-16 LE": {inUTF16(plain, false), encodingUTF16},
			"UTF-16 BE": {inUTF16(plain, true), encodingUTF16},
			"no end":    {strings.TrimSuffix(plain, "\n"), encodingUTF8},
		} {
			list := readList(t, file.text)
			if !reflect.DeepEqual(list.Rows(), want) || len(list.Bad)+len(list.Duplicates) > 0 {
				t.Errorf("%s %q: %+v", name, separator, list)
			}
			if list.Encoding != file.encoding || list.Separator != separator || list.Recipient != "телефон" ||
				!reflect.DeepEqual(list.Columns, []string{"имя", "город"}) {
				t.Errorf("%s %q: %+v", name, separator, list)
			}
		}
	}
}

func TestTheRecipientsColumnIsFoundByItsName(t *testing.T) {
	t.Parallel()
	for _, header := range []string{"phone", "Phone", " PHONE ", "Телефон", "номер", "mobile", "MSISDN", "contact",
		"Phone Number", "Номер телефона", `"phone"`} {
		if list := readList(t, "name,"+header+"\nAnna,80291111111\n"); len(list.Rows()) != 1 ||
			list.Rows()[0].Phone != 375291111111 || list.Rows()[0].Vars["name"] != "Anna" {
			t.Errorf("%q: %+v", header, list)
		}
	}
	list := readList(t, "contact,phone\nanna,80291111111\n")
	if list.Recipient != "phone" || list.Rows()[0].Vars["contact"] != "anna" {
		t.Errorf("phone does not go before contact: %+v", list)
	}
}

func TestQuotedCellsMayHoldAnything(t *testing.T) {
	t.Parallel()
	list := readList(t, "phone,text\n80291111111,\"a, \"\"b\"\"\nc\"\n80291111112, \"x\" \n80291111113,5\" disk\n")
	var texts []string
	for _, row := range list.Rows() {
		texts = append(texts, fmt.Sprintf("%d:%s", row.Line, row.Vars["text"]))
	}
	if want := []string{"2:a, \"b\"\nc", "4:x", "5:5\" disk"}; !reflect.DeepEqual(texts, want) {
		t.Errorf("got %q, want %q", texts, want)
	}
}

func TestBadRowsAndDuplicatesAreListedByLine(t *testing.T) {
	t.Parallel()
	list := readList(t, "phone,name\n"+ // 1
		"80291111111,Anna\n"+ // 2
		"\n"+ // 3: blank
		"3.75291E+11,Damaged\n"+ // 4
		",Nobody\n"+ // 5
		"+375 29 111 11 11,Again\n"+ // 6
		"80291111112,Sale, today\n"+ // 7
		"80291111113,\"open\n"+ // 8
		"80291111114,Olga,,\n"+ // 9
		"80291111115,\"x\"y\n"+ // 10
		"80291111116\n"+ // 11
		"80291111117,"+strings.Repeat("x", maxCSVLine)+"\n"+ // 12
		"Анна,\n"+ // 13
		"80291111118,\xff\n"+ // 14
		"80291111119,Ivan") // 15
	var lines []int
	for _, row := range list.Rows() {
		lines = append(lines, row.Line)
	}
	if want := []int{2, 9, 11, 15}; !reflect.DeepEqual(lines, want) {
		t.Errorf("rows at %v, want %v", lines, want)
	}
	bad := map[int]string{4: "spreadsheet", 5: "no phone", 7: "3 cells", 8: "never closed", 10: "after a closing quote",
		12: "too long", 13: "letters", 14: "not valid UTF-8"}
	for _, row := range list.Bad {
		if bad[row.Line] == "" || !strings.Contains(row.Reason.String(), bad[row.Line]) {
			t.Errorf("line %d: %q", row.Line, row.Reason)
		}
		delete(bad, row.Line)
	}
	if len(bad) > 0 {
		t.Errorf("not reported: %v", bad)
	}
	if want := []DuplicateRow{{Line: 6, Of: 2, Contact: "+375291111111"}}; !reflect.DeepEqual(list.Duplicates, want) {
		t.Errorf("duplicates %+v", list.Duplicates)
	}
}

func TestContactsThatAreNoPhonesAreTakenOnlyWhereAllowed(t *testing.T) {
	t.Parallel()
	const file = "contact\nanna@example.com\n80291111111\nanna@example.com\n"
	list, err := ReadRecipients(strings.NewReader(file), ImportOptions{DefaultCountry: "BY", Contacts: true})
	if err != nil || len(list.Rows()) != 2 || list.Rows()[0].Contact != "anna@example.com" ||
		list.Rows()[0].Phone != 0 ||
		list.Rows()[1].Phone != 375291111111 || len(list.Duplicates) != 1 {
		t.Errorf("allowed: %+v, %v", list, err)
	}
	if list := readList(t, file); len(list.Rows()) != 1 || len(list.Bad) != 2 {
		t.Errorf("not allowed: %+v", list)
	}
}

func TestAFileThatIsNotAListIsRefusedAsAWhole(t *testing.T) {
	t.Parallel()
	for file, says := range map[string]string{
		"":                                "empty",
		"\n \n":                           "empty",
		"\ufeff":                          "empty",
		"80291111111\n80291111112\n":      "must name the columns",
		"name,city\nAnna,Minsk\n":         "no column is named phone",
		"phone,name,Name\n1,2,3\n":        "two columns",
		"phone,\"name\n":                  "cannot be read",
		"PK\x03\x04rest":                  "spreadsheet file",
		"\x7fELF\x02\x01\x00\x00\x00\x00": "not a text file",
		"p\x00h\x00o\x00":                 "phones: pho",
		strings.Repeat("x", 70_000):       "too long",
		"phone\n1\n2\n3\n":                "",
		"sep=;\nphone;name\n1;2\n":        "",
		"phone,name,,\n80291111111,A,,":   "",
	} {
		_, err := ReadRecipients(strings.NewReader(file), ImportOptions{DefaultCountry: "BY"})
		var e *Error
		switch {
		case says == "" && err != nil:
			t.Errorf("%q: %v", clip(file), err)
		case says != "" && (!errors.As(err, &e) || e.Field != "recipients" && e.Field != "column" ||
			!strings.Contains(e.Text.String(), says)):
			t.Errorf("%q: %v, want %q", clip(file), err, says)
		}
	}
	if _, err := ReadRecipients(strings.NewReader("phone\n80291111111\n80291111112\n"),
		ImportOptions{DefaultCountry: "BY", MaxRows: 1}); err == nil {
		t.Error("a list over the limit was read")
	}
}

func TestAReadersErrorIsHandedOn(t *testing.T) {
	t.Parallel()
	broken := errors.New("disk gone")
	for _, before := range []string{"", "phone\n8029111", "phone\n80291111111\n"} {
		_, err := ReadRecipients(io.MultiReader(strings.NewReader(before), iotest.ErrReader(broken)), ImportOptions{})
		if !errors.Is(err, broken) {
			t.Errorf("after %q: %v", before, err)
		}
	}
}

func TestExportedCellsCannotRun(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"": "", "plain": "plain", "СТОП": "СТОП", "a=b": "a=b", "12.50": "12.50",
		"=1+1": "'=1+1", "+1+1": "'+1+1", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "'\r=1",
		"\n=1": "'\n=1",
		"＝1":   "'＝1", "=HYPERLINK(\"x\")": "'=HYPERLINK(\"x\")",
		"+375291111111": "+375291111111", "+375291111111+1": "'+375291111111+1",
		"+375 29 111-11-11":       "'+375 29 111-11-11",
		"hi;=1+cmd|'/c calc'!A0;": "hi;'=1+cmd|'/c calc'!A0;",
		"  =1":                    "  '=1", "a; =1": "a; '=1", "a,+1": "a,'+1", "a\t@x": "a\t'@x", "a|-1": "a|'-1",
		"a\n=1": "a\n'=1", "a;\"=1\"": "a;\"'=1\"", "a;\u00a0=1": "a;\u00a0'=1", "a;b=1": "a;b=1", "a - b": "a - b",
		"call +375291111111;+375291111112": "call +375291111111;+375291111112", "\t\t=1": "'\t\t'=1",
		"+123456": "'+123456", "+1234567890123456": "'+1234567890123456", "+": "'+",
	} {
		if got := writeSafeCell(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func FuzzReadRecipients(f *testing.F) {
	for _, s := range []string{
		"phone,name\n80291111111,Anna\n", "\xff\xfep\x00h\x00", "телефон;x\n1;\"a\"\"b\n",
		in1251("телефон\n80291111111\n"), "phone\r1\r\n2", "\xfe\xff\xd8",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		list, err := ReadRecipients(bytes.NewReader(file), ImportOptions{DefaultCountry: "BY", Contacts: true})
		if err != nil {
			return
		}
		seen := map[int]bool{}
		once := func(line int) {
			if line < 2 || seen[line] {
				t.Fatalf("line %d twice or before the header", line)
			}
			seen[line] = true
		}
		for _, row := range list.Rows() {
			once(row.Line)
			if row.Contact == "" || row.Phone != 0 && row.Contact != row.Phone.String() {
				t.Fatalf("%+v", row)
			}
		}
		for _, row := range list.Bad {
			once(row.Line)
		}
		for _, row := range list.Duplicates {
			once(row.Line)
		}
	})
}

func FuzzSplitCSVAgreesWithTheStandardReader(f *testing.F) {
	f.Add(`a,"b ""c""",d`)
	f.Add("a,\"b\nc\"")
	f.Fuzz(func(t *testing.T, s string) {
		if strings.Contains(s, "\r") || strings.Contains(s, " ") {
			return // read differently on purpose
		}
		reader := csv.NewReader(strings.NewReader(s))
		want, err := reader.Read()
		if err != nil {
			return
		}
		if _, err := reader.Read(); !errors.Is(err, io.EOF) || strings.HasPrefix(s, "\n") ||
			strings.HasSuffix(s, "\n") {
			return // not one record
		}
		if got, err := splitCSV(s, ','); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%q: got %q, %v; want %q", s, got, err, want)
		}
	})
}

func BenchmarkReadRecipients(b *testing.B) {
	var file strings.Builder
	file.WriteString("phone;имя\n")
	for n := range 10_000 {
		fmt.Fprintf(&file, "8029%07d;Анна\n", 1_000_000+n)
	}
	b.SetBytes(int64(file.Len()))
	for b.Loop() {
		list, err := ReadRecipients(strings.NewReader(file.String()), ImportOptions{DefaultCountry: "BY"})
		if err != nil || len(list.Rows()) != 10_000 {
			b.Fatal(len(list.Rows()), err)
		}
	}
}
