package cache

import (
	"context"
	"database/sql"
	"iter"
	"strings"
	"time"

	"viberdeck/model"
)

// archivedSQL reports whether campaign c is archived.
const archivedSQL = "EXISTS (SELECT 1 FROM archived h WHERE h.campaign = c.id)"

// Archive archives campaigns, or with on false takes them out again. It changes only what lists
// show, here only, and is one undo step. If any campaign is not over, nothing is archived and the
// conflict names the first such campaign.
func (db *DB) Archive(ctx context.Context, operator string, ids []model.CampaignID, on model.Switch) error {
	err := db.read(ctx, func(tx *sql.Tx) error {
		for _, id := range ids {
			if err := mayArchive(ctx, tx, id, on); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	now, first := db.now(), int64(0)
	return inPieces(ctx, db, ids, func(tx *sql.Tx, part iter.Seq[model.CampaignID]) ([]model.Topic, error) {
		j := undoStep{ArchivedOn: bool(on), first: &first}
		for id := range part {
			if err := mayArchive(ctx, tx, id, on); err != nil {
				return nil, err
			}
			changed, err := setArchived(ctx, tx, id, operator, now, on)
			if err != nil {
				return nil, err
			}
			if changed {
				j.Archived = append(j.Archived, int64(id))
			}
		}
		if len(j.Archived) == 0 {
			return nil, nil
		}
		return []model.Topic{model.TopicCampaigns}, j.store(ctx, tx, now, operator, archiveAction(on))
	})
}

// mayArchive returns a conflict if the campaign is to be archived and is not over.
func mayArchive(ctx context.Context, tx *sql.Tx, id model.CampaignID, on model.Switch) error {
	c, err := campaignByID(ctx, tx, id)
	if err != nil {
		return err
	}
	if on == model.On && !c.Archivable() {
		return conflict("%s is %s: only a campaign that is over can be archived", c.Title(), c.State)
	}
	return nil
}

func archiveAction(on model.Switch) string {
	if on {
		return "archive"
	}
	return "take out of the archive"
}

// setArchived archives one campaign or takes it out, with a line in its log; it reports false if
// nothing changed.
func setArchived(ctx context.Context, tx *sql.Tx, id model.CampaignID, operator string, now time.Time,
	on model.Switch) (bool,
	error) {
	query, args, did := `INSERT INTO archived (campaign, at, by) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
		[]any{id, millis(now), operator}, "archived"
	if !on {
		query, args, did = `DELETE FROM archived WHERE campaign = ?`, []any{id}, "taken out of the archive"
	}
	res, err := tx.ExecContext(ctx, query, args...)
	if err != nil {
		return false, model.Errorf("archive %s: %w", id, err)
	}
	n, err := res.RowsAffected()
	if err != nil || n == 0 {
		return false, err
	}
	return true, note(ctx, tx, now, operator, did, id, "")
}

// asksForArchived reports whether a filter itself says what to do with archived campaigns.
func asksForArchived(f model.Filter) bool {
	for _, t := range f.Terms {
		if t.Field != model.FieldIs {
			continue
		}
		for _, value := range t.Values {
			if strings.HasPrefix(model.IsArchived, value) {
				return true
			}
		}
	}
	return false
}
