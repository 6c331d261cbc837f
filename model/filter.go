package model

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/nyaruka/phonenumbers"
)

// Field is the property that a term of a filter tests.
type Field string

// The fields of the filter language. A bare word means FieldText.
const (
	FieldAccount  Field = "account"
	FieldVendor   Field = "vendor"
	FieldCampaign Field = "campaign"
	FieldStatus   Field = "status"
	FieldState    Field = "state"
	FieldIs       Field = "is"
	FieldPhone    Field = "phone"
	FieldFrom     Field = "from"
	FieldSender   Field = "sender"
	FieldLabel    Field = "label"
	FieldReason   Field = "reason"
	FieldText     Field = "text"
	FieldBefore   Field = "before"
	FieldAfter    Field = "after"
	FieldDone     Field = "done"
)

// The values of is:.
const (
	IsOpen      = "open"
	IsSnoozed   = "snoozed"
	IsDone      = "done"
	IsUnread    = "unread"
	IsRead      = "read"
	IsOptOut    = "optout"
	IsClaimed   = "claimed"
	IsUnclaimed = "unclaimed"
	IsMine      = "mine"
	IsBlocked   = "blocked"
	IsFinal     = "final"
	IsUnknown   = "unknown"
	IsArchived  = "archived"
)

var (
	filterFields = []string{
		string(FieldAccount), string(FieldVendor), string(FieldCampaign), string(FieldStatus), string(FieldState),
		string(FieldIs), string(FieldPhone), string(FieldFrom), string(FieldSender), string(FieldLabel),
		string(FieldReason), string(FieldText), string(FieldBefore), string(FieldAfter),
		string(FieldDone),
	}
	isValues = []string{
		IsOpen, IsSnoozed, IsDone, IsUnread, IsRead, IsOptOut, IsClaimed, IsUnclaimed, IsMine, IsBlocked, IsFinal,
		IsUnknown, IsArchived,
	}
)

// FilterFields lists the fields, for completion and help.
func FilterFields() []string { return slices.Clone(filterFields) }

// FilterIsValues lists the values of is:, for completion and help.
func FilterIsValues() []string { return slices.Clone(isValues) }

// The ways a term compares.
const (
	OpContains = "contains" // the folded text has the words of a value in it: campaign sender label reason text
	OpEqual    = "equal"    // one of the values, in lower case: account vendor status state
	OpIs       = "is"       // a property: is
	OpPhone    = "phone"    // one of Phones, or for a contact that is not a phone one of Values: phone from
	OpBefore   = "before"   // earlier than Time: before
	OpAfter    = "after"    // at Time or later: after done
)

// PhoneMatch says how a PhonePattern is compared with a phone.
type PhoneMatch string

// The ways to match a phone.
const (
	PhoneWhole  PhoneMatch = "whole"  // all digits
	PhonePrefix PhoneMatch = "prefix" // the first digits, written with "+"
	PhonePart   PhoneMatch = "part"   // digits anywhere in the number
)

// PhonePattern is a phone, or a piece of one, that a term looks for. Digits are as in E.164 without
// "+".
type PhonePattern struct {
	Digits string
	Match  PhoneMatch
}

// Term is one condition. Several Values, or Values and Phones, mean any of them.
type Term struct {
	Field  Field
	Op     string
	Values []string
	// Phones are the values that are phones. A FieldText term has them too if its word looks like a
	// phone: it then looks for the words or for the phone.
	Phones []PhonePattern
	// Time is the moment of before, after and done; Values[0] keeps it as written, so that "2d"
	// stays relative.
	Time   time.Time
	Negate bool
}

// Filter narrows a list: all terms must hold. The zero Filter matches everything.
type Filter struct {
	Terms []Term
	// Incomplete says that the text is still being typed ("status:", an open quote); the unfinished
	// term is left out. The command line refuses such a filter.
	Incomplete bool
}

