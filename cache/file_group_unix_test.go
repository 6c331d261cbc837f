//go:build unix

package cache

import (
	"bufio"
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"viberdeck/model"
)

// The users and the group of these tests: numbers that no host assigns.
const (
	userAnna, userBoris, userStranger = 54001, 54002, 54003
	groupOfDeck                       = 54999
)

// TestMemberOfAGroup acts as another user in the tests below; by itself it does nothing.
func TestMemberOfAGroup(t *testing.T) {
	path := os.Getenv("CACHE_OF_A_GROUP")
	if path == "" {
		t.Skip("it is run by other tests, as another user")
	}
	syscall.Umask(0o077)
	ctx := context.Background()
	db, err := Open(ctx, path, Options{Group: os.Getenv("CACHE_GROUP")})
	if err != nil {
		fmt.Println("refused:", err)
		return
	}
	defer db.Close()
	if err := db.Accounts(ctx, []model.Account{{Name: "minsk", Vendor: model.SMSBy}}); err != nil {
		fmt.Println("failed:", err)
		return
	}
	if _, err := db.SaveReplies(ctx, "minsk", []model.Reply{{VendorID: fmt.Sprint(os.Getuid()), Phone: firstPhone,
		Text: "hello", ReceivedAt: time.Now()}}, time.Now()); err != nil {
		fmt.Println("failed:", err)
		return
	}
	page, err := db.Replies(ctx, model.PageRequest{Limit: 10})
	if err != nil {
		fmt.Println("failed:", err)
		return
	}
	term, led, err := db.TryTake(ctx)
	if led {
		defer func() { _ = term.End() }()
	}
	fmt.Println("leads", led, err, "replies", len(page.Rows))
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
}

// member is another user at work with a cache.
type member struct {
	cmd       *exec.Cmd
	firstLine string
	end       func()
}

// asMember starts another user's process, which works until end is called.
func asMember(t *testing.T, uid int, path, group string, groups ...uint32) member {
	t.Helper()
	exe := filepath.Join(filepath.Dir(filepath.Dir(path)), "member.test")
	if _, err := os.Stat(exe); err != nil {
		// Another process writes it: a program that this process has open for writing cannot be
		// run, and a process started by a parallel test would inherit the open file.
		if output, err := exec.Command("cp", must(os.Executable())(t), exe).CombinedOutput(); err != nil {
			t.Fatalf("%s: %s", err, output)
		}
	}
	cmd := exec.Command(exe, "-test.run", "^TestMemberOfAGroup$", "-test.v=false")
	cmd.Dir = filepath.Dir(exe)
	cmd.Env = []string{"CACHE_OF_A_GROUP=" + path, "CACHE_GROUP=" + group, "TMPDIR=/tmp", "HOME=/nonexistent"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(uid),
		Groups: groups}}
	in := must(cmd.StdinPipe())(t)
	out := must(cmd.StdoutPipe())(t)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := false
	m := member{cmd: cmd, end: func() {
		if !ended {
			ended = true
			_ = in.Close()
			_ = cmd.Wait()
		}
	}}
	t.Cleanup(m.end)
	m.firstLine, _ = bufio.NewReader(out).ReadString('\n')
	m.firstLine = strings.TrimSpace(m.firstLine)
	return m
}

// sharedFolder makes a folder that the group shares, where other users can reach it.
func sharedFolder(t *testing.T) (path, group string) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root can be other users")
	}
	top := must(os.MkdirTemp("", "viberdeck-group-"))(t)
	t.Cleanup(func() { _ = os.RemoveAll(top) })
	dir := filepath.Join(top, "deck")
	for _, err := range []error{os.Chmod(top, 0o755), os.Mkdir(dir, 0o700), os.Chown(dir, userAnna, groupOfDeck),
		os.Chmod(dir, fs.ModeSetgid|0o770)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "cache.db"), strconv.Itoa(groupOfDeck)
}

