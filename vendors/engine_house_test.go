package vendors

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestWhatIsTooOldIsRemovedEveryHourAndByOnce(t *testing.T) {
	t.Parallel()
	const year = 365 * 24 * time.Hour
	for _, tt := range []struct {
		name    string
		options EngineOptions
		want    int // times in two and a half hours and one Once
	}{
		{"with an age", EngineOptions{Retention: year}, 4},
		{"without an age only what can no longer be undone", EngineOptions{}, 4},
		{"never by a process that may only read", EngineOptions{Retention: year, ReadOnly: true}, 0},
		{"a process that lives for one send leaves it to others", EngineOptions{Retention: year, SendOnly: true}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				store := newFakeStore()
				o := tt.options
				o.Store, o.Adapters = store, []Adapter{&plainFake{name: "shop"}}
				stop := running(t, o)
				time.Sleep(150 * time.Minute)
				if err := stop(); err != nil {
					t.Fatal(err)
				}
				if _, err := NewEngine(o).Once(t.Context()); err != nil {
					t.Fatal(err)
				}
				if len(store.forgot) != tt.want {
					t.Fatalf("removed %d times, want %d", len(store.forgot), tt.want)
				}
				for _, before := range store.forgot {
					if before.IsZero() != (o.Retention == 0) || o.Retention > 0 && time.Since(before) < year {
						t.Errorf("removed what is older than %s", before)
					}
				}
			})
		})
	}
}
