package cache

import (
	"errors"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"

	"viberdeck/model"
)

// sharing is the Unix group that shares a cache. Its zero value means that the cache is not shared.
type sharing struct {
	name string
	gid  int
}

const (
	groupMode  = 0o660 // of each file of a shared cache
	groupDir   = fs.ModeSetgid | 0o770
	beyondThem = 0o007 // what a shared file and its folder must not grant
)

// sharingWith finds a group by its name or number; "" means none.
func sharingWith(name string) (sharing, error) {
	if name == "" {
		return sharing{}, nil
	}
	if gid, err := strconv.Atoi(name); err == nil && gid >= 0 {
		return sharing{name, gid}, nil
	}
	g, err := user.LookupGroup(name)
	if err != nil {
		return sharing{}, refuse(model.KindInvalid, err,
			"cache_group: this host has no group %q; make it (groupadd), or leave cache_group out", name)
	}
	gid, err := strconv.Atoi(g.Gid)
	if err != nil {
		return sharing{}, refuse(model.KindInvalid, err, "cache_group: the group %q has no number", name)
	}
	return sharing{name, gid}, nil
}

// mode is the mode of a new file of the cache.
func (s sharing) mode() fs.FileMode {
	if s.name == "" {
		return 0o600
	}
	return groupMode
}

// folder prepares the folder of a shared cache, which may have just been made: files made in it
// must belong to the group.
func (s sharing) folder(dir string, made bool) error {
	if s.name == "" {
		return nil
	}
	if made {
		if err := errors.Join(os.Chown(dir, -1, s.gid), os.Chmod(dir, groupDir)); err != nil {
			return refuse(model.KindDenied, err, "%s cannot be given to the group %s; are you in it?", dir, s.name)
		}
	}
	info, err := os.Stat(dir)
	if err != nil {
		return refuse(model.KindDenied, err, "the directory %s cannot be read; choose another file with --cache", dir)
	}
	gid, _, known := ownersOf(info)
	if !known {
		return refuse(model.KindInvalid, nil, "cache_group: this system has no Unix groups; leave cache_group out")
	}
	if gid != s.gid || info.Mode()&fs.ModeSetgid == 0 || info.Mode().Perm()&beyondThem != 0 ||
		info.Mode().Perm()&0o770 != 0o770 {
		return refuse(model.KindDenied, nil,
			"%s is not a folder of the group %s alone, as cache_group wants it: chgrp %s %s && chmod 2770 %s",
			dir, s.name, s.name, dir, dir)
	}
	return nil
}

// asFound returns the group that already shares a cache, for a user whose configuration does not
// name it: files that this user makes beside the cache must be the group's too.
func (s sharing) asFound(path string) sharing {
	file, err := os.Stat(path)
	if err != nil || s.name != "" || file.Mode().Perm() != groupMode {
		return s
	}
	dir, err := os.Stat(filepath.Dir(path))
	if err != nil || dir.Mode()&fs.ModeSetgid == 0 || dir.Mode().Perm() != groupDir.Perm() {
		return s
	}
	of, _, known := ownersOf(file)
	if all, _, _ := ownersOf(dir); !known || all != of {
		return s
	}
	return sharing{strconv.Itoa(of), of}
}

// files gives each existing file of a cache to the group. It refuses a file that people outside
// the group could use, and a cache that only another user can use. A lock or a record that only its
// owner can use is left as it is: the cache then shows whose engine works.
func (s sharing) files(path string, readOnly bool) error {
	if s.name == "" {
		return nil
	}
	found, err := filepath.Glob(quotedGlob(path) + "*")
	if err != nil {
		return model.Errorf("cache file: %w", err)
	}
	for _, name := range found {
		needed := slices.Contains([]string{path, path + "-wal", path + "-shm"}, name)
		if err := s.file(name, needed, readOnly); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// file does the same for one file.
func (s sharing) file(path string, needed, readOnly bool) error {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return err
	}
	if info.Mode().Perm()&beyondThem != 0 {
		return refuse(model.KindDenied, nil,
			"%s can be used by others than the group %s: chmod 660 %s", path, s.name, path)
	}
	gid, uid, known := ownersOf(info)
	if readOnly || !known || gid == s.gid && info.Mode().Perm() == groupMode {
		return nil
	}
	if me := os.Geteuid(); uid != me && me != 0 {
		if !needed {
			return nil
		}
		return refuse(model.KindDenied, nil,
			"%s is not of the group %s: its owner starts once with cache_group, or: chgrp %s %s && chmod 660 %s",
			path, s.name, s.name, path, path)
	}
	return s.give(path)
}

// give gives a file of this user to the group, whatever the umask.
func (s sharing) give(path string) error {
	if s.name == "" {
		return nil
	}
	if err := errors.Join(os.Chown(path, -1, s.gid), os.Chmod(path, groupMode)); err != nil {
		return refuse(model.KindDenied, err, "%s cannot be given to the group %s; are you in it?", path, s.name)
	}
	return nil
}

// ready creates an empty file for a library to open, unless it exists: the umask would restrict a
// file that the library creates.
func (s sharing) ready(path string) error {
	if s.name == "" {
		return nil
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, groupMode)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), s.give(path))
}

// quotedGlob turns a path into a pattern that matches only this path.
func quotedGlob(path string) string {
	quoted := make([]rune, 0, len(path))
	for _, r := range path {
		if r == '*' || r == '?' || r == '[' || r == '\\' {
			quoted = append(quoted, '\\')
		}
		quoted = append(quoted, r)
	}
	return string(quoted)
}
