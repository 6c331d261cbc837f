package wooxy

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"viberdeck/model"
)

// devices are the valid values of "device".
var devices = []string{"all", "phone"}

// variableName is the syntax of variable names in Twig, the language of Wooxy's templates. No
// template can use any other name.
var variableName = model.NewPattern(`^[\pL_][\pL\pN_]*$`)

// Check verifies what capabilities cannot express.
func (a *Adapter) Check(c model.Campaign) error {
	var errs []error
	add := func(field, format string, args ...any) { errs = append(errs, model.Invalid(field, format, args...)) }
	if strings.TrimSpace(c.Message.Template) == "" {
		add("template", "Wooxy sends only what a template says; give the id of an approved one")
	}
	if a.contactList(c) == "" {
		add("contact_list", "Wooxy sends to people of a contact list; name one here or as contact_list of account %s",
			a.account.Name)
	}
	if d := c.Options.Device; d != "" && !slices.Contains(devices, d) {
		add("device", "%q is not a device; Wooxy has %s", d, strings.Join(devices, " and "))
	}
	for _, tag := range c.Options.Tags {
		switch {
		case strings.TrimSpace(tag) == "":
			add("tags", "a tag is empty; take it out")
		case strings.HasPrefix(tag, "_"):
			add("tags", "%q begins with an underscore, which Wooxy keeps for itself", tag)
		}
	}
	for _, name := range names(c.Options.Variables) {
		if !variableName.MatchString(name) {
			add("variables", "%q is not a name of a template's variable; it has letters, digits and underscores and "+
				"begins with no digit", name)
		}
	}
	return errors.Join(errs...)
}

// contactList is the list whose people the campaign goes to, "" if none is named.
func (a *Adapter) contactList(c model.Campaign) string {
	return cmp.Or(strings.TrimSpace(c.Options.ContactList),
		strings.TrimSpace(a.account.Setting(model.SettingContactList)))
}
