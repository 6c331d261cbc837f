package cache

import (
	"context"
	"maps"
	"sync"
	"time"

	"viberdeck/model"
)

// How long the health of senders that needs somebody's attention stands.
const (
	sendersStand  = 10 * time.Minute      // while nothing has changed; the span it looks at moves on
	sendersDear   = 50 * time.Millisecond // what took longer also stands for a time when something has
	sendersTimes  = 500                   // so many times as long as it took,
	sendersAtMost = 5 * time.Minute       // and no longer than that
)

// sendersLately is the health of senders as it was counted last. A dashboard asks what needs a
// person all day, and of ten thousand campaigns counting takes a third of a second.
type sendersLately struct {
	mu   sync.Mutex // held while it is counted, so that it is counted once
	asOf map[model.Topic]int64
	at   time.Time
	took time.Duration
	rows []model.SenderHealth
}

// stands reports whether what was counted last can be given now.
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

// sendersLately gives the health of senders in the span that needs attention. It must not be
// changed.
func (db *DB) sendersLately(ctx context.Context) ([]model.SenderHealth, error) {
	asOf, err := db.versions(ctx) // before counting
	if err != nil {
		return nil, err
	}
	delete(asOf, model.TopicLog) // these tell nothing of campaigns
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