// Empty reports whether nothing is filtered out.
func (f Filter) Empty() bool { return len(f.Terms) == 0 }

// InCountry reads the phones that were written without a country code as numbers of a country (an
// ISO code; "" changes nothing): in "BY" "80291111111" becomes a whole number, and "8029" also
// finds numbers that contain 29.
func (f Filter) InCountry(country string) Filter {
	if country == "" {
		return f
	}
	trunk := phonenumbers.GetNddPrefixForRegion(strings.ToUpper(country), true)
	f.Terms = slices.Clone(f.Terms)
	for i, term := range f.Terms {
		var phones []PhonePattern
		for _, pattern := range term.Phones {
			if pattern.Match != PhonePart {
				phones = append(phones, pattern)
				continue
			}
			if phone, err := ParsePhone(pattern.Digits, country); err == nil {
				phones = append(phones, PhonePattern{Digits: phone.Digits(), Match: PhoneWhole})
				continue
			}
			phones = append(phones, pattern)
			inland := strings.TrimPrefix(strings.TrimPrefix(pattern.Digits, trunk), "0")
			if inland != pattern.Digits && len(inland) > 1 {
				phones = append(phones, PhonePattern{Digits: inland, Match: PhonePart})
			}
		}
		f.Terms[i].Phones = phones
	}
	return f
}

// String writes the filter so that ParseFilter reads the same terms again.
func (f Filter) String() string {
	var b strings.Builder
	for i, t := range f.Terms {
		if i > 0 {
			b.WriteByte(' ')
		}
		if t.Negate {
			b.WriteByte('-')
		}
		if t.Field == FieldText && len(t.Values) == 1 {
			// A second run of digits is quoted, so that the two are not read as one phone typed
			// with spaces.
			bare := func(s string) bool { return isBareWord(s) && (i == 0 || !phoneWord.MatchString(s)) }
			b.WriteString(quoteUnless(t.Values[0], bare))
			continue
		}
		b.WriteString(string(t.Field))
		b.WriteByte(':')
		separator := ""
		write := func(value string) {
			b.WriteString(separator + quoteUnless(value, isBareValue))
			separator = ","
		}
		if t.Op == OpPhone {
			for _, p := range t.Phones {
				write(p.String())
			}
		}
		for _, v := range t.Values {
			write(v)
		}
	}
	return b.String()
}

// String writes the pattern as it is typed: "+" means that the digits are the first ones or all.
func (p PhonePattern) String() string {
	if p.Match == PhonePart {
		return p.Digits
	}
	return "+" + p.Digits
}

// Matches reports whether a phone fits the pattern.
func (p PhonePattern) Matches(phone Phone) bool {
	digits := phone.Digits()
	switch p.Match {
	case PhoneWhole:
		return digits == p.Digits
	case PhonePrefix:
		return strings.HasPrefix(digits, p.Digits)
	default:
		return strings.Contains(digits, p.Digits)
	}
}

// looksLikeField matches a word with a field's name, English or Russian, before a colon.
var looksLikeField = NewPattern(`^[A-Za-zА-Яа-яЁё]+:`)

// quotes pairs the quotation marks that open a value with those that close it.
var quotes = map[rune]rune{'"': '"', '«': '»', '“': '”', '„': '“'}

func isBareWord(s string) bool {
	return !strings.HasPrefix(s, "-") && !looksLikeField.MatchString(s) && plainEnds(s)
}

func isBareValue(s string) bool { return !strings.Contains(s, ",") && plainEnds(s) }

// plainEnds reports whether a value keeps its meaning and its characters without quotes.
func plainEnds(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	_, quoted := quotes[first]
	return s != "" && !quoted && !unicode.Is(unicode.M, first) && !isJoiner(first) && !isJoiner(last) &&
		!strings.ContainsFunc(s, unicode.IsSpace)
}

func isJoiner(r rune) bool { return r == zwj || r == zwnj }

func quoteUnless(s string, bare func(string) bool) string {
	if bare(s) {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
