package settings

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"reflect"
	"time"

	"viberdeck/model"
)

// How often the files of the configuration are checked: a removed key ends its sessions at once,
// and a dashboard that nobody touches should not wake every second.
const (
	CheckServer    = time.Second
	CheckDashboard = 5 * time.Second
)

// Saved is the configuration as saved while the dashboard runs.
type Saved struct {
	Config model.Config // without secrets
	Theme  model.Theme
	Later  []string // changed keys that take effect only at the next start
}

// stamp distinguishes one state of a file from the next.
type stamp struct {
	at   time.Time
	size int64
}

// Watcher watches the configuration file and its theme file.
type Watcher struct {
	// Again asks to read the files at once, whether or not they look changed. May be nil.
	Again <-chan os.Signal

	reader Reader
	path   string
	every  time.Duration
	first  model.Config // the configuration at the start
	keys   []string     // files of public keys
	files  []string
	stamps []stamp
}

// Watch starts to watch the configuration with which the program was started, at the given
// interval.
func (r Reader) Watch(path string, started model.Config, every time.Duration) *Watcher {
	w := &Watcher{reader: r, path: path, every: every, first: started, keys: keysFiles(started)}
	w.watch(started.Theme)
	return w
}

// watch watches the configuration and the given theme file from now on.
func (w *Watcher) watch(theme string) {
	w.files = []string{w.path}
	if path, ok := w.reader.themeFile(theme, w.path); ok {
		w.files = append(w.files, path)
	}
	w.files = append(w.files, w.keys...)
	w.stamps = w.look()
}

// keysFiles returns the files of public keys.
func keysFiles(c model.Config) (files []string) {
	for _, o := range c.Operators {
		if o.KeysFile != "" {
			files = append(files, o.KeysFile)
		}
	}
	return files
}

// look returns the state of the files. A missing one, perhaps because it is just being saved, keeps
// its previous state.
func (w *Watcher) look() []stamp {
	now := make([]stamp, len(w.files))
	copy(now, w.stamps)
	for i, f := range w.files {
		if info, err := os.Stat(f); err == nil {
			now[i] = stamp{info.ModTime(), info.Size()}
		} else if !errors.Is(err, fs.ErrNotExist) {
			now[i] = stamp{} // the error is reported when it is read
		}
	}
	return now
}

// Next waits until one of the files is saved and reads them. An error names the file and the line;
// the previous settings stay in effect. It must not be called concurrently.
func (w *Watcher) Next(ctx context.Context) (Saved, error) {
	again := func() time.Duration { return model.UntilBeat(time.Now(), w.every, os.Getpid()) }
	tick := time.NewTimer(again())
	defer tick.Stop()
	for ; ; tick.Reset(again()) {
		select {
		case <-ctx.Done():
			return Saved{}, ctx.Err()
		case <-w.Again:
			w.stamps = w.look()
			return w.read(ctx)
		case <-tick.C:
		}
		if now := w.look(); !reflect.DeepEqual(now, w.stamps) {
			w.stamps = now
			return w.read(ctx)
		}
	}
}

func (w *Watcher) read(ctx context.Context) (Saved, error) {
	config, err := w.reader.Read(ctx, w.path, NoSecrets)
	if err != nil {
		return Saved{}, err
	}
	before := w.stamps[0]
	w.keys = keysFiles(config)
	w.watch(config.Theme)
	w.stamps[0] = before // the next look finds what was saved during the read
	theme, err := w.reader.Theme(config.Theme, w.path)
	if err != nil {
		return Saved{}, err
	}
	return Saved{Config: config, Theme: theme, Later: later(w.first, config)}, nil
}

// later returns the keys that differ and are read only at the start.
func later(started, saved model.Config) []string {
	var keys []string
	add := func(key string, was, is any) {
		if !reflect.DeepEqual(was, is) {
			keys = append(keys, key)
		}
	}
	add("operator", started.Operator, saved.Operator)
	add("cache", started.Cache, saved.Cache)
	add("serve", started.Serve, saved.Serve)
	add("callbacks", started.Callbacks, saved.Callbacks)
	add("opt_out_words", started.OptOutWords, saved.OptOutWords)
	add("retention", started.Retention, saved.Retention)
	add("send.daily_cap", started.Send.DailyCap, saved.Send.DailyCap) // the engine received it at the start
	add("account", started.PublicAccounts(), saved.PublicAccounts())
	return keys
}
