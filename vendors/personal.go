package vendors

import "viberdeck/model"

// FillTemplate returns the message as one person receives it: text and button address with the
// columns filled in. A column without a value and without a fallback is an Invalid error, and
// nothing was sent.
func FillTemplate(m model.Message, vars map[string]string) (model.Message, error) {
	for _, part := range []*string{&m.Text, &m.Button.URL} {
		t, err := model.ParseTemplate(*part)
		if err != nil {
			return m, err
		}
		text, missing := t.Render(vars)
		if len(missing) > 0 {
			return m, model.Invalid("text", "a person has no value for {{%s}} and there is no fallback", missing[0])
		}
		*part = text
	}
	return m, nil
}

// CheckPhones reports whether a batch has people and each of them has a phone.
func CheckPhones(people []model.Recipient) error {
	if len(people) == 0 {
		return model.Invalid("phones", "the batch is empty")
	}
	for _, r := range people {
		if r.Phone == 0 {
			return model.Invalid("phones", "%q is not a phone, and this vendor sends only to phones", r.Contact)
		}
	}
	return nil
}
