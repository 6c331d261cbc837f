package vendors

import (
	"context"
	"errors"
	"slices"
	"time"

	"viberdeck/model"
)

// pushTogether is how many read marks or blocks are sent in one call.
const pushTogether = 100

// pushMarks marks the replies that people are done with as read at the vendor and returns how many
// it accepted. A mark counts as passed on only after the vendor has confirmed it. For a vendor
// without read marks there is nothing to do.
func (a *account) pushMarks(ctx context.Context) (int, error) {
	count := 0
	for {
		replies, err := a.e.o.Store.ReadMarks(ctx, a.name, pushTogether)
		if err != nil || len(replies) == 0 {
			return count, err
		}
		done, pushErr := a.markRead(ctx, replies)
		if len(done) > 0 {
			ids := make([]model.ReplyID, len(done))
			for i, r := range done {
				ids[i] = r.ID
			}
			if err := a.e.o.Store.ReadMarksDone(ctx, ids, time.Now()); err != nil {
				return count, err
			}
			count += len(done)
		}
		if pushErr != nil || len(done) < len(replies) || len(replies) < pushTogether {
			return count, pushErr
		}
	}
}

// markRead returns the replies that are settled. If the vendor refuses a group, its replies are
// sent one by one, so that one reply it no longer knows does not keep the others back.
func (a *account) markRead(ctx context.Context, replies []model.Reply) ([]model.Reply, error) {
	marker, ok := a.adapter.(ReadMarker)
	if !ok {
		return replies, nil
	}
	ids := make([]string, len(replies))
	for i, r := range replies {
		ids[i] = r.VendorID
	}
	err := marker.MarkRead(ctx, ids)
	fewer, isFewer := errors.AsType[*FewerMarkedError](err)
	switch {
	case err == nil:
		return replies, nil
	case isFewer:
		a.reportOnce(ctx, "marks", replies[0].Campaign, "not reported", fewer)
		return replies, nil
	case accountUnusable(err) || model.FateOf(err) != model.FateRefused:
		return nil, err
	case len(replies) == 1:
		// A refusal is final: it is reported once and not repeated forever.
		a.reportOnce(ctx, "mark "+replies[0].ID.String(), replies[0].Campaign, "not reported", err)
		return replies, nil
	}
	var done []model.Reply
	for _, r := range replies {
		one, oneErr := a.markRead(ctx, []model.Reply{r})
		done = append(done, one...)
		err = oneErr
		if oneErr != nil && accountUnusable(oneErr) {
			break
		}
	}
	if len(done) == len(replies) {
		err = nil
	}
	return done, err
}

// pushBlocks sends blacklist changes to the vendor and returns how many it accepted.
func (a *account) pushBlocks(ctx context.Context) (int, error) {
	count := 0
	for {
		blocks, err := a.e.o.Store.Blocks(ctx, a.name, pushTogether)
		if err != nil || len(blocks) == 0 {
			return count, err
		}
		done, pushErr := a.block(ctx, blocks)
		if len(done) > 0 {
			if err := a.blocksDone(ctx, done); err != nil {
				return count, err
			}
			count += len(done)
		}
		if pushErr != nil || len(done) < len(blocks) || len(blocks) < pushTogether {
			return count, pushErr
		}
	}
}

// blocksDone notes that changes have been sent to the vendor, or need not be.
func (a *account) blocksDone(ctx context.Context, done []model.Block) error {
	if _, keeps := a.adapter.(BlacklistWriter); !keeps {
		return a.e.o.Store.BlocksKeptHere(ctx, a.name, done)
	}
	return a.e.o.Store.BlocksDone(ctx, a.name, done, time.Now())
}

// block sends changes in groups of the same kind and reason. Their order does not matter: the cache
// returns only the last decision about each phone.
func (a *account) block(ctx context.Context, blocks []model.Block) ([]model.Block, error) {
	writer, ok := a.adapter.(BlacklistWriter)
	if !ok {
		return blocks, nil
	}
	groups := make(map[model.Block][]model.Block)
	var keys []model.Block
	for _, b := range blocks {
		key := model.Block{Remove: b.Remove, Reason: b.Reason}
		if b.Remove {
			key.Reason = ""
		}
		if groups[key] == nil {
			keys = append(keys, key)
		}
		groups[key] = append(groups[key], b)
	}
	// Blocks before removals: they protect people.
	slices.SortStableFunc(keys, func(a, b model.Block) int {
		switch {
		case a.Remove == b.Remove:
			return 0
		case b.Remove:
			return -1
		}
		return 1
	})
	var done []model.Block
	for _, key := range keys {
		phones := make([]model.Phone, len(groups[key]))
		for i, b := range groups[key] {
			phones[i] = b.Phone
		}
		var err error
		if key.Remove {
			if !a.caps.Can(model.ActBlacklistRemove) {
				continue // it stays pending: the vendor's own block holds until a person lifts it there
			}
			err = writer.Unblock(ctx, phones)
		} else {
			err = writer.Block(ctx, phones, key.Reason)
		}
		if err != nil {
			return done, model.Errorf("pass on %s of the blacklist: %w",
				model.Counted(len(phones), "change", "changes"),
				err)
		}
		done = append(done, groups[key]...)
	}
	return done, nil
}
