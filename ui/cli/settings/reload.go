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

// savedPause is how often the configuration's files are looked at while the dashboard runs.
const savedPause = time.Second

// Saved is the configuration as it was saved while the dashboard runs.
type Saved struct {
	Config model.Config // without secrets
	Theme  model.Theme
	Later  []string // keys that were changed and count from the next start only
}

// stamp reports one state of a file from the next.
type stamp struct {
	at   time.Time
	size int64
}

// Watcher watches the configuration file and the theme file it names.
type Watcher struct {
	path    string
	vendors []model.VendorFacts
	first   model.Config // what the program started with
	keys    []string     // files of public keys
	files   []string
	stamps  []stamp
}

// Watch begins to watch what the program was started with.
func Watch(path string, vendors []model.VendorFacts, started model.Config) *Watcher {
	r := &Watcher{path: path, vendors: vendors, first: started, keys: keysFiles(started)}
	r.watch(started.Theme)
	return r
}

// watch looks at the configuration and at the theme file it names from now on.
func (r *Watcher) watch(theme string) {
	r.files = []string{r.path}
	if path, ok := themeFile(theme, r.path); ok {
		r.files = append(r.files, path)
	}
	r.files = append(r.files, r.keys...)
	r.stamps = r.look()
}

// keysFiles names the files of public keys.
func keysFiles(c model.Config) (files []string) {
	for _, o := range c.Operators {
		if o.KeysFile != "" {
			files = append(files, o.KeysFile)
		}
	}
	return files
}

// look gives the state of the files. One that is not there, as in the middle of being saved, has
// the state it had.
func (r *Watcher) look() []stamp {
	now := make([]stamp, len(r.files))
	copy(now, r.stamps)
	for i, f := range r.files {
		if info, err := os.Stat(f); err == nil {
			now[i] = stamp{info.ModTime(), info.Size()}
		} else if !errors.Is(err, fs.ErrNotExist) {
			now[i] = stamp{} // it will be told when it is read
		}
	}
	return now
}

// Next waits until one of the files was saved and reads them. An error names the file and the line;
// what was in force stays in force. It must not be called twice at once.
func (r *Watcher) Next(ctx context.Context) (Saved, error) {
	tick := time.NewTicker(savedPause)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return Saved{}, ctx.Err()
		case <-tick.C:
		}
		if now := r.look(); !reflect.DeepEqual(now, r.stamps) {
			r.stamps = now
			return r.read(ctx)
		}
	}
}

func (r *Watcher) read(ctx context.Context) (Saved, error) {
	config, err := Read(ctx, r.path, r.vendors, NoSecrets)
	if err != nil {
		return Saved{}, err
	}
	before := r.stamps[0]
	r.keys = keysFiles(config)
	r.watch(config.Theme)
	r.stamps[0] = before // what was saved while it was read is found by the next look
	theme, err := ReadTheme(config.Theme, r.path)
	if err != nil {
		return Saved{}, err
	}
	return Saved{Config: config, Theme: theme, Later: later(r.first, config)}, nil
}

// later names the keys that differ and are read at the start only.
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
	add("send.daily_cap", started.Send.DailyCap, saved.Send.DailyCap) // the engine was given it
	add("account", started.PublicAccounts(), saved.PublicAccounts())
	return keys
}
