package wooxy

import (
	"context"
	"strings"

	"viberdeck/model"
	"viberdeck/vendors"
)

// webhookBody is the body of /v3/webhook/create.
type webhookBody struct {
	Title    string   `json:"title"`
	URL      string   `json:"url"`
	DomainID string   `json:"domainId,omitempty"`
	Domain   string   `json:"domain,omitempty"`
	Events   []string `json:"events"`
}

// CreateWebhook creates a webhook with /v3/webhook/create, which the vendor documents. It returns
// the id, "" if the answer, whose shape is undocumented, has none. Without events the webhook
// receives all Viber events. The call is made once and never repeated.
func (a *Adapter) CreateWebhook(ctx context.Context, w model.Webhook) (id string, err error) {
	if strings.TrimSpace(w.Title) == "" || strings.TrimSpace(w.URL) == "" {
		return "", model.Invalid("webhook", "a webhook needs a title and an address")
	}
	if err := model.CheckPostable("webhook", w.URL, a.base); err != nil {
		return "", err
	}
	body := webhookBody{Title: w.Title, URL: w.URL, DomainID: w.DomainID, Domain: w.Domain, Events: w.Events}
	if len(body.Events) == 0 {
		body.Events = Events()
	}
	if body.DomainID == "" && body.Domain == "" {
		domains, err := a.domains(ctx)
		if err != nil {
			return "", vendors.BeforeSending(err)
		}
		if len(domains) != 1 {
			return "", model.Invalid("webhook", "the account has %s; name the one the webhook is for",
				model.Counted(len(domains), "domain", "domains"))
		}
		if body.DomainID = string(domains[0].ID); body.DomainID == "" {
			body.Domain = string(domains[0].Name)
		}
	}
	r, err := a.request("/v3/webhook/create", body)
	if err != nil {
		return "", err
	}
	resp, err := a.client.Send(ctx, r)
	if e := a.refused(resp, err); e != nil {
		return "", e
	}
	if err != nil {
		return "", err
	}
	var answer struct {
		webhookRow
		Data vendors.List[webhookRow] `json:"data"`
	}
	if err := resp.Decode(&answer); err != nil {
		return "", vendors.Unreadable(a.account.Name, err)
	}
	for _, row := range append(answer.Data, answer.webhookRow) {
		if id := row.id(); id != "" {
			return id, nil
		}
	}
	return "", nil
}

// webhookRow is one webhook in an answer. A third party documents the method; its fields are
// assumed to be those of create, with either of two names for the id.
type webhookRow struct {
	WebhookID vendors.String               `json:"webhookId"`
	PlainID   vendors.String               `json:"id"`
	Title     vendors.String               `json:"title"`
	URL       vendors.String               `json:"url"`
	DomainID  vendors.String               `json:"domainId"`
	Domain    vendors.String               `json:"domain"`
	Events    vendors.List[vendors.String] `json:"events"`
}

func (w webhookRow) id() string {
	if w.WebhookID != "" {
		return w.WebhookID.Line()
	}
	return w.PlainID.Line()
}

// Webhooks lists the account's webhooks by /v3/webhook/list, which a third party mentions without
// its shape; it is read like the find methods.
func (a *Adapter) Webhooks(ctx context.Context) ([]model.Webhook, error) {
	question := func(w window) any { return w }
	return vendors.Together(pages(ctx, a, "webhooks", "/v3/webhook/list", question,
		vendors.Reader[webhookRow, model.Webhook]{
			Key:  func(w webhookRow) string { return strings.TrimSpace(w.id() + " " + string(w.URL)) },
			Read: webhookRow.webhook,
		}))
}

func (w webhookRow) webhook() (model.Webhook, bool) {
	hook := model.Webhook{ID: w.id(), Title: w.Title.Line(), URL: w.URL.Line(), DomainID: w.DomainID.Line(),
		Domain: w.Domain.Line()}
	for _, event := range w.Events {
		hook.Events = append(hook.Events, event.Line())
	}
	return hook, true
}

// RemoveWebhook removes a webhook with /v3/webhook/remove. A third party mentions the method, but
// its parameter webhookId is inferred, so it is used only if the account's setting inferred is on.
// Otherwise the error is KindDenied.
func (a *Adapter) RemoveWebhook(ctx context.Context, id string) error {
	if !a.account.Flag(settingInferred) {
		return &model.Error{Kind: model.KindDenied, Fate: model.FateRefused,
			Text: model.Say("how Wooxy removes a webhook is not documented: remove it in its web office, or set " +
				"inferred = " +
				"true in the account to try")}
	}
	return a.change(ctx, "/v3/webhook/remove", map[string]string{"webhookId": id})
}
