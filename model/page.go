package model

import (
	"cmp"
	"context"
)

// PageRequest requests a window of a list. Lists are read by keyset: a page begins after (or
// before) a row, never at an offset.
type PageRequest struct {
	Filter   Filter
	Campaign CampaignID // the recipients of this campaign only; 0: all
	Sort     string     // name of the column; "" for the list's natural order
	Desc     bool       // with Sort: largest first
	Cursor   string     // a row's key; "" starts at the beginning, or with Back at the end
	Back     bool       // the rows before the cursor instead of after it
	From     bool       // the row at the cursor belongs to the page
	Limit    int        // rows; 0 means 60
	Soon     bool       // a few rows at once rather than a full page later: More is true of a shorter page too
	Operator string     // the operator to whom is:mine refers
}

// Page is a window of a list in display order, in whichever direction it was read.
type Page[T any] struct {
	Rows []T
	Keys []string // the cursor of each row, valid while the row keeps its place
	More bool     // rows exist beyond the page in the direction of reading
}

// BulkRows is how many rows are read at a time where many are wanted.
const BulkRows = 1000

// PageReader reads one page of a list.
type PageReader[T any] func(context.Context, PageRequest) (Page[T], error)

// EachRow reads a list row by row, until there are no more or the callback ends it. The request's
// limit is how many are read at a time (0: BulkRows).
func EachRow[T any](ctx context.Context, read PageReader[T], q PageRequest, do func(T) (more bool, err error)) error {
	for q.Limit = cmp.Or(q.Limit, BulkRows); ; {
		page, err := read(ctx, q)
		if err != nil {
			return err
		}
		for _, r := range page.Rows {
			if more, err := do(r); err != nil || !more {
				return err
			}
		}
		if !page.More || len(page.Keys) == 0 {
			return nil
		}
		q.Cursor = page.Keys[len(page.Keys)-1]
	}
}

// Topic names a part of the cache that can change.
type Topic string

// The topics.
const (
	TopicCampaigns  Topic = "campaigns"
	TopicRecipients Topic = "recipients"
	TopicReplies    Topic = "replies"
	TopicSenders    Topic = "senders"
	TopicBlacklist  Topic = "blacklist"
	TopicOutbox     Topic = "outbox"
	TopicLog        Topic = "log"
	TopicHealth     Topic = "health"
)

// Topics lists all topics: the lists, and what is no list.
func Topics() []Topic { return append(ViewLists(), TopicHealth) }
