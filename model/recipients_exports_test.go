package model

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// export is a list as a program writes it, and the expected result.
type export struct {
	name, text string // text as the program shows it
	written    string // an 8-bit encoding, or UTF-16LE, UTF-16BE; "" for UTF-8
	mark       bool   // a byte-order mark before it
	country    string // BY if empty
	phones     string // taken, in order, without "+"
	read       string // the encoding that is named; as written if empty
	names      string // the values of the column "name" below, one per person
	column     string
	used       string   // the columns with the phones
	skipped    int      // lines above the headings
	landlines  int64    // taken
	several    int64    // people with more than one number
	bad        []string // a part of each reason
	refused    string   // a part of the error
}

func (e export) bytes(t *testing.T) []byte {
	t.Helper()
	switch e.written {
	case encodingUTF16LE, encodingUTF16BE:
		text := e.text
		if e.mark {
			text = "\ufeff" + text
		}
		var out []byte
		for _, u := range utf16.Encode([]rune(text)) {
			if e.written == encodingUTF16LE {
				out = append(out, byte(u), byte(u>>8))
			} else {
				out = append(out, byte(u>>8), byte(u))
			}
		}
		return out
	case "":
		if e.mark {
			return []byte("\ufeff" + e.text)
		}
		return []byte(e.text)
	}
	return []byte(writtenIn(t, e.written, e.text))
}

const (
	fourPhones = "375291111101 375291111102 375291111103 375291111104"
	onePhone   = "375291111101"
	twoPhones  = "375291111101 375291111102"
)