func TestUsersOfOneGroupShareACacheWhateverTheirUmask(t *testing.T) {
	t.Parallel()
	path, group := sharedFolder(t)
	anna := asMember(t, userAnna, path, group, groupOfDeck)
	if anna.firstLine != "leads true <nil> replies 1" {
		t.Fatalf("the first user: %s", anna.firstLine)
	}
	boris := asMember(t, userBoris, path, group, groupOfDeck)
	if boris.firstLine != "leads false <nil> replies 2" {
		t.Fatalf("the second user, beside the engine of the first: %s", boris.firstLine)
	}
	found := must(filepath.Glob(path + "*"))(t)
	names := map[string]bool{}
	for _, name := range found {
		info := must(os.Stat(name))(t)
		gid, _, _ := ownersOf(info)
		if info.Mode().Perm() != groupMode || gid != groupOfDeck {
			t.Errorf("%s is %v of group %d", name, info.Mode(), gid)
		}
		names[strings.TrimPrefix(name, path)] = true
	}
	for _, want := range []string{"", "-wal", "-shm", ".lock", ".turn", ".id"} {
		if !names[want] {
			t.Errorf("there is no cache.db%s among %v", want, found)
		}
	}
	anna.end()
	again := asMember(t, userBoris, path, group, groupOfDeck)
	if again.firstLine != "leads true <nil> replies 2" {
		t.Errorf("after the first user has left, the second: %s", again.firstLine)
	}
	if s := asMember(t, userStranger, path, group); !strings.HasPrefix(s.firstLine, "refused:") {
		t.Errorf("somebody who is not in the group: %s", s.firstLine)
	}
}

func TestASharedCacheRefusesWhatOthersCouldUse(t *testing.T) {
	t.Parallel()
	path, group := sharedFolder(t)
	asMember(t, userAnna, path, group, groupOfDeck).end()
	refused := func(what, words string) {
		t.Helper()
		if m := asMember(t, userBoris, path, group, groupOfDeck); !strings.HasPrefix(m.firstLine, "refused:") ||
			!strings.Contains(m.firstLine, words) {
			t.Errorf("%s: %s", what, m.firstLine)
		}
	}
	chmod := func(name string, mode fs.FileMode) {
		t.Helper()
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
	}
	chmod(path, 0o664)
	refused("a file that all may read", "chmod 660")
	chmod(path, 0o600)
	refused("a file of one user", "its owner starts once with cache_group")
	if m := asMember(t, userAnna, path, group, groupOfDeck); !strings.HasPrefix(m.firstLine, "leads true") {
		t.Errorf("its owner gives it to the group: %s", m.firstLine)
	} else {
		m.end()
	}
	chmod(filepath.Dir(path), fs.ModeSetgid|0o775)
	refused("a folder that all may read", "chmod 2770")
	chmod(filepath.Dir(path), 0o770)
	refused("a folder that is not setgid", "chmod 2770")
}

func TestAnEngineWhoseLockAnotherUserHoldsIsLeftToWork(t *testing.T) {
	t.Parallel()
	path, group := sharedFolder(t)
	anna := asMember(t, userAnna, path, group, groupOfDeck)
	if err := os.Chmod(path+".lock", 0o600); err != nil {
		t.Fatal(err)
	}
	for _, group := range []string{group, ""} {
		if boris := asMember(t, userBoris, path, group, groupOfDeck); boris.firstLine != "leads false <nil> replies 2" {
			t.Errorf("%s; in the group %q: %s", anna.firstLine, group, boris.firstLine)
		}
	}
}

func TestWhoeverOpensASharedCacheWithoutSayingSoLeavesItShared(t *testing.T) {
	t.Parallel()
	path, group := sharedFolder(t)
	asMember(t, userAnna, path, group, groupOfDeck).end()
	for _, name := range []string{".lock", ".turn"} {
		if err := os.Remove(path + name); err != nil {
			t.Fatal(err)
		}
	}
	asMember(t, userBoris, path, "", groupOfDeck).end()
	for _, name := range must(filepath.Glob(path + "*"))(t) {
		if info := must(os.Stat(name))(t); info.Mode().Perm() != groupMode {
			t.Errorf("%s is %v", name, info.Mode())
		}
	}
	if m := asMember(t, userAnna, path, group, groupOfDeck); m.firstLine != "leads true <nil> replies 2" {
		t.Errorf("the next of the group: %s", m.firstLine)
	}
}
