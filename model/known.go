package model

import (
	"context"
	"time"
)

// KnownValue is a value used in earlier campaigns, and when it was last used.
type KnownValue struct {
	Value string
	At    time.Time
}

// KnownValues are the values of the campaigns that were sent from here through an account, most
// recently used first.
type KnownValues struct {
	Templates, Labels, Tags, Senders []KnownValue
}

// LastUse returns when a value was last used; zero if never.
func LastUse(all []KnownValue, value string) time.Time {
	for _, v := range all {
		if v.Value == value {
			return v.At
		}
	}
	return time.Time{}
}

// ValueReader reads the values of earlier campaigns and the results of their templates.
type ValueReader interface {
	KnownValues(ctx context.Context, account string) (KnownValues, error)
	// TemplateRefused says why the vendor refused the template when it was last sent, and when; it
	// is empty if the vendor accepted it then, or it was never sent.
	TemplateRefused(ctx context.Context, account, template string) (why Text, at time.Time, err error)
}

// KnownTemplate is a template of the configuration or of an earlier campaign. Nothing is known
// about one that was neither used nor refused: no vendor has a method that lists its templates.
type KnownTemplate struct {
	ID, Name  string
	Used      time.Time // zero: never
	Refused   Text      // why the vendor last refused it; empty if it did not
	RefusedAt time.Time
}

// TemplateState is what is known about a template.
type TemplateState string

// The states of templates.
const (
	TemplateRefused TemplateState = "refused"
	TemplateUsed    TemplateState = "used"
	TemplateUnknown TemplateState = "not used yet"
)

// State returns what is known about the template.
func (t KnownTemplate) State() TemplateState {
	switch {
	case !t.Refused.IsZero():
		return TemplateRefused
	case !t.Used.IsZero():
		return TemplateUsed
	}
	return TemplateUnknown
}

// KnownTemplates returns the templates of the account: those of the configuration in its order,
// then others that were used.
func (a Account) KnownTemplates(ctx context.Context, r ValueReader, used []KnownValue) ([]KnownTemplate, error) {
	var all []KnownTemplate
	seen := map[string]bool{}
	for _, t := range a.Templates {
		all = append(all, KnownTemplate{ID: t.ID, Name: SanitiseLine(t.Name), Used: LastUse(used, t.ID)})
		seen[t.ID] = true
	}
	for _, v := range used {
		if !seen[v.Value] {
			all = append(all, KnownTemplate{ID: v.Value, Used: v.At})
		}
	}
	for i := range all {
		var err error
		if all[i].Refused, all[i].RefusedAt, err = r.TemplateRefused(ctx, a.Name, all[i].ID); err != nil {
			return nil, err
		}
	}
	return all, nil
}