func exportsOfAddressBooks() []export {
	return []export{
		{name: "Outlook, Russian", written: encoding1251, names: "Анна|Пётр", column: "Имя", phones: twoPhones,
			used: "Телефон переносной|Основной телефон|Другой телефон|Рабочий телефон|Телефон раб. 2|" +
				"Телефон в машине|Основной телефон организации|Домашний телефон|Телефон дом. 2|Радиотелефон",
			landlines: 0, several: 1,
			text: `"Имя","Отчество","Фамилия","Организация","Должность","Улица (раб. адрес)","Другой факс","Другой телефон",` +
				`"Факс рабочий","Основной телефон","Рабочий телефон","Телефон раб. 2","Обратный вызов","Телефон в машине",` +
				`"Основной телефон организации","Домашний факс","Домашний телефон","Телефон дом. 2","ISDN",` +
				`"Телефон переносной","Пейджер","Радиотелефон","Телетайп/телефон с титрами","Телекс","Адрес эл. почты"` + "\r\n" +
				`"Анна","","А","","","","","","","","+375 17 200-10-01","","","","","","","","","+375 29 111-11-01","","","","",""` +
				"\r\n" + `"Пётр","","Б","","","","","","","80291111102","","","","","","","","","","","","","","",""` +
				"\r\n"},
		{name: "Outlook, English", names: "Anna", column: "First Name", phones: onePhone, several: 1,
			used: "Mobile Phone|Primary Phone|Business Phone|Business Phone 2|Car Phone|Company Main Phone|" +
				"Home Phone|Home Phone 2|Other Phone|Radio Phone",
			text: "First Name,Last Name,Assistant's Phone,Business Fax,Business Phone,Business Phone " +
				"2,Callback,Car Phone," +
				"Company Main Phone,Home Fax,Home Phone,Home Phone 2,ISDN,Mobile Phone,Other Fax,Other Phone,Pager," +
				"Primary Phone,Radio Phone,TTY/TDD Phone,Telex,E-mail Address\r\n" +
				"Anna,A,+375291111109,,+375172001001,,,,,,,,,(029) 111-11-01,,,,,,,,\r\n"},
		{name: "Outlook, Ukrainian", mark: true, country: "UA", names: "Олена", column: "Ім'я", phones: "380671234567",
			used: "Мобільний телефон|Домашній телефон|Робочий телефон", several: 1,
			text: "Ім'я;Прізвище;Мобільний телефон;Домашній телефон;Робочий телефон\r\nОлена;Коваль;067 " +
				"123-45-67;044 234-56-78;\r\n"},
		{name: "Outlook, Belarusian", written: encoding1251, names: "Дзмітрый|Яўген", column: "Імя", phones: twoPhones,
			used: "Мабільны тэлефон|Хатні тэлефон|Працоўны тэлефон",
			text: "Прозвішча;Імя;Мабільны тэлефон;Хатні тэлефон;Працоўны тэлефон\nКаваль;Дзмітрый;+375291111101;;\n" +
				"Шаўчук;Яўген;+375291111102;;\n"},
		{name: "Outlook, Greek", written: encoding1253, country: "GR", names: "Μαρία", column: "Όνομα",
			phones: "306948530920", used: "Κινητό τηλέφωνο|Τηλέφωνο οικίας|Τηλέφωνο εργασίας", several: 1,
			text: "Όνομα;Επώνυμο;Κινητό τηλέφωνο;Τηλέφωνο οικίας;Τηλέφωνο εργασίας\nΜαρία;Παππά;694 853 0920;210 " +
				"3456789;\n"},
		{name: "Google, with labels", names: "Anna|Petr", column: "First Name", phones: twoPhones,
			used: "Phone 1 - Value|Phone 2 - Value", several: 1,
			text: "First Name,Last Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value," +
				"Phone 2 - Label,Phone 2 - Value\nAnna,A,* myContacts,,a@example.com,Work,+375172001001,Mobile,+375 " +
				"29 111-11-01\n" +
				"Petr,B,* myContacts,,,Mobile,80291111102,,\n"},
		{name: "Google, Russian headings", names: "Анна", column: "Имя", phones: onePhone,
			used: "Телефон 1 – Значение",
			text: "Имя,Фамилия,Телефон 1 – Тип,Телефон 1 – Значение\nАнна,А,Мобильный,+375 29 111-11-01\n"},
		{name: "Google, Ukrainian headings", country: "UA", names: "Олена", column: "Ім’я", phones: "380671234567",
			used: "Телефон 1 – значення",
			text: "Ім’я,Прізвище,Телефон 1 – тип,Телефон 1 – значення\nОлена,К,Мобільний,067 123 45 67\n"},
		{name: "an iPhone's contacts", names: "Anna|Petr", column: "First name", phones: twoPhones,
			used: "Mobile|iPhone|Home", several: 1,
			text: "First name,Last name,Mobile,iPhone,Home,Work,Main,Email\n" +
				"Anna,A,\u202a+375 29 111-11-01\u202c,,8 017 200 10 01,,,\nPetr,B,,+375\u00a029\u00a0111‑11‑02,,,,\n"},
		{name: "iCloud, one column a label", names: "Anna", column: "Name", phones: onePhone,
			used: "Phone (mobile)|Phone (iPhone)|Phone (home)|Phone (work)",
			text: "Name,Phone (home),Phone (mobile),Phone (work),Phone (iPhone)\nAnna,,+375291111101,,\n"},
		{name: "a telephone's memory", names: "Анна", column: "Имя", phones: onePhone, several: 1,
			used: "Мобильный|Домашний",
			text: "Имя;Мобильный;Домашний;Рабочий\nАнна;+375291111101;80172001001;\n"},
	}
}

