package vendors

import (
	"context"
	"fmt"
	"time"

	"github.com/gofrs/flock"
)

// lockEvery is how often a process that waits for the engine's lock tries to take it.
const lockEvery = 500 * time.Millisecond

// fileLock is leadership by a lock on a file beside the cache: the cache file itself carries the
// locks of SQLite. The operating system frees it with the process, however it ends, so that another
// takes over within half a second. It counts no terms.
type fileLock struct{ path string }

// FileLock gives the leadership of a cache file by a lock beside it.
func FileLock(cache string) Leadership { return fileLock{cache + ".lock"} }

func (l fileLock) Take(ctx context.Context) (Term, error) {
	lock := l.file()
	if _, err := lock.TryLockContext(ctx, lockEvery); err != nil {
		_ = lock.Close()
		if ctx.Err() != nil {
			return Term{}, ctx.Err()
		}
		return Term{}, l.failed(err)
	}
	return Term{End: lock.Close}, nil
}

func (l fileLock) TryTake(context.Context) (Term, bool, error) {
	lock := l.file()
	led, err := lock.TryLock()
	if err != nil || !led {
		_ = lock.Close()
		if err != nil {
			return Term{}, false, l.failed(err)
		}
		return Term{}, false, nil
	}
	return Term{End: lock.Close}, true, nil
}

func (l fileLock) file() *flock.Flock { return flock.New(l.path, flock.SetPermissions(0o600)) }

func (l fileLock) failed(err error) error {
	return fmt.Errorf("lock %s, which keeps a second engine away: %w", l.path, err)
}
