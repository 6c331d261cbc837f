package cache

import (
	"context"
	"maps"
	"sync"
	"time"

	"viberdeck/model"
)

// How long the last count of the health of senders remains valid.
const (
	sendersStand  = 10 * time.Minute      // while nothing has changed; the span it covers moves on
	sendersDear   = 50 * time.Millisecond // one that took longer outlasts a change,
	sendersTimes  = 500                   // for so many times the time it took,
	sendersAtMost = 5 * time.Minute       // but no longer than this
)

// sendersLately is the health of senders as last counted. A dashboard checks all day what needs a
// person, and counting ten thousand campaigns takes a third of a second.
type sendersLately struct {
	mu   sync.Mutex // held during the count, so that only one runs
	asOf map[model.Topic]int64
	at   time.Time
	took time.Duration
	rows []model.SenderHealth
}

// stands reports whether the last count is still valid.
func (s *sendersLately) stands(now time.Time, asOf map[model.Topic]int64) bool {
	age := now.Sub(s.at)
	if s.asOf == nil || age < 0 {
		return false
	}
	if maps.Equal(s.asOf, asOf) {
		return age < sendersStand
	}
	return s.took >= sendersDear && age < min(s.took*sendersTimes, sendersAtMost)
}

// sendersLately returns the health of senders in the span that needs attention. The result must not
// be changed.
func (db *DB) sendersLately(ctx context.Context) ([]model.SenderHealth, error) {
	asOf, err := db.versions(ctx) // before counting
	if err != nil {
		return nil, err
	}
	delete(asOf, model.TopicLog) // these do not concern campaigns
	delete(asOf, model.TopicHealth)
	s := &db.senders
	s.mu.Lock()
	defer s.mu.Unlock()
	now := db.now()
	if s.stands(now, asOf) {
		return s.rows, nil
	}
	began := time.Now()
	rows, err := db.SenderHealth(ctx, now.Add(-model.HealthSpan))
	if err == nil {
		s.asOf, s.at, s.took, s.rows = asOf, now, time.Since(began), rows
	}
	return rows, err
}