func exportsOfAccounting() []export {
	return []export{
		{name: "1C, a report with titles", written: encoding1251, names: "ООО \"Ромашка\"|ИП Иванов",
			column: "Контрагент",
			phones: twoPhones, used: "Контактный телефон", skipped: 2, bad: []string{"no phone"},
			text: "Отчёт: Контрагенты, ноябрь;;;\r\nПериод: 01.11.2026 - 30.11.2026;;;\r\n;;;\r\n" +
				"№;Контрагент;Контактный телефон;Сумма\r\n1;\"ООО \"\"Ромашка\"\"\";8 (029) 111-11-01;10,50\r\n" +
				"2;ИП Иванов;+375 (29) 111-11-02;1 200,00\r\nИтого:;;;1 210,50\r\n"},
		{name: "1C, Unicode text", written: encodingUTF16LE, mark: true, read: encodingUTF16, names: "Ромашка",
			column: "Наименование", phones: onePhone, used: "Телефон",
			text: "Код\tНаименование\tТелефон\tАдрес электронной почты\r\n000001\tРомашка\t+375 29 1111101\t\r\n"},
		{name: "1C, telephone and fax in one column", written: encoding1251, names: "Ромашка", column: "Клиент",
			phones: onePhone, used: "Тел./факс", text: "Клиент;Тел./факс\r\nРомашка;80291111101\r\n"},
		{name: "1C, telephone and fax beside a mobile", written: encoding1251, names: "Ромашка|Василёк",
			column: "Клиент",
			phones: onePhone + " 375172001001", used: "Моб. тел.|Телефон/факс", landlines: 1, several: 1,
			text: "Клиент;Телефон/факс;Моб. тел.\r\nРомашка;80172001001;80291111101\r\nВасилёк;8 (017) 200-10-01;\r\n"},
		{name: "1C, the headings again on each page", written: encoding1251, phones: twoPhones, used: "Телефон",
			bad: []string{"letters"}, text: "ФИО;Телефон\r\nАнна;80291111101\r\nФИО;Телефон\r\nПётр;80291111102\r\n"},
		{name: "1C, a manager's phone beside the customer's", written: encoding1251, phones: onePhone,
			used: "Телефон клиента",
			text: "Клиент;Телефон клиента;Менеджер;Телефон менеджера\r\nАнна;80291111101;Инна;80291111109\r\n"},
		{name: "1C under DOS", written: encoding866, names: "Жанна|Щукин Пётр", column: "ФИО", phones: twoPhones,
			used: "Номер телефона", text: "ФИО;Номер телефона\r\nЖанна;375291111101\r\nЩукин Пётр;375291111102\r\n"},
		{name: "a title that speaks of phones", names: "Анна", column: "ФИО", phones: onePhone, used: "Телефон",
			skipped: 1,
			text:    "Телефоны клиентов, г. Минск\nФИО,Телефон\nАнна,80291111101\n"},
		{name: "a title that is as wide as the table", names: "Анна", column: "ФИО", phones: onePhone, used: "Телефон",
			skipped: 1, text: "Список;ноябрь;2026\nФИО;Телефон;Город\nАнна;80291111101;Минск\n"},
		{name: "headings of two lines", names: "Анна", column: "ФИО", phones: onePhone, used: "Номер телефона",
			text: "ФИО;\"Номер\nтелефона\";Город\nАнна;80291111101;Минск\n"},
		{name: "groups above the headings", names: "Анна", column: "ФИО", phones: onePhone, used: "моб.", skipped: 1,
			text: ";Телефоны;;\nФИО;моб.;дом.;Город\nАнна;80291111101;;Минск\n"},
	}
}

