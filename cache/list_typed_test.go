package cache

import (
	"context"

	"viberdeck/model"
)

// The lists with the types of their rows, as tests read them.

func (db *DB) Campaigns(ctx context.Context, q model.PageRequest) (model.Page[model.Campaign], error) {
	return model.CampaignRows().Read(ctx, db, q)
}

func (db *DB) Recipients(ctx context.Context, q model.PageRequest) (model.Page[model.Recipient], error) {
	return model.RecipientRows().Read(ctx, db, q)
}

func (db *DB) Replies(ctx context.Context, q model.PageRequest) (model.Page[model.Reply], error) {
	return model.ReplyRows().Read(ctx, db, q)
}

func (db *DB) Senders(ctx context.Context, q model.PageRequest) (model.Page[model.Sender], error) {
	return model.SenderRows().Read(ctx, db, q)
}

func (db *DB) Blacklist(ctx context.Context, q model.PageRequest) (model.Page[model.BlacklistEntry], error) {
	return model.BlacklistRows().Read(ctx, db, q)
}

func (db *DB) Outbox(ctx context.Context, q model.PageRequest) (model.Page[model.OutboxRow], error) {
	return model.OutboxRows().Read(ctx, db, q)
}

func (db *DB) Log(ctx context.Context, q model.PageRequest) (model.Page[model.LogEntry], error) {
	return model.LogRows().Read(ctx, db, q)
}
