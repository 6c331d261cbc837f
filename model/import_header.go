package model

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

// phoneColumn is how likely a column is to hold the phone that a message should go to.
type phoneColumn int

const (
	notPhone     phoneColumn = iota
	mobilePhone              // "Mobile Phone", "Моб. тел."
	plainPhone               // "Phone", "Телефон контактного лица"
	otherPhone               // "Home Phone", "Рабочий телефон", "Телефон/факс"
	onlyNumber               // "№", "Номер": a phone if there is no other column
	foreignPhone             // another person's: "Телефон менеджера"
)

// The words of headings, as beginnings; one that ends in "." must be the whole word.
var (
	phoneWords = newWordList(`phone telephon telefon телефон тэлефон τηλεφων tel. тел. тэл. τηλ. msisdn cellphone
		mobilephone phonenumber mobilenumber viber вайбер whatsapp ватсап радиотелефон iphone`)
	mobileWords = newWordList(
		`mobil mob. моб. мабіл мобіл мобил сотов сот. cell. cellphone cellular handy. gsm. κινητ κιν.
		переносн iphone msisdn viber вайбер whatsapp ватсап`)
	viberWords = newWordList(`viber вайбер`)
	otherWords = newWordList(
		`home work business office company main. car. radio other дом. домаш раб. рабоч служеб город. городск
		стацион хатн прац робоч служб міськ οικια εργασια σπιτι σταθερ дополн додат дадат secondary shipping landline fixed
		callback organization организаци другой другие інший іншы радиотелефон машин авто
		alternat additional second. spare day. daytime evening direct. прям доп. проч запасн запасны резерв рэзерв
		альтернатив дневн вечерн επιχειρ αλλο. αλλα. εναλλακτ`)
	faxWords     = newWordList(`факс fax`)
	foreignWords = newWordList(
		`manager менеджер мэнэджэр assistant ассистент помощник секретар agent. агент courier курьер
		кур'єр куратор ответствен emergency supervisor seller продав кассир оператора βοηθ`)
	// deniedWords in a heading mean that the column holds something about a phone.
	deniedWords = newWordList(
		`type тип тып вид. label model модел мадэл status статус country страна краіна країна code код. verified
		подтвержд пацвердж підтвердж date дата время time. pager пейджер telex телекс телетайп isdn ext. extension доб. добав
		comment коммент каммент app. приложен додаток. прыклад os. brand марка марки count количест кількіст колькасц name имя
		імя ім'я имени bank банк operator оператор carrier mail почт note прим плат pay cost стоим тариф tariff lang язык мов
		is. has. есть valid правил τυπος ttytdd tty`)
	numberWords = newWordList(`номер. number. нумар. no. № nr. num. numbers. номера. нумары. αριθμος. #`)
	personWords = newWordList(`contact контакт кантакт абонент subscriber επικοινων`)
	// commonWords say nothing about whose phone it is.
	commonWords = newWordList(
		`value значен значэнн значенн primary default. address. основн осн. асноўн κυρι billing
		personal личн особист contact контакт кантакт лица. особи. асобы. your ваш.
		customer клиент кліент клієнт покупат user абонент mobile номер number нумар no. №
		phone of. the. for. в. для. client пользовател s. επικοινωνιας πελατη αριθμος`)
	contactNames = newWordList(`contact contacts контакт контакты кантакт кантакты контакти επαφή`)
)

// wordList returns words in the letters of Fold, which are worked out when it is first asked.
type wordList func() []string

func newWordList(words string) wordList {
	return sync.OnceValue(func() []string { return foldedWords(words) })
}

// headingWords returns the words of a heading in small letters: "MobilePhone", "mobile_phone" and
// "Mobile-Phone:" are the same two, and so are "Тел1" and "тел. 1".
func headingWords(name string) []string {
	var spaced strings.Builder
	before := ' '
	for _, r := range strings.NewReplacer("WhatsApp", "Whatsapp", "iPhone", "Iphone").Replace(name) {
		if unicode.IsLower(before) && unicode.IsUpper(r) || unicode.IsLetter(before) && unicode.IsDigit(r) {
			spaced.WriteByte(' ')
		}
		spaced.WriteRune(r)
		before = r
	}
	return strings.FieldsFunc(Fold(spaced.String()), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '#'
	})
}

// hasWord reports whether a word is, or begins with, one of the known ones.
func hasWord(known wordList, word string) bool {
	return slices.ContainsFunc(known(), func(k string) bool {
		if whole, ok := strings.CutSuffix(k, "."); ok {
			return word == whole
		}
		return strings.HasPrefix(word, k)
	})
}