func exportsOfSpreadsheets() []export {
	return []export{
		{name: "Excel, Unicode text", written: encodingUTF16LE, mark: true, read: encodingUTF16, names: "Żółć 😀",
			column: "Name", phones: onePhone, text: "Name\tMobile No.\r\nŻółć 😀\t+375 29 111 11 01\r\n"},
		{name: "UTF-16, the other way round", written: encodingUTF16BE, mark: true, read: encodingUTF16, names: "Μαρία",
			column: "Όνομα", phones: "306948530920", text: "Όνομα;Κινητό\r\nΜαρία;+306948530920\r\n"},
		{name: "UTF-16 without a mark", written: encodingUTF16LE, read: encodingUTF16, names: "Анна", column: "name",
			phones: onePhone, text: "phone,name\n+375291111101,Анна\n"},
		{name: "UTF-16, the other way round without a mark", written: encodingUTF16BE, read: encodingUTF16,
			names:  "Анна",
			column: "Имя", phones: onePhone, text: "Телефон|Имя\r+375291111101|Анна\r"},
		{name: "two marks", mark: true, names: "Анна", column: "Имя", phones: onePhone, used: "Телефон",
			text: "\ufeffТелефон;Имя\n+375291111101;Анна\n"},
		{name: "a mark and sep=", mark: true, names: "Анна", column: "Имя", phones: onePhone,
			text: "sep=;\r\nТелефон;Имя\r\n+375291111101;Анна\r\n"},
		{name: "sep= of another sign than the table has inside", names: "Минск; Брест", column: "Город",
			phones: onePhone,
			text:   "sep=,\nphone,Город\n+375291111101,\"Минск; Брест\"\n"},
		{name: "formulas that keep the digits", phones: fourPhones,
			text: "Телефон;Имя\r\n=\"+375291111101\";А\r\n\"=\"\"375291111102\"\"\";Б\r\n=\"80291111103\";В\r\n=+375291111104;Г\r\n"},
		{name: "numbers that became decimals", phones: "375291111101 375291111102 375291111103",
			bad:  []string{"digits are lost", "digits are lost"},
			text: "phone;name\n375291111101.0;A\n375291111102,00;B\n3.75291111103E+11;C\n3,752E+11;D\n3.75291111105E+12;E\n"},
		{name: "quotes of all kinds", phones: fourPhones,
			text: "phone,name\n’+375291111101,A\n‘80291111102’,B\n“+375291111103”,C\n«8 029 111-11-04»,D\n"},
		{name: "decimal commas beside semicolons", phones: onePhone, names: "1,50", column: "Сумма",
			text: "Сумма;Телефон\n1,50;80291111101\n"},
		{name: "bars", phones: twoPhones, names: "Анна|Пётр", column: "Имя",
			text: "Имя|Телефон|Город\nАнна|80291111101|Минск\nПётр|80291111102|\n"},
		{name: "tabs, a cell of two lines", phones: twoPhones, names: "Минск,\nул. Ленина, 1|Брест", column: "Адрес",
			text: "Телефон\tАдрес\n80291111101\t\"Минск,\nул. Ленина, 1\"\n80291111102\tБрест\n"},
		{name: "CR only", written: encoding1251, phones: twoPhones, names: "Анна|Пётр", column: "Имя",
			text: "Имя;Телефон\rАнна;80291111101\rПётр;80291111102"},
		{name: "empty lines", phones: twoPhones,
			text: "\n\n  \nphone,name\n\n+375291111101,A\n,,\n\n   \n+375291111102,B\n\n"},
		{name: "no newline at the end", phones: onePhone, text: "phone\n+375291111101"},
		{name: "only the headings", phones: "", text: "phone;name"},
		{name: "only a phone", refused: "line 1 is a recipient already", text: "+375291111101"},
		{name: "nothing", refused: "the list is empty", text: ""},
		{name: "only a mark", mark: true, refused: "the list is empty", text: "\r\n"},
		{name: "a NUL in the middle", refused: "not a text file", text: "phone,name\n+375291111101,An\x00na\n"},
		{name: "a NUL far down", phones: "375291111101 375291111102", names: "A|Anna", column: "name",
			text: "phone,name\n+375291111101,A" + strings.Repeat("\n", 5000) + "+375291111102,An\x00na\n"},
		{name: "a cell of a megabyte", phones: twoPhones, bad: []string{"too long"},
			text: "phone,name\n+375291111101,A\n+375291111103," + strings.Repeat("x", 1<<20) + "\n+375291111102,B\n"},
		{name: "a quote that is never closed", phones: twoPhones, bad: []string{"never closed"},
			text: "phone,name\n+375291111101,A\n+375291111103,\"B\n+375291111102,C\n"},
		{name: "HTML under the name", refused: "HTML",
			text: "\r\n<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\">\n<table><tr><td>phone</td></tr>"},
		{name: "JSON", refused: "a JSON file", text: "[{\"phone\": \"+375291111101\"}]"},
		{name: "RTF", refused: "a text document (RTF)", text: "{\\rtf1\\ansi phone}"},
		{name: "an Excel file under the name", refused: "Excel",
			text: "PK\x03\x04\x14\x00[Content_Types].xml\x00\x00xl/workbook.xml"},
		{name: "an old Excel file under the name", refused: "old Excel",
			text: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00"},
	}
}

func exportsOfWords() []export {
	return []export{
		{name: "KOI8-R", written: encodingKOI8R, phones: twoPhones, names: "Алёна|Игорь", column: "Имя",
			text: "Имя;Моб. тел.\nАлёна;80291111101\nИгорь;80291111102\n"},
		{name: "KOI8-U", written: encodingKOI8U, country: "UA", phones: "380671234567 380671234568",
			names:  "Їжак Євген|Ганна",
			column: "Ім'я", text: "Ім'я;Телефон\nЇжак Євген;067 123-45-67\nГанна;+38 (067) 123-45-68\n"},
		{name: "1252, French", written: encoding1252, phones: twoPhones, names: "Élodie Lefèvre|François",
			column: "Prénom",
			text:   "Prénom;Téléphone portable\nÉlodie Lefèvre;+375291111101\nFrançois;+375291111102\n"},
		{name: "1252, German, one letter", written: encoding1252, phones: onePhone, names: "Müller", column: "Name",
			text: "Name,Mobile\nMüller,+375291111101\n"},
		{name: "1253, capitals", written: encoding1253, country: "GR", phones: "306948530920", names: "ΓΙΩΡΓΟΣ",
			column: "ΟΝΟΜΑ",
			used:   "ΚΙΝΗΤΟ ΤΗΛ.", text: "ΟΝΟΜΑ;ΚΙΝΗΤΟ ΤΗΛ.\nΓΙΩΡΓΟΣ;6948530920\n"},
		{name: "1251, only the heading has letters", written: encoding1251, phones: onePhone, used: "Телефон",
			text: "Телефон\r\n80291111101\r\n"},
		{name: "866 far below ASCII", written: encoding866, phones: twoPhones, names: "Anna|Ольга", column: "name",
			text: "phone;name\n80291111101;Anna" + strings.Repeat("\n;", 200_000) + "\n80291111102;Ольга\n"},
		{name: "a broken byte in UTF-8", phones: "375291111101 375291111103", bad: []string{"UTF-8"},
			text: "Телефон;Имя\n80291111101;Анна\n80291111102;Пёт\xd1\n80291111103;Мария\n"},
		{name: "spellings of people",
			phones: "375291111101 375291111102 375291111103 375291111104 375291111105 375291111106 375291111107 " +
				"375291111108",
			text: "phone\n8 029 111 11 01\n8-029-111-11-02\n029 111-11-03\n+375(29)1111104\n375 29 " +
				"1111105\n00375291111106\n" +
				"tel:+375-29-111-11-07\n+375.29.111.11.08\n"},
		{name: "spaces that nobody sees", phones: fourPhones,
			text: "phone\n+375\u00a029\u202f1111101\n\u200b+375291111102\n+375\u00ad29\u00ad1111103\n\u2066+375 29 " +
				"111-11-04\u2069\n"},
		{name: "two numbers in a cell", phones: onePhone,
			bad: []string{"more than one", "more than one", "more than one", "more than one"},
			text: "Телефоны;Имя\n80291111101;А\n80291111102, " +
				"80291111103;Б\n80291111102/80291111103;В\n\"80291111102\n80291111103\";Г\n" +
				"80291111102 или 80291111103;Д\n"},
		{name: "an extension", phones: "", bad: []string{"extension", "extension"},
			text: "Телефон\n+7 (495) 123-45-67, доб. 12\n+375172001001 (вн. 205)\n"},
		{name: "landlines", phones: "375172001001 375291111102", landlines: 1,
			text: "Телефон\n8 (017) 200-10-01\n80291111102\n"},
		{name: "labels beside the number", phones: fourPhones,
			text: "Телефон\nтел. 80291111101\n(моб) 80291111102\n80291111103 (МТС)\nмоб.: +375 29 111-11-04 A1\n"},
		{name: "a note beside the number, which may be a no", phones: "", bad: []string{"letters", "letters"},
			text: "Телефон\n80291111101 не звонить\n80291111102 (жена)\n"},
		{name: "of a web form", phones: onePhone, names: "Anna", column: "customer_name", used: "customer_phone",
			text: "id,customer_name,customer_phone,phone_verified,phone_country\n1,Anna,375291111101,true,BY\n"},
		{name: "of a database", phones: onePhone, used: "client.phone",
			text: "\"client.id\",\"client.phone\"\n\"15\",\"375291111101\"\n"},
		{name: "of two people", refused: "different people",
			text: "Телефон мамы;Телефон папы\n80291111101;80291111102\n"},
		{name: "no phone at all", refused: "no column is named phone", text: "Имя;Город\nАнна;Минск\n"},
		{name: "the same person twice", phones: onePhone, text: "phone\n80291111101\n+375 (29) 111-11-01\n"},
	}
}

func TestListsOfManyProgramsGiveWhatTheyMean(t *testing.T) {
	t.Parallel()
	for _, e := range slices.Concat(exportsOfAddressBooks(), exportsOfAccounting(), exportsOfSpreadsheets(),
		exportsOfWords()) {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			list, err := ReadRecipients(bytes.NewReader(e.bytes(t)), ImportOptions{DefaultCountry: country(e)})
			switch {
			case e.refused != "" && (err == nil || !strings.Contains(err.Error(), e.refused)):
				t.Fatalf("got %v, want %q", err, e.refused)
			case e.refused == "" && err != nil:
				t.Fatal(err)
			case e.refused == "":
				e.compare(t, list)
			}
		})
	}
}

