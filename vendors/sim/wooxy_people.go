package sim

import (
	"fmt"
	"strconv"
	"strings"
)

// contactList is a list at Wooxy, consisting of the first people there.
type contactList struct {
	id, name string
	size     int
	created  string
	standard bool
}

// wooxyPeople is how many people Wooxy knows. Each has a phone, an e-mail address and a user id,
// and every hundredth is inactive. Most live in Belarus; those from 1900 on live in Greece, and
// those from 1960 to 1999 in Germany, for which there is no default sender.
const wooxyPeople = 12_000

// WooxyPhone is the phone (E.164 with +) of the n-th contact at Wooxy, from 0; see WooxyList. Each
// n with n%100 == 99 is inactive; 40 and 41 are on the blacklist, so their messages are accepted
// and then rejected.
func WooxyPhone(n int) string { return "+" + wooxyPhone(n) }

func wooxyPhone(person int) string {
	prefix := "3752912"
	switch {
	case person >= 1900 && person < 1960:
		prefix = "3069485"
	case person >= 1960 && person < 2000:
		prefix = "4915100"
	}
	return fmt.Sprintf("%s%05d", prefix, person)
}

func wooxyMail(person int) string { return fmt.Sprintf("client%05d@example.com", person) }

func wooxyUser(person int) string { return fmt.Sprintf("user-%05d", person) }

// find looks up a person of the list by phone (with or without +), e-mail address or user id.
func (l contactList) find(contact string) (person int, ok bool) {
	contact = strings.ToLower(strings.TrimPrefix(contact, "+"))
	digits := strings.TrimSuffix(contact, "@example.com")
	if len(digits) < 5 {
		return -1, false
	}
	person, err := strconv.Atoi(digits[len(digits)-5:])
	if err != nil || person < 0 || person >= l.size {
		return -1, false
	}
	return person, contact == wooxyPhone(person) || contact == wooxyMail(person) || contact == wooxyUser(person)
}

// listVariables are the list's own values for a person.
func listVariables(person int) map[string]string {
	names := []string{"Анна", "Алесь", "Maria", "Иван", "Ганна", "Пётр", "Νίκος"}
	return map[string]string{
		"name": names[person%len(names)], "email": wooxyMail(person), "userId": wooxyUser(person),
		"phoneNumber": WooxyPhone(person),
	}
}

// active reports whether a person can be written to. A person who leaves later is still active now.
func (v *wooxy) active(person int) bool {
	leaves, gone := v.gone[person]
	return person%100 != 99 && (!gone || leaves.After(v.clock.now()))
}

// wooxyTemplate is a Viber template with its approval state.
type wooxyTemplate struct {
	id, text          string
	button            bool
	waiting, rejected bool
	restricted        bool   // not for restricted countries
	crashes           bool   // the platform breaks on it
	twig              string // its syntax error
}

// wooxySender is a sender name; the one without an id is the platform's default.
type wooxySender struct {
	id               string
	countries        string // ISO codes separated by spaces
	waiting, foreign bool
}

func (s wooxySender) covers(country string) bool {
	return country != "" && strings.Contains(s.countries, country)
}
