package vendors

import (
	"context"
	"fmt"
	"time"

	"github.com/gofrs/flock"
)

// lockEvery is how often a process that waits for the engine's lock tries to take it.
const lockEvery = 500 * time.Millisecond

// Lead waits until no other process runs an engine on the cache file, then runs the given function as the one engine of
// that file and returns its error. The operating system frees the lock with the process, however it ends, so that
// somebody else takes over within half a second.
func Lead(ctx context.Context, cache string, run func(context.Context) error) error {
	lock := engineLock(cache)
	defer lock.Close()
	if _, err := lock.TryLockContext(ctx, lockEvery); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return lockError(cache, err)
	}
	return run(ctx)
}

// TryLead is Lead without waiting: led is false when another process runs the engine, and then nothing was run.
func TryLead(ctx context.Context, cache string, run func(context.Context) error) (led bool, err error) {
	lock := engineLock(cache)
	defer lock.Close()
	if led, err = lock.TryLock(); err != nil {
		return false, lockError(cache, err)
	}
	if !led {
		return false, nil
	}
	return true, run(ctx)
}

// engineLock is a file beside the cache: the cache file itself carries the locks of SQLite.
func engineLock(cache string) *flock.Flock {
	return flock.New(cache+".lock", flock.SetPermissions(0o600))
}

func lockError(cache string, err error) error {
	return fmt.Errorf("lock %s.lock, which keeps a second engine away: %w", cache, err)
}
