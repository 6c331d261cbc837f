package sim

import (
	"fmt"
	"slices"
)

// webhook is an address that receives events. Addresses on other machines are stored but never
// called.
type webhook struct {
	ID       string   `json:"webhookId"`
	Title    string   `json:"title"`
	URL      string   `json:"url"`
	DomainID string   `json:"domainId"`
	Domain   string   `json:"domain"`
	Events   []string `json:"events"`
	Created  string   `json:"createdAt"`
}

func wooxyEvents() []string {
	return []string{wooxyDelivered, wooxyFailed, wooxyExpired, wooxyRejected, wooxyViewed, wooxyClicked,
		wooxySubscribed, wooxyUnsubscribed}
}

// createWebhook is POST /v3/webhook/create.
func (v *wooxy) createWebhook(c *call) reply {
	a := &arguments{params: c.params}
	hook := webhook{Title: a.word("title", true), URL: a.word("url", true), DomainID: wooxyDomainID,
		Domain: WooxyDomain, Created: wooxyDate(c.now)}
	if hook.URL != "" && !webAddress(hook.URL) {
		a.problem("Argument url must be a valid url")
	}
	if a.text("domain") != WooxyDomain && a.text("domainId") != wooxyDomainID {
		a.problem("Argument domainId required")
	}
	for _, item := range list(c.params["events"]) {
		event := text(item)
		if !slices.Contains(wooxyEvents(), event) {
			a.problem("Event " + event + " not found")
		}
		hook.Events = append(hook.Events, event)
	}
	if len(hook.Events) == 0 {
		a.problem("Argument events required")
	}
	if len(a.problems) > 0 {
		return wooxyRefuse(a.problems...)
	}
	v.hooks++
	hook.ID = fmt.Sprintf("sim-webhook-%04d", v.hooks)
	v.webhooks = append(v.webhooks, hook)
	return wooxyFine(struct {
		Result bool   `json:"result"`
		ID     string `json:"webhookId"`
	}{true, hook.ID})
}

func (v *wooxy) listWebhooks(c *call) reply {
	return found(&arguments{params: c.params}, v.webhooks, func(hook webhook) webhook { return hook })
}

// removeWebhook is POST /v3/webhook/remove, with the id or the address.
func (v *wooxy) removeWebhook(c *call) reply {
	if !c.params.given("webhookId") && !c.params.given("id") && !c.params.given("url") {
		return wooxyRefuse("Argument webhookId required")
	}
	before := len(v.webhooks)
	v.webhooks = slices.DeleteFunc(v.webhooks, func(hook webhook) bool {
		return hook.ID == c.params.text("webhookId") || hook.ID == c.params.text("id") ||
			hook.URL == c.params.text("url")
	})
	if len(v.webhooks) == before {
		return wooxyRefuse("Webhook not found")
	}
	return wooxyDone()
}
