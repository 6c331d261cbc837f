package model

import "time"

// ForTest returns the campaign in the form in which it goes to the staff first: at once and as a
// whole.
func (c Campaign) ForTest() Campaign {
	c.Name, c.List, c.SendAt, c.LeaveAt, c.HandOver, c.Stretch = c.Name+" test", "", time.Time{}, time.Time{}, false, 0
	return c
}

// StaffAudience returns the staff as the audience of a test. Each gets the text that the person
// with these columns would get.
func StaffAudience(staff []string, country string, vars map[string]string) (Audience, error) {
	people, seen := make([]Recipient, 0, len(staff)), map[Phone]bool{}
	for _, s := range staff {
		phone, err := ParsePhone(s, country)
		if err != nil {
			return Audience{}, Invalid("staff_phones", "%q: %s", s, TextOf(err))
		}
		if seen[phone] {
			continue
		}
		seen[phone] = true
		people = append(people, Recipient{Phone: phone, Vars: vars})
	}
	if len(people) == 0 {
		return Audience{}, Invalid("staff_phones",
			"a test goes to the phones of your staff only; name them in the configuration (staff_phones)")
	}
	return Audience{Total: int64(len(people)), People: PeopleOf(people...)}, nil
}
