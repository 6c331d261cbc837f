// Package model is the language of the product: campaigns, messages, recipients, replies, senders,
// blacklist entries, delivery statuses, phones, money, batches and outcomes, pages and filters,
// sanitised text, application errors and the configuration. It is pure: it does no input or output
// and keeps no state.
package model
