package cache

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"viberdeck/model"
)

// activityLine is a stored line of the activity log.
type activityLine struct {
	id, at           int64
	operator, action string
	campaign         int64
	detail, seal     string
	key, address     string // of a person who came over SSH
}

// sealed returns the seal of the line; before is the seal of the preceding line.
func (l activityLine) sealed(before string) string {
	text := fmt.Appendf(nil, "%s\n%d\n%d\n%q\n%q\n%d\n%q", before, l.id, l.at, l.operator, l.action, l.campaign,
		l.detail)
	if l.key != "" || l.address != "" { // lines of older versions have neither
		text = fmt.Appendf(text, "\n%q\n%q", l.key, l.address)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// sign records where the lines of this transaction come from. Nothing is recorded for this host.
func (db *DB) sign(ctx context.Context, tx *sql.Tx, from model.Origin) error {
	if db.from == (model.Origin{}) {
		return nil
	}
	_, err := tx.ExecContext(ctx, `UPDATE activity_head SET key = ?, address = ?`, from.Key, from.Address)
	return wrap("say who writes", err)
}

// note adds a line to the activity log and chains it to the preceding line.
func note(ctx context.Context, tx *sql.Tx, at time.Time, operator, action string, campaign model.CampaignID,
	format string, args ...any) error {
	l := activityLine{at: millis(at), operator: operator, action: action, campaign: int64(campaign),
		detail: model.Say(format, args...).Stored()}
	var before string
	err := tx.QueryRowContext(ctx, `SELECT h.seal, h.key, h.address,
		1 + max(h.line, (SELECT coalesce(max(id), 0) FROM activity)) FROM activity_head h`).
		Scan(&before, &l.key, &l.address, &l.id)
	if err != nil {
		return model.Errorf("activity: %w", err)
	}
	l.seal = l.sealed(before)
	return execAll(ctx, tx, "activity",
		step{`INSERT INTO activity (id, at, operator, action, campaign, detail, seal, key, address)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			[]any{l.id, l.at, l.operator, l.action, l.campaign, l.detail, l.seal, l.key, l.address}},
		step{`UPDATE activity_head SET line = ?, seal = ?`, []any{l.id, l.seal}})
}

// actionRedacted marks the line that lists which older lines lost a phone, each with a digest of
// the remaining text.
const actionRedacted = "removed phones"

// digest returns a short digest of the text that remains of a line.
func digest(detail string) string {
	sum := sha256.Sum256([]byte(detail))
	return hex.EncodeToString(sum[:8])
}

// redacted records in a new line which lines lost a phone.
func redacted(ctx context.Context, tx *sql.Tx, now time.Time, left map[int64]string) error {
	marks := make([]string, 0, len(left))
	for id, detail := range left {
		marks = append(marks, fmt.Sprintf("%d=%s", id, digest(detail)))
	}
	return note(ctx, tx, now, "", actionRedacted, 0, "%s: %s", model.Counted(len(left), "old line", "old lines"),
		strings.Join(marks, " "))
}

// VerifyActivity checks that the activity log is as it was written. A seal that was noted earlier
// must be in it; "" means none was noted.
func (db *DB) VerifyActivity(ctx context.Context, noted string) (model.ActivityCheck, error) {
	v := verifying{left: map[int64]string{}, broken: map[int64]string{}, gaps: map[int64]bool{}}
	err := db.read(ctx, func(tx *sql.Tx) error {
		if err := v.guards(ctx, tx); err != nil {
			return err
		}
		err := each(ctx, tx, "check the activity log", func(row scanner) error {
			var l activityLine
			if err := row(&l.id, &l.at, &l.operator, &l.action, &l.campaign, &l.detail, &l.seal, &l.key,
				&l.address); err != nil {
				return err
			}
			v.line(l, noted)
			return nil
		}, `SELECT id, at, operator, action, campaign, detail, seal, key, address FROM activity ORDER BY id`)
		if err != nil {
			return err
		}
		return v.end(ctx, tx, noted)
	})
	return v.ActivityCheck, err
}

// verifying is a check under way.
type verifying struct {
	model.ActivityCheck
	last   activityLine
	chain  string           // the seal of the preceding line, as stored
	left   map[int64]string // the remaining text of lines whose phones were removed, by digest
	broken map[int64]string // digests of lines that disagree with their seal
	gaps   map[int64]bool   // lines after a missing one, which prove nothing
	found  bool
}

func (v *verifying) fault(line int64, format string, args ...any) {
	v.Faults = append(v.Faults, model.ActivityFault{Line: line, Text: model.Say(format, args...)})
}

// guards checks that the triggers that protect the log from changes exist.
func (v *verifying) guards(ctx context.Context, q querier) error {
	for _, name := range []string{"activity_stays", "activity_unchanged"} {
		var there bool
		err := q.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = ?)`,
			name).Scan(&there)
		if err != nil {
			return wrap("check the activity log", err)
		}
		if !there {
			v.fault(0, "what keeps the log from being changed (%s) was taken out of the file", name)
		}
	}
	return nil
}

// line checks one line. Lines must come in their order.
func (v *verifying) line(l activityLine, noted string) {
	v.Lines++
	v.found = v.found || noted != "" && l.seal == noted
	v.gaps[l.id] = l.id > v.last.id+1
	if v.gaps[l.id] {
		v.fault(v.last.id+1, "%s", missing(v.last.id+1, l.id-1))
	}
	switch {
	case l.seal == "" && v.chain == "":
		v.Unsealed++
	case l.seal == "":
		v.fault(l.id, "line %d has no seal: it was not written by this program", l.id)
	case l.sealed(v.chain) != l.seal:
		v.broken[l.id] = digest(l.detail)
	}
	if l.action == actionRedacted {
		v.redactions(model.StoredText(l.detail).String())
	}
	if l.seal != "" {
		v.chain = l.seal
	}
	v.last = l
}

// redactions reads which lines lost a phone.
func (v *verifying) redactions(text string) {
	for _, word := range strings.Fields(text) {
		var id int64
		var left string
		if n, err := fmt.Sscanf(strings.Replace(word, "=", " ", 1), "%d %s", &id, &left); err == nil && n == 2 {
			v.left[id] = left
		}
	}
}

// end compares the last line with the recorded head, and the altered lines with the records of
// removed phones.
func (v *verifying) end(ctx context.Context, q querier, noted string) error {
	var line int64
	var seal string
	if err := q.QueryRowContext(ctx, `SELECT line, seal FROM activity_head`).Scan(&line, &seal); err != nil {
		return wrap("check the activity log", err)
	}
	v.Head = v.last.seal
	for id, left := range v.broken {
		switch {
		case v.left[id] == left:
			v.Redacted++
		case v.gaps[id]:
		default:
			v.fault(id, "altered: line %d, or the line before it together with its seal", id)
		}
	}
	switch {
	case line > v.last.id:
		v.fault(v.last.id+1, "the end was cut off: %s", missing(v.last.id+1, line))
	case seal != v.last.seal:
		v.fault(v.last.id, "line %d is not the one that was written last", v.last.id)
	}
	if noted != "" && !v.found {
		v.fault(0, "the seal that was noted is not in it: its line was altered or cut off")
	}
	slices.SortFunc(v.Faults, func(a, b model.ActivityFault) int { return cmp.Compare(a.Line, b.Line) })
	return nil
}

// missing names the lines that are missing.
func missing(from, to int64) model.Text {
	if from == to {
		return model.Say("line %d is missing", from)
	}
	return model.Say("lines %d to %d are missing", from, to)
}
