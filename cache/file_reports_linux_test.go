package cache

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"viberdeck/model"
)

func TestFilesThatAreWrittenReplacedOrRemovedAreReportedAndReadOnesAreNot(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	names, ended := make(chan string, 100), make(chan struct{})
	end, err := reportsOf(dir, func(name string) { names <- name }, func() { close(ended) })
	if err != nil {
		t.Skip("the system reports nothing here:", err)
	}
	at := func(name string) string { return filepath.Join(dir, name) }
	write := func(name string) error { return os.WriteFile(at(name), []byte("x"), 0o600) }
	for _, step := range []struct {
		do   func() error
		want []string
	}{
		{func() error { return write("a") }, []string{"a", "a"}}, // made and written
		{func() error {
			_, err := os.ReadFile(at("a"))
			return err
		}, nil},
		{func() error { return write("a") }, []string{"a"}},
		{func() error { return os.Rename(at("a"), at("b")) }, []string{"a", "b"}},
		{func() error { return os.Remove(at("b")) }, []string{"b"}},
	} {
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
		for _, want := range step.want {
			if got := <-names; got != want {
				t.Errorf("reported %q, want %q", got, want)
			}
		}
	}
	if err := end(); err != nil {
		t.Error(err)
	}
	<-ended
}

func TestAProcessThatIsKilledBetweenACommitAndItsRecordIsReported(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "cache.db")
	db := openAt(t, path)
	if !db.reporting() {
		t.Skip("the system reports nothing here")
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	for range 2 { // the state at the start and what was reported of it
		if topics, err := db.Changed(ctx); err == nil {
			t.Errorf("changed %v", topics)
		}
	}
	<-db.reports.news
	other := must(sql.Open("sqlite", path))(t)
	if _, err := other.ExecContext(t.Context(), `INSERT INTO topic (name, version) VALUES (?, 1)
		ON CONFLICT (name) DO UPDATE SET version = version + 1`, model.TopicOutbox); err != nil {
		t.Fatal(err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	<-db.reports.news
	ring(db.reports.news)
	topics, err := db.Changed(t.Context())
	if err != nil || len(topics) != 1 || topics[0] != model.TopicOutbox {
		t.Errorf("changed %v, %v", topics, err)
	}
}

func TestAWaitingProcessLeadsAsSoonAsTheLeaderHasClosedTheFile(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	first, second := p.open(p.path), p.open(p.path)
	term := must(first.Take(t.Context()))(t)
	led := make(chan error, 1)
	go func() {
		next, err := second.Take(t.Context())
		if err == nil {
			err = next.End()
		}
		led <- err
	}()
	if err := term.End(); err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-led; err != nil {
		t.Error(err)
	}
}
