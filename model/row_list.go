package model

import (
	"context"
	"fmt"
)

// ListReader reads windows of the lists, by keyset.
type ListReader interface {
	// Page returns a page of a list: a Page of its type of row. RowList.Read calls it.
	Page(ctx context.Context, list Topic, q PageRequest) (any, error)
}

// RowList is what a screen and the command line need to know about a list that is read page by
// page.
type RowList[T any] struct {
	Topic    Topic  // also the name of its command
	Does     string // what the command does, in English as all of the command line
	Campaign bool   // the command takes --campaign
	// Fields are what is exported, in the order in which it is written.
	Fields func() []RowField[T]
	// Widths are those of the fields in tables of the command line, which leave out the others.
	Widths map[string]int
	// read replaces how a page is read; nil: the rows are what the reader returns.
	read func(ctx context.Context, from ListReader, q PageRequest) (Page[T], error)
}

// RowLists are all lists that have a command and can have views, in the order of the tabs.
func RowLists() []RowList[any] {
	return []RowList[any]{
		untyped(ReplyRows()),
		untyped(CampaignRows()),
		untyped(RecipientRows()),
		untyped(SenderRows()),
		untyped(BlacklistRows()),
		untyped(OutboxRows()),
		untyped(LogRows()),
	}
}

// Read reads one page of the list.
func (l RowList[T]) Read(ctx context.Context, from ListReader, q PageRequest) (Page[T], error) {
	if l.read != nil {
		return l.read(ctx, from, q)
	}
	got, err := from.Page(ctx, l.Topic, q)
	page, ok := got.(Page[T])
	if !ok && err == nil {
		err = fmt.Errorf("the pages of %s are %T, not %T", l.Topic, got, page)
	}
	return page, err
}

// Reader returns how the list is read from a store.
func (l RowList[T]) Reader(from ListReader) PageReader[T] {
	return func(ctx context.Context, q PageRequest) (Page[T], error) { return l.Read(ctx, from, q) }
}

// untyped returns the list with rows of no particular type: each is a pointer to one of the list.
func untyped[T any](l RowList[T]) RowList[any] {
	return RowList[any]{Topic: l.Topic, Does: l.Does, Campaign: l.Campaign, Widths: l.Widths,
		Fields: func() []RowField[any] {
			fields := l.Fields()
			all := make([]RowField[any], len(fields))
			for i, f := range fields {
				all[i] = RowField[any]{f.Name, func(row any) any { return f.Value(*row.(*T)) }}
			}
			return all
		},
		read: func(ctx context.Context, from ListReader, q PageRequest) (Page[any], error) {
			page, err := l.Read(ctx, from, q)
			rows := make([]any, len(page.Rows))
			for i := range page.Rows {
				rows[i] = &page.Rows[i]
			}
			return Page[any]{Rows: rows, Keys: page.Keys, More: page.More}, err
		}}
}
