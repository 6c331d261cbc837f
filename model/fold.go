package model

import (
	"strings"
	"unicode"
)

// Fold reduces text to what a search compares, for what is indexed and for what is asked alike:
// lower case in all scripts, full-width and styled letters as plain ones, accents off Latin, Greek
// and Cyrillic letters, ё as е, ї as і, ў as у, ґ as г (й stays й, however it was typed),
// apostrophes and invisible characters gone, white space as single spaces and none at the ends.
//
// Fold(Fold(s)) == Fold(s). Lengths change: positions in folded text are none in the original.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	last := rune(0) // held back: a breve after и still makes it й
	emit := func(r rune) {
		if last != 0 {
			b.WriteRune(last)
		}
		last = r
	}
	spaced := false
	for _, r := range s {
		if unicode.IsSpace(r) {
			spaced = true
			continue
		}
		if r == '\u0306' && last == 'и' && !spaced {
			last = 'й'
			continue
		}
		if isFoldedAway(r) {
			continue
		}
		if spaced && last != 0 {
			emit(' ')
		}
		spaced = false
		r = plainLetter(r)
		if several, found := spelledOut[r]; found {
			for _, one := range several {
				emit(one)
			}
			continue
		}
		if base, found := unaccented[r]; found {
			r = base
		}
		emit(r)
	}
	if last != 0 {
		b.WriteRune(last)
	}
	return b.String()
}

// isFolded reports that s is plain lower case already: ASCII without apostrophes and the Russian
// letters.
func isFolded(s string) bool {
	previous := ' '
	for _, r := range s {
		switch {
		case r == ' ' && previous == ' ', r == '\'', r == '`':
			return false
		case r >= ' ' && r < 0x7f && (r < 'A' || r > 'Z'), r >= 'а' && r <= 'я':
		default:
			return false
		}
		previous = r
	}
	return s == "" || previous != ' '
}

// isFoldedAway reports characters that a search does not see: apostrophes, accents, controls,
// invisible ones.
func isFoldedAway(r rune) bool {
	switch r {
	case '\'', '`', '’', '‘', '‛', 'ʼ', 'ʹ', '´', '′', '＇', '｀':
		return true
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(accents, r)
}

// accents are the combining marks of Latin, Greek and Cyrillic and the selectors of emoji. Marks of
// other scripts are vowels and stay.
var accents = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x0300, Hi: 0x036f, Stride: 1}, {Lo: 0x0483, Hi: 0x0489, Stride: 1}, {Lo: 0x1ab0, Hi: 0x1aff, Stride: 1},
	{Lo: 0x1dc0, Hi: 0x1dff, Stride: 1}, {Lo: 0x20d0, Hi: 0x20ff, Stride: 1}, {Lo: 0xfe00, Hi: 0xfe0f, Stride: 1},
	{Lo: 0xfe20, Hi: 0xfe2f, Stride: 1},
}}

// plainLetter is r in lower case, and as an ordinary letter or digit if it is a full-width or
// mathematical one.
func plainLetter(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		r = r - '！' + '!'
	case r >= 0x1d400 && r <= 0x1d6a3:
		r = (r - 0x1d400) % 52
		if r < 26 {
			r += 'a'
		} else {
			r += 'a' - 26
		}
	case r >= 0x1d7ce && r <= 0x1d7ff:
		r = '0' + (r-0x1d7ce)%10
	}
	// Up and down again: so that final ς meets σ, and the long ſ meets s.
	return unicode.ToLower(unicode.ToUpper(r))
}

// spelledOut are lower case letters that stand for two.
var spelledOut = map[rune]string{
	'ß': "ss", 'æ': "ae", 'ǣ': "ae", 'ǽ': "ae", 'œ': "oe", 'ĳ': "ij", 'ǆ': "dz", 'ǉ': "lj", 'ǌ': "nj",
	'ﬀ': "ff", 'ﬁ': "fi", 'ﬂ': "fl", 'ﬃ': "ffi", 'ﬄ': "ffl", 'ﬅ': "st", 'ﬆ': "st", '№': "no", '…': "...",
}

// unaccented maps lower case letters with an accent to the letter under it.
var unaccented = func() map[rune]rune {
	bases := make(map[rune]rune, 512)
	for _, row := range [...]struct {
		base  rune
		forms string
	}{
		{'a', "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ"}, {'b', "ḃḅḇ"}, {'c', "çćĉċčḉ"}, {'d', "ďđḋḍḏḑḓ"},
		{'e', "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ"}, {'f', "ḟ"}, {'g', "ĝğġģǧǵḡ"}, {'h', "ĥħȟḣḥḧḩḫẖ"},
		{'i', "ìíîïĩīĭįıǐȉȋḭḯỉị"}, {'j', "ĵǰ"}, {'k', "ķǩḱḳḵ"}, {'l', "ĺļľłḷḹḻḽ"}, {'m', "ḿṁṃ"},
		{'n', "ñńņňǹṅṇṉṋ"}, {'o', "òóôõöøǿōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ"}, {'p', "ṕṗ"}, {'r', "ŕŗřȑȓṙṛṝṟ"},
		{'s', "śŝşšșṡṣṥṧṩ"}, {'t', "ţťŧțṫṭṯṱẗ"}, {'u', "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"}, {'v', "ṽṿ"},
		{'w', "ŵẁẃẅẇẉẘ"}, {'x', "ẋẍ"}, {'y', "ýÿŷȳẏẙỳỵỷỹ"}, {'z', "źżžẑẓẕ"}, {'ʒ', "ǯ"},
		{'α', "άἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ"}, {'ε', "έἐἑἒἓἔἕὲέ"}, {'η', "ήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ"},
		{'ι', "ΐίϊἰἱἲἳἴἵἶἷὶίῐῑῒΐῖῗ"}, {'ο', "όὀὁὂὃὄὅὸό"}, {'ρ', "ῤῥ"}, {'υ', "ΰϋύὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ"},
		{'ω', "ώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ"},
		{'а', "ӑӓ"}, {'г', "ґѓ"}, {'е', "ѐёӗ"}, {'ж', "ӂӝ"}, {'з', "ӟ"}, {'и', "ѝӣӥ"}, {'к', "ќ"}, {'о', "ӧ"},
		{'у', "ўӯӱӳ"}, {'ч', "ӵ"}, {'ы', "ӹ"}, {'э', "ӭ"}, {'і', "ї"}, {'ѵ', "ѷ"}, {'ә', "ӛ"}, {'ө', "ӫ"},
	} {
		for _, form := range row.forms {
			bases[form] = row.base
		}
	}
	return bases
}()
