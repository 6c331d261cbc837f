package sim

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"viberdeck/model"
)

// order holds the checked arguments that the sending methods share.
type order struct {
	list      contactList
	template  wooxyTemplate
	variables map[string]string
	sender    *wooxySender // nil: the platform's default
	lifetime  time.Duration
	tags      []string
}

const (
	wooxyShortest = 30 * time.Minute
	wooxyLongest  = 72 * time.Hour
	wooxyTagSize  = 50
)

// order reads the arguments for a message made from a template.
func (v *wooxy) order(a *arguments) order {
	var o order
	if id := a.word("contactListId", true); id != "" {
		i := slices.IndexFunc(v.lists, func(l contactList) bool { return l.id == id })
		if i < 0 {
			a.problem("Contact list with id " + id + " not found")
		} else {
			o.list = v.lists[i]
		}
	}
	if id := a.word("templateId", true); id != "" {
		o.template = v.template(a, id)
	}
	o.variables = a.variables(a.params)
	v.delivery(a, &o)
	return o
}

// delivery reads the arguments that all messages share.
func (v *wooxy) delivery(a *arguments, o *order) {
	if device := a.word("device", false); device != "" && device != "all" && device != "phone" {
		a.problem("Argument device must be in [all, phone]")
	}
	if id := a.word("senderId", false); id != "" {
		o.sender = v.sender(a, id)
	}
	o.lifetime = a.lifetime()
	o.tags = a.tagNames()
}

func (v *wooxy) template(a *arguments, id string) wooxyTemplate {
	t, known := v.templates[id]
	switch {
	case !known:
		a.problem("Template with id " + id + " not found")
	case t.rejected:
		a.problem("Template " + id + " is rejected")
	case t.waiting:
		a.problem("Template " + id + " is not approved")
	case t.twig != "":
		a.problem("Twig syntax error: " + t.twig)
	}
	return t
}

func (v *wooxy) sender(a *arguments, id string) *wooxySender {
	s, known := v.senders[id]
	switch {
	case !known:
		a.problem("There is no registered senderId " + id + " in account")
	case s.foreign:
		a.problem("Sender with senderId " + id + " not registered in account")
	case s.waiting:
		a.problem("Sender with senderId " + id + " not approved")
	}
	return &s
}

// lifetime reads ttl. Only one error is documented, so it is also used for values outside the
// documented range.
func (a *arguments) lifetime() time.Duration {
	if value, given := a.params["ttl"]; !given || value == nil {
		return wooxyLifetime
	}
	_, isNumber := a.params["ttl"].(json.Number)
	seconds, whole := a.number("ttl")
	if !isNumber || !whole || seconds <= 0 || seconds < int64(wooxyShortest/time.Second) ||
		seconds > int64(wooxyLongest/time.Second) {
		a.problem("Argument ttl must be a positive integer")
		return wooxyLifetime
	}
	return time.Duration(seconds) * time.Second
}

// tagNames reads tags; tag, from the body example, is accepted as well.
func (a *arguments) tagNames() []string {
	value := a.params["tags"]
	if value == nil {
		value = a.params["tag"]
	}
	if value == nil {
		return nil
	}
	items, isList := value.([]any)
	if !isList {
		a.problem("Argument tags must be an array")
		return nil
	}
	var names []string
	for _, item := range items {
		name, isText := item.(string)
		switch {
		case !isText || strings.TrimSpace(name) == "":
			a.problem("Tag name must be a non-empty string")
		case utf8.RuneCountInString(name) > wooxyTagSize:
			a.problem("Tags should be 50 characters or less")
		case strings.HasPrefix(name, "_"):
			a.problem("Any tags starting with an underscore are reserved for internal use and will cause errors")
		}
		names = append(names, name)
	}
	return names
}

// registered reports tags that the account does not have as errors. Only the batch method requires
// registered tags.
func (v *wooxy) registered(a *arguments, tags []string) {
	for _, tag := range tags {
		if !slices.Contains(v.tags, tag) {
			a.problem("Tag " + tag + " is not registered in account tags")
		}
	}
}

var variableName = model.NewPattern(`^[A-Za-z_][A-Za-z0-9_]*$`)

// reservedVariables are the variables that a list provides for each of its people. The document
// does not say which names are reserved.
func reservedVariables() []string {
	return []string{"email", "phoneNumber", "userId", "contactListId", "domain", "unsubscribeUrl"}
}

// variables reads the variables of the call or of one of its contacts.
func (a *arguments) variables(of params) map[string]string {
	value, given := of["variables"]
	if !given || value == nil {
		return nil
	}
	items, isList := value.([]any)
	if !isList {
		a.problem(wooxyBadVariables)
		return nil
	}
	variables := map[string]string{}
	for _, item := range items {
		pair, isObject := item.(map[string]any)
		name, hasName := pair["name"]
		content, hasValue := pair["value"]
		if !isObject || !hasName || !hasValue || !scalar(content) {
			a.problem(wooxyBadVariables)
			continue
		}
		word, isText := name.(string)
		switch {
		case !isText:
			a.problem("name of variable must be a string")
		case word == "":
			a.problem("name of variable can not be empty")
		case slices.Contains(reservedVariables(), word):
			a.problem(fmt.Sprintf("variable %q is reserved and can not be added as custom variable", word))
		case !variableName.MatchString(word):
			a.problem("invalid name of variable " + word)
		}
		variables[word] = text(content)
	}
	return variables
}

const wooxyBadVariables = `Argument variables must be an array of arrays with "name" and "value" fields`

func scalar(value any) bool {
	switch value.(type) {
	case string, json.Number, bool:
		return true
	}
	return false
}
