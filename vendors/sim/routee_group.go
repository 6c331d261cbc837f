package sim

import (
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"
)

type groupRow struct {
	Name string `json:"name"`
	Size int    `json:"size"`
}

func (v *routee) rowOfGroup(name string) groupRow { return groupRow{name, len(v.members(name))} }

// listGroups is GET /groups/my: only names, all at once.
func (v *routee) listGroups(*call) reply {
	type row struct {
		Name string `json:"name"`
	}
	rows := []row{}
	for _, name := range v.groups {
		rows = append(rows, row{name})
	}
	return fine(rows)
}

func (v *routee) pageGroups(c *call) reply { return spring(c, v.groups, v.rowOfGroup) }

func (v *routee) oneGroup(c *call) reply {
	if !slices.Contains(v.groups, c.last()) {
		return noGroup(c.last())
	}
	return fine(v.rowOfGroup(c.last()))
}

// noGroup refuses a group; the code is invented.
func noGroup(name string) reply {
	return routeeNo(http.StatusNotFound, "404003001", "The group "+name+" does not exist.")
}

// createGroup is POST /groups/my; names have 2 to 30 characters. The code of the conflict is a
// guess.
func (v *routee) createGroup(c *call) reply {
	name := c.params.text("name")
	switch n := utf8.RuneCountInString(name); {
	case n < 2 || n > 30:
		return *wrongField("name", "The name must be between 2 and 30 characters.")
	case slices.Contains(v.groups, name):
		return routeeNo(http.StatusConflict, "409003001", "A group with this name exists.")
	}
	v.groups = append(v.groups, name)
	return reply{status: http.StatusCreated, body: v.rowOfGroup(name)}
}

// deleteGroups is DELETE /groups/my, with the names in the body. The contacts stay.
func (v *routee) deleteGroups(c *call) reply {
	before := len(v.groups)
	for _, name := range groupNames(c.params) {
		v.groups = slices.DeleteFunc(v.groups, func(group string) bool { return group == name })
		for _, k := range v.contacts {
			k.leave(name)
		}
	}
	return fine(updated(before - len(v.groups)))
}

// groupNames reads the groups of a call: a bare list or a list under groups, of names or of objects
// with a name.
func groupNames(p params) []string {
	items := list(p["groups"])
	if bare, ok := p[bareList]; ok {
		items = list(bare)
	}
	var names []string
	for _, item := range items {
		name := text(item)
		if name == "" {
			name = object(item).text("name")
		}
		names = append(names, name)
	}
	return names
}

func (k *routeeContact) leave(group string) {
	k.groups = slices.DeleteFunc(k.groups, func(own string) bool { return own == group })
}

// groupOf is the group in a path such as /groups/my/{name}/contacts.
func groupOf(c *call) string { return strings.Split(c.path, "/")[3] }

func (v *routee) groupContacts(c *call) reply {
	if !slices.Contains(v.groups, groupOf(c)) {
		return noGroup(groupOf(c))
	}
	return spring(c, v.members(groupOf(c)), v.rowOfContact)
}

func (v *routee) addToGroup(c *call) reply {
	return v.changeGroup(c, func(k *routeeContact, group string) {
		if !slices.Contains(k.groups, group) {
			k.groups = append(k.groups, group)
		}
	})
}

func (v *routee) removeFromGroup(c *call) reply { return v.changeGroup(c, (*routeeContact).leave) }

// changeGroup changes the members of a group: all of them or, if one is unknown, none.
func (v *routee) changeGroup(c *call, change func(k *routeeContact, group string)) reply {
	group, ids := groupOf(c), contactIDs(c.params)
	if !slices.Contains(v.groups, group) {
		return noGroup(group)
	}
	if slices.ContainsFunc(ids, func(id string) bool { return v.contact(id) == nil }) {
		return noContact()
	}
	for _, id := range ids {
		change(v.contact(id), group)
	}
	return fine(v.rowOfGroup(group))
}
