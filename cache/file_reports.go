package cache

import (
	"path/filepath"
	"sync"
	"sync/atomic"
)

// fileReports is what the system reports about the files of the cache, so that an idle process need
// not look at them several times a second. A process that is killed is reported too, because its
// files are closed.
type fileReports struct {
	once  sync.Once
	works atomic.Bool   // reports arrive
	end   func() error  // nil: they were not started
	news  chan struct{} // something was committed, or a process closed the cache
	files chan struct{} // the file, its log or its lock was closed, replaced or removed
}

func newFileReports() *fileReports {
	return &fileReports{news: make(chan struct{}, 1), files: make(chan struct{}, 1)}
}

// reporting starts the reports with the first call and returns whether they arrive.
func (db *DB) reporting() bool {
	r := db.reports
	r.once.Do(func() {
		if db.polls {
			return
		}
		name := filepath.Base(db.path)
		r.works.Store(true)
		end, err := reportsOf(filepath.Dir(db.path), func(file string) {
			switch file {
			case name + ".id":
				ring(r.news)
			case name, name + "-wal", name + ".lock", "":
				r.ring()
			}
		}, func() {
			r.works.Store(false)
			r.ring()
		})
		if err != nil {
			r.works.Store(false)
		}
		r.end = end
		r.ring() // what happened before was not reported
	})
	return r.works.Load()
}

// ring says that anything may have happened.
func (r *fileReports) ring() {
	ring(r.news)
	ring(r.files)
}

// stop ends the reports.
func (r *fileReports) stop() {
	r.once.Do(func() {})
	if r.end != nil {
		_ = r.end()
	}
}

// ring leaves one token for whoever waits next.
func ring(bell chan<- struct{}) {
	select {
	case bell <- struct{}{}:
	default:
	}
}