func anyWord(known wordList, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return hasWord(known, w) })
}

// phoneHeading classifies the heading of a column. whose is the rest of the heading, which
// distinguishes the phones of different people.
func phoneHeading(name string) (kind phoneColumn, whose string) {
	words := headingWords(name)
	if len(words) == 0 || len(keepDigits(name)) >= 5 || anyWord(deniedWords, words) {
		return notPhone, ""
	}
	only := func(known wordList) bool {
		return !slices.ContainsFunc(words, func(w string) bool { return !hasWord(known, w) })
	}
	isMobile, isFax := anyWord(mobileWords, words), anyWord(faxWords, words)
	switch {
	case isMobile, anyWord(phoneWords, words):
	case only(numberWords):
		return onlyNumber, ""
	case anyWord(numberWords, words) && anyWord(personWords, words):
	default:
		return notPhone, ""
	}
	var rest []string
	for _, w := range words {
		if _, err := strconv.Atoi(w); err != nil && !hasWord(phoneWords, w) && !hasWord(mobileWords, w) &&
			!hasWord(otherWords, w) && !hasWord(commonWords, w) && !hasWord(faxWords, w) {
			rest = append(rest, w)
		}
	}
	whose = strings.Join(rest, " ")
	switch {
	case anyWord(foreignWords, words):
		return foreignPhone, whose
	case isMobile && !isFax:
		return mobilePhone, whose
	case isFax, anyWord(otherWords, words):
		return otherPhone, whose
	}
	return plainPhone, whose
}

// isPlace recognises a heading that may mean a phone at that place, or something else: "Home",
// "Рабочий".
func isPlace(name string) bool {
	words := headingWords(name)
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !hasWord(otherWords, w) })
}

// viberLast is 0 for a column of numbers that have Viber.
func viberLast(name string) int {
	if anyWord(viberWords, headingWords(name)) {
		return 0
	}
	return 1
}

// recipientColumns returns the columns that hold the phone of a person, in the order in which they
// are to be tried, or the column of contacts. An error says what a person has to choose.
func recipientColumns(names []string) (at []int, isContact bool, err error) {
	byKind := map[phoneColumn][]int{}
	whose := make([]string, len(names))
	for n, name := range names {
		var kind phoneColumn
		if kind, whose[n] = phoneHeading(name); kind != notPhone {
			byKind[kind] = append(byKind[kind], n)
		}
	}
	slices.SortStableFunc(byKind[mobilePhone], func(a, b int) int { // a number marked as having Viber first
		return cmp.Compare(viberLast(names[a]), viberLast(names[b]))
	})
	at = slices.Concat(byKind[mobilePhone], byKind[plainPhone], byKind[otherPhone])
	for _, kind := range []phoneColumn{onlyNumber, foreignPhone} {
		if len(at) == 0 {
			at = byKind[kind]
		}
	}
	if len(at) == 0 {
		i := slices.IndexFunc(names, func(name string) bool {
			return slices.Contains(contactNames(), strings.Join(headingWords(name), " "))
		})
		if i < 0 {
			return nil, false, nil
		}
		return []int{i}, true, nil
	}
	for n, a := range at {
		for _, b := range at[:n] {
			if columnKey(names[a]) == columnKey(names[b]) {
				return at, false, Invalid("column",
					"two columns are named %q: choose the one with the phones by its number, %d or %d",
					clip(names[a]), b+1, a+1)
			}
			if whose[a] != whose[b] {
				return at, false, Invalid("column",
					"the phones of different people may stand in the columns %q and %q: choose one",
					clip(names[b]), clip(names[a]))
			}
		}
	}
	return at, false, nil
}

// chosenColumns finds the columns that a person chose by name or, from 1, by number. missing is the
// first one that does not exist.
func chosenColumns(names, chosen []string) (at []int, missing string, err error) {
	for _, want := range chosen {
		var found []int
		for n, name := range names {
			if columnKey(name) == columnKey(want) {
				found = append(found, n)
			}
		}
		if n, err := strconv.Atoi(strings.TrimSpace(want)); err == nil && len(found) == 0 && n >= 1 && n <= len(names) {
			found = []int{n - 1}
		}
		switch {
		case len(found) == 0:
			return nil, want, nil
		case len(found) > 1:
			return nil, "", Invalid("column",
				"two columns are named %q: choose the one with the phones by its number, %d or %d",
				clip(want), found[0]+1, found[1]+1)
		case !slices.Contains(at, found[0]):
			at = append(at, found[0])
		}
	}
	return at, "", nil
}