func country(e export) string {
	if e.country == "" {
		return "BY"
	}
	return e.country
}

func (e export) compare(t *testing.T, list Import) {
	t.Helper()
	var phones, names []string
	for _, row := range list.Rows() {
		phones = append(phones, row.Phone.Digits())
		names = append(names, row.Vars[e.column])
	}
	if got := strings.Join(phones, " "); got != e.phones {
		t.Errorf("phones %q, want %q", got, e.phones)
	}
	if got := strings.Join(names, "|"); e.column != "" && got != e.names {
		t.Errorf("%s %q, want %q", e.column, got, e.names)
	}
	if got := strings.Join(list.Recipients, "|"); e.used != "" && got != e.used {
		t.Errorf("phones from %q, want %q", got, e.used)
	}
	if e.read == "" {
		e.read = e.written
	}
	if e.read == "" {
		e.read = encodingUTF8
	}
	got := fmt.Sprint(list.Encoding, len(list.Skipped), list.Landlines, list.Several, len(list.Bad))
	if want := fmt.Sprint(e.read, e.skipped, e.landlines, e.several, len(e.bad)); got != want {
		t.Errorf("encoding, skipped, landlines, several, bad: %s, want %s; bad: %v", got, want, list.Bad)
	}
	for n, bad := range list.Bad[:min(len(list.Bad), len(e.bad))] {
		if !strings.Contains(bad.Reason.String(), e.bad[n]) {
			t.Errorf("line %d: %s, want %q", bad.Line, bad.Reason, e.bad[n])
		}
	}
}
