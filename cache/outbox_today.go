package cache

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"viberdeck/model"
)

// todayPiece is how many people one query for those who got a message reads, so that none keeps the
// file from being tidied for long.
const todayPiece = 20000

// gotSQL selects people who got a message, or may have got one, since the batch.
const gotSQL = ` r.batch >= ? AND r.status IN (SELECT value FROM json_each(?))`

// got returns the statuses of people who got a message or may have got one.
func got() string {
	return "[" + model.Listed([]int{int(model.StatusQueued), int(model.StatusAccepted), int(model.StatusSent),
		int(model.StatusDelivered), int(model.StatusRead), int(model.StatusClicked),
		int(model.StatusUnknown)}).String() + "]"
}

// reaching is a campaign that recently reached people.
type reaching struct {
	id     model.CampaignID
	name   string
	people int64
	first  int64 // its first batch that left recently; 0: it was made elsewhere
}

// WrittenTo counts those of the people who got a message, or may have got one, since the given time
// through any account, and names the campaigns, newest first. Test sends do not count.
func (db *DB) WrittenTo(ctx context.Context, people model.People, since time.Time) (int64, []string, error) {
	campaigns, err := db.reachingSince(ctx, since)
	if err != nil || len(campaigns) == 0 {
		return 0, nil, err
	}
	g := gotten{db: db, who: make([]int64, 0, people.Len())}
	for _, r := range people.Who() {
		who, err := knownWho(ctx, db.reader, r)
		if err != nil {
			return 0, nil, err
		}
		if who != 0 {
			g.who = append(g.who, who)
		}
	}
	slices.Sort(g.who)
	g.who = slices.Compact(g.who)
	g.got = make([]bool, len(g.who))
	var names []string
	for _, c := range campaigns {
		ask := g.inCampaign
		if c.people > int64(len(g.who)) {
			ask = g.oneByOne
		}
		n, err := ask(ctx, c)
		if err != nil {
			return 0, nil, err
		}
		if n > 0 && c.name != "" && !slices.Contains(names, c.name) {
			names = append(names, c.name)
		}
	}
	return g.n, names, nil
}

// reachingSince returns the campaigns that reached people since the given time, newest first.
func (db *DB) reachingSince(ctx context.Context, since time.Time) ([]reaching, error) {
	return all(ctx, db.reader, "look who got a message", func(row scanner) (reaching, error) {
		var c reaching
		return c, row(&c.id, &c.name, &c.people, &c.first)
	}, `SELECT c.id, `+titleSQL+
		`, (SELECT coalesce(sum(n), 0) FROM recipient_count n WHERE n.campaign = c.id), l.first
		FROM (SELECT campaign, min(id) first FROM batch WHERE claimed_at >= ?1
				AND state IN ('claimed', 'accepted', 'unknown') GROUP BY campaign
			UNION ALL SELECT id, 0 FROM campaign WHERE ours = 0 AND sort_at >= ?1) l
		JOIN campaign c ON c.id = l.campaign WHERE c.test = 0 ORDER BY c.id DESC`, millis(since))
}

// gotten marks which of some people got a message.
type gotten struct {
	db  *DB
	who []int64 // in order
	got []bool
	n   int64 // how many got one
}

// mark records that a person got one, and reports whether the person is among those looked for.
func (g *gotten) mark(who int64) bool {
	i, found := slices.BinarySearch(g.who, who)
	if found && !g.got[i] {
		g.got[i] = true
		g.n++
	}
	return found
}

// inCampaign reads the people of a campaign in order.
func (g *gotten) inCampaign(ctx context.Context, c reaching) (n int, err error) {
	for from, last := g.who[0], g.who[len(g.who)-1]; ; {
		rows := 0
		err := each(ctx, g.db.reader, "look who got a message", func(row scanner) error {
			rows++
			if err := row(&from); err != nil {
				return err
			}
			if g.mark(from) {
				n++
			}
			return nil
		}, `SELECT r.who FROM recipient r WHERE r.campaign = ? AND r.who >= ? AND r.who <= ? AND`+gotSQL+
			` ORDER BY r.who LIMIT ?`, c.id, from, last, c.first, got(), todayPiece)
		if err != nil || rows < todayPiece {
			return n, err
		}
		from++
	}
}

// oneByOne looks up each of the people, for a campaign that has more.
func (g *gotten) oneByOne(ctx context.Context, c reaching) (n int, err error) {
	for part := range slices.Chunk(g.who, todayPiece) {
		list, err := json.Marshal(part)
		if err != nil {
			return n, err
		}
		err = each(ctx, g.db.reader, "look who got a message", func(row scanner) error {
			who, err := single[int64](row)
			if err == nil && g.mark(who) {
				n++
			}
			return err
		}, `SELECT r.who FROM json_each(?) w CROSS JOIN recipient r ON r.campaign = ? AND r.who = w.value WHERE`+gotSQL,
			string(list), c.id, c.first, got())
		if err != nil {
			return n, err
		}
	}
	return n, nil
}
