package model

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// listCase is a file as a program exports it, and the expected result.
type listCase struct {
	file, country string
	columns       []string // chosen by a person
	mobileOnly    bool
	phones        []string // taken, without "+"
	bad           []string // a part of each reason, in the order of the lines
	encoding      string   // "" for UTF-8
	names         []string
	used          []string // the columns with the phones
	skipped       int
	landlines     int64
	several       int64
	refused       string // a part of the error
}

func listCases() []listCase {
	return []listCase{
		// phones that a spreadsheet treated as numbers
		{file: "05-sci.csv", phones: []string{"375291111103", "375291111104", "375291111105"},
			bad: []string{"digits are lost", "digits are lost"}},
		// the ways people prevent that
		{file: "06-apostrophe.csv", phones: []string{"375291111101", "375291111102", "375291111103", "375291111104",
			"375291111105", "375291111106"}},
		{file: "09-multi.csv", phones: []string{"375291111112", "375291111113"},
			bad: []string{"more than one number", "more than one number", "more than one number",
				"more than one number",
				"more than one number", "extension"}},
		{file: "20-two-phone-cols.csv", phones: []string{"375291111101", "375291111102", "375291111103"},
			used: []string{"mobile", "phone"}, several: 1},
		{file: "21-two-same.csv", refused: "choose the one with the phones by its number, 1 or 2"},
		{file: "21-two-same.csv", columns: []string{"2"}, phones: []string{"375291111102"}},
		{file: "23-cp1253.csv", country: "GR", phones: []string{"306948530920"}, encoding: encoding1253,
			names: []string{"Μαρία Ά"}, used: []string{"Τηλέφωνο"}},
		{file: "24-ua.csv", country: "UA", phones: []string{
			"380671234567", "380671234568", "380671234569", "380671234570"},
			used: []string{"Мобільний телефон"}},
		{file: "28-landline.csv", phones: []string{"375172001001", "375171234567", "375172001002",
			"375291111101", "375331111101", "375441111101"}, bad: []string{"", ""}, landlines: 3},
		{file: "28-landline.csv", mobileOnly: true, phones: []string{"375291111101", "375331111101",
			"375441111101"}, bad: []string{"landline", "landline", "landline", "", ""}},
		{file: "44-plus-lost-excel.csv", phones: []string{"375291111101", "375291111102", "375291111103"}},
		{file: "47-google.csv", phones: []string{"375291111101"}, used: []string{"Phone 1 - Value", "Phone 2 - Value"},
			several: 1},
		{file: "48-outlook.csv", phones: []string{"375291111101"}, used: []string{"Mobile Phone", "Home Phone"}},
		{file: "49-1c.csv", phones: []string{"375291111101"}, encoding: encoding1251,
			used: []string{"Телефон контактного лица"}},
		{file: "60-gr1253.csv", country: "GR", phones: []string{"306948530920", "306948530921"}, encoding: encoding1253,
			names: []string{"Μαρία", "Γιώργος"}},
		{file: "61-koi.csv", phones: []string{"375291111101"}, encoding: encodingKOI8R, names: []string{"Анна"}},
		{file: "63-1252.csv", phones: []string{"306948530920"}, encoding: encoding1252, names: []string{"José Müller"}},
		{file: "68-title-row.csv", phones: []string{"375291111101"}, used: []string{"Телефон"}, skipped: 1},
	}
}

func TestExportedListsAreReadAsTheyAreMeant(t *testing.T) {
	t.Parallel()
	for _, c := range listCases() {
		t.Run(strings.TrimSuffix(c.file, ".csv")+strings.Join(c.columns, ""), func(t *testing.T) {
			t.Parallel()
			r, err := os.Open(filepath.Join("testdata", "lists", c.file))
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = r.Close() }()
			o := ImportOptions{DefaultCountry: "BY", PhoneColumns: c.columns, MobileOnly: c.mobileOnly}
			if c.country != "" {
				o.DefaultCountry = c.country
			}
			list, err := ReadRecipients(r, o)
			if c.refused != "" {
				if err == nil || !strings.Contains(err.Error(), c.refused) {
					t.Fatalf("got %v, want %q", err, c.refused)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			c.compare(t, list)
		})
	}
}

func (c listCase) compare(t *testing.T, list Import) {
	t.Helper()
	var phones, names []string
	for _, row := range list.Rows() {
		phones = append(phones, row.Phone.Digits())
		names = append(names, row.Vars["Name"]+row.Vars["Όνομα"])
	}
	if !slices.Equal(phones, c.phones) {
		t.Errorf("phones %q, want %q", phones, c.phones)
	}
	if c.names != nil && !slices.Equal(names, c.names) {
		t.Errorf("names %q, want %q", names, c.names)
	}
	if c.used != nil && !slices.Equal(list.Recipients, c.used) {
		t.Errorf("phones from %q, want %q", list.Recipients, c.used)
	}
	if c.encoding == "" {
		c.encoding = encodingUTF8
	}
	got := fmt.Sprint(list.Encoding, len(list.Skipped), list.Landlines, list.Several, len(list.Bad))
	if want := fmt.Sprint(c.encoding, c.skipped, c.landlines, c.several, len(c.bad)); got != want {
		t.Errorf("encoding, skipped, landlines, several, bad: %s, want %s", got, want)
	}
	for n, bad := range list.Bad[:min(len(list.Bad), len(c.bad))] {
		if !strings.Contains(bad.Reason.String(), c.bad[n]) {
			t.Errorf("line %d: %s, want %q", bad.Line, bad.Reason, c.bad[n])
		}
	}
}
