package routee

import (
	"context"
	"iter"
	"net/http"
	"net/url"
	"strings"

	"viberdeck/model"
	"viberdeck/vendors"
)

const (
	blacklistPath = "/contacts/my/blacklist/Viber"
	contactsPath  = "/contacts/my"
	// contactRows is the page size to request for contacts: Routee's maximum.
	contactRows = 2000
)

type contact struct {
	ID     vendors.String `json:"id"`
	Mobile vendors.String `json:"mobile"`
}

// phone returns the contact's phone, 0 if it has none.
func (c contact) phone() model.Phone {
	p, _ := model.PhoneFromVendor(string(c.Mobile))
	return p
}

// Blacklist reads Routee's blacklist for Viber. It has neither reasons nor times.
func (a *Adapter) Blacklist(ctx context.Context) iter.Seq2[[]model.BlacklistEntry, error] {
	return blacklisted(ctx, a, func(c contact) (model.BlacklistEntry, bool) {
		return model.BlacklistEntry{
			Phone: c.phone(), Accounts: []string{a.account.Name}, Source: model.SourceVendor}, c.phone() != 0
	})
}

func blacklisted[M any](ctx context.Context, a *Adapter, read func(contact) (M, bool)) iter.Seq2[[]M, error] {
	key := func(c contact) string { return strings.TrimSpace(string(c.ID + " " + c.Mobile)) }
	return eachPage(ctx, a, "blacklist", blacklistPath, 0, vendors.Reader[contact, M]{Key: key, Read: read})
}

// Block adds phones to Routee's blacklist, which accepts only contacts: phones without a contact
// get one first. The reason stays here. The call may be repeated without harm.
func (a *Adapter) Block(ctx context.Context, phones []model.Phone, _ string) error {
	if len(phones) == 0 {
		return nil
	}
	ids, err := a.contactIDs(ctx, phones)
	if err != nil {
		return err
	}
	return a.changeBlacklist(ctx, http.MethodPost, ids)
}

// Unblock removes phones from Routee's blacklist. Phones that are not on it are ignored.
func (a *Adapter) Unblock(ctx context.Context, phones []model.Phone) error {
	wanted := make(map[model.Phone]bool, len(phones))
	for _, p := range phones {
		wanted[p] = true
	}
	contacts, err := vendors.Together(blacklisted(ctx, a, func(c contact) (contact, bool) { return c, c.ID != "" }))
	var ids []string
	for _, c := range contacts {
		if wanted[c.phone()] {
			ids = append(ids, string(c.ID))
		}
	}
	if err != nil && len(ids) < len(wanted) || len(ids) == 0 {
		return err
	}
	return a.changeBlacklist(ctx, http.MethodDelete, ids)
}

func (a *Adapter) changeBlacklist(ctx context.Context, method string, ids []string) error {
	var answer struct {
		Updated vendors.Int `json:"updated"` // already present ones do not count
	}
	if err := a.read(ctx, method, blacklistPath, a.blacklistBody(ids), &answer); err != nil {
		return err
	}
	if method == http.MethodPost && !answer.Updated.Known { // documented for this one only
		return vendors.NotConfirmed(a.account.Name, method+" "+blacklistPath)
	}
	return nil
}

func (a *Adapter) blacklistBody(ids []string) any {
	type object struct {
		ID string `json:"id"`
	}
	switch a.account.Setting(settingBlacklistBody) {
	case bodyIDs:
		return ids
	case bodyObjects:
		all := make([]object, len(ids))
		for i, id := range ids {
			all[i] = object{id}
		}
		return all
	}
	return map[string][]string{bodyContacts: ids}
}

// contactIDs returns the contact ids of phones. Given a phone, Routee can only report whether it
// has a contact, so existing contacts are looked up in the full list; the others are created.
func (a *Adapter) contactIDs(ctx context.Context, phones []model.Phone) ([]string, error) {
	var ids []string
	known := map[model.Phone]bool{}
	for _, p := range phones {
		has, err := a.hasContact(ctx, p)
		if err != nil {
			return nil, err
		}
		if !has {
			id, err := a.addContact(ctx, p)
			if err == nil {
				ids = append(ids, id)
				continue
			}
			if model.KindOf(err) != model.KindConflict {
				return nil, err
			}
		}
		known[p] = true
	}
	if len(known) == 0 {
		return ids, nil
	}
	for rows, err := range eachPage(ctx, a, "contacts", contactsPath, contactRows,
		vendors.Unchanged(func(c contact) string { return string(c.ID) })) {
		if err != nil {
			return nil, err
		}
		for _, c := range rows {
			if p := c.phone(); known[p] && c.ID != "" {
				delete(known, p)
				ids = append(ids, string(c.ID))
			}
		}
		if len(known) == 0 {
			return ids, nil
		}
	}
	return nil, model.NotFound("Routee says that it has %s and does not show them; block them on its web "+
		"platform", model.Counted(len(known), "contact", "contacts"))
}

func (a *Adapter) hasContact(ctx context.Context, p model.Phone) (bool, error) {
	r, err := vendors.JSONRequest(http.MethodHead, a.base,
		contactsPath+"/mobile?"+url.Values{"value": {p.String()}}.Encode(), nil)
	if err != nil {
		return false, err
	}
	r.Op = "HEAD " + contactsPath + "/mobile"
	resp, err := a.call(ctx, r, a.client.Read)
	switch {
	case err != nil:
		return false, err
	case resp.Status == http.StatusNotFound, resp.Status == http.StatusMethodNotAllowed:
		return false, nil // if the check fails the contact may be created: an existing one is a conflict
	}
	if e := a.refused(resp); e != nil {
		return false, e
	}
	return true, nil
}

// addContact creates a contact. A lost answer is harmless: the next attempt finds the contact.
func (a *Adapter) addContact(ctx context.Context, p model.Phone) (string, error) {
	r, err := vendors.JSONRequest(http.MethodPost, a.base, contactsPath, map[string]string{"mobile": p.String()})
	if err != nil {
		return "", err
	}
	resp, err := a.call(ctx, r, a.client.Send)
	var made contact
	if err := vendors.Answered(resp, err, a.refused, &made); err != nil {
		return "", err
	}
	if made.ID == "" {
		return "", vendors.Unreadable(a.account.Name, model.Errorf("there is no id of the contact in the answer"))
	}
	return string(made.ID), nil
}
