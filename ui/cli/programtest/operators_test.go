package programtest_test

import (
	"context"
	"fmt"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"viberdeck/cache"
	"viberdeck/model"
	"viberdeck/ui"
	"viberdeck/ui/kit"
	"viberdeck/vendors/all"
)

// operator is one dashboard on the cache, driven without a terminal in virtual time.
type operator struct {
	name    string
	root    *ui.Root
	stood   string // the phone under the cursor when its operator moved it last
	answers chan tea.Msg
}

// ending is a cache that stops waiting for changes when the test ends.
type ending struct {
	*cache.DB
	end context.Context
}

func (e ending) Changed(ctx context.Context) ([]model.Topic, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer context.AfterFunc(e.end, stop)()
	return e.DB.Changed(ctx)
}

// sit opens a dashboard for an operator.
func sit(ctx context.Context, t *testing.T, db *cache.DB, name string, language model.Language) *operator {
	t.Helper()
	accounts := []model.Account{{Name: "minsk", Vendor: model.SMSBy}}
	root := ui.New(kit.Options{Store: ending{db, ctx}, Operator: name, Session: name, Mode: kit.Live,
		Settings: kit.Settings{Zone: time.UTC, DefaultCountry: "BY", Language: language}, Accounts: accounts,
		Capabilities: all.Vendors().Capabilities(), PerCall: func(model.Campaign) int { return 1000 }})
	o := &operator{name: name, root: root, answers: make(chan tea.Msg, 1000)}
	o.update(tea.WindowSizeMsg{Width: 80, Height: 24})
	o.run(root.Init())
	o.settle()
	o.stood = o.under()
	return o
}

func (o *operator) run(cmd tea.Cmd) {
	if cmd != nil {
		go func() { o.answers <- cmd() }()
		synctest.Wait()
	}
}

func (o *operator) update(msg tea.Msg) {
	_, cmd := o.root.Update(msg)
	o.root.View()
	o.run(cmd)
}

// settle handles answers until none is left.
func (o *operator) settle() {
	for {
		select {
		case msg := <-o.answers:
			switch msg := msg.(type) {
			case nil:
			case tea.BatchMsg:
				for _, cmd := range msg {
					o.run(cmd)
				}
			default:
				o.update(msg)
			}
		default:
			return
		}
	}
}

// press types keys by their names. A text is typed letter by letter, and only into a box that takes
// the whole screen.
func (o *operator) press(keys string, text string) {
	for k := range strings.FieldsSeq(keys) {
		key := tea.KeyPressMsg{Code: rune(k[0]), Text: k}
		switch k {
		case "enter":
			key = tea.KeyPressMsg{Code: tea.KeyEnter}
		case "esc":
			key = tea.KeyPressMsg{Code: tea.KeyEscape}
		case "send":
			key = tea.KeyPressMsg{Code: 's', Mod: tea.ModCtrl}
		case "text":
			if o.row() == "" {
				o.update(tea.PasteMsg{Content: text})
				o.settle()
			}
			continue
		}
		o.update(key)
		o.settle()
	}
}

func (o *operator) screen() string { return ansi.Strip(o.root.View().Content) }

// row returns the line under the cursor, or "" when no list is on screen.
func (o *operator) row() string {
	for line := range strings.SplitSeq(o.screen(), "\n") {
		if strings.HasPrefix(line, "▸") || strings.HasPrefix(line, "◆") {
			return line
		}
	}
	return ""
}

var phoneOnScreen = regexp.MustCompile(`\+375 29 \d{3}-\d\d-\d\d`)

// under returns the phone of the reply that the screen is about: under the cursor, or the only one.
func (o *operator) under() string {
	where := o.row()
	if where == "" {
		where = o.screen()
	}
	return strings.NewReplacer(" ", "", "-", "").Replace(phoneOnScreen.FindString(where))
}

// queue returns the current replies of a cache by phone.
func queue(t *testing.T, db *cache.DB) map[string]model.Thread {
	t.Helper()
	page, err := model.ReplyRows().Read(t.Context(), db, model.PageRequest{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	now := map[string]model.Thread{}
	for _, r := range page.Rows {
		thread, err := db.Thread(t.Context(), r.ID)
		if err != nil {
			t.Fatal(err)
		}
		thread.Events = nil // what was taken back stays in the history of the person
		thread.Answers = slices.DeleteFunc(thread.Answers, func(a model.Answer) bool { return !a.Stands() })
		if len(thread.Answers) == 0 {
			thread.Answers = nil
		}
		thread.Events = nil // what happened stays in the history, also what was taken back
		now[r.Phone.String()] = thread
	}
	return now
}

// changed returns the phones whose replies have changed.
func changed(was, now map[string]model.Thread) []string {
	var phones []string
	for phone, thread := range now {
		if before, known := was[phone]; known && !reflect.DeepEqual(before, thread) {
			phones = append(phones, phone)
		}
	}
	slices.Sort(phones)
	return phones
}

// turn is one step of a script for two operators.
type turn struct {
	who   int
	keys  string
	pause int  // milliseconds after it
	back  bool // what it changed is taken back
}

// turns are the actions an operator may take; none of them types "again".
var turns = []string{"d", "d", "d", "c", "R", "j", "j", "k", "G", "g", "z enter", "o y", "n x enter", "t v enter",
	"enter", "esc", "a", "a text", "text send", "1 enter esc", "1 enter esc", "1 enter esc", "a text send",
	"a text send",
	"a text send", "esc esc", "esc esc", "y", "incoming"}

// undoable are those that u takes back whole.
var undoable = []string{"d", "z enter", "o y", "1 enter esc"}

func TestTwoOperatorsOnOneCacheActOnWhatTheySeeAndAnswerOnce(t *testing.T) {
	t.Parallel()
	runs, failed := 0, false
	rapid.Check(t, func(rt *rapid.T) {
		if runs++; runs > 6 && !failed { // each takes a second of a busy machine
			return
		}
		script := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) turn {
			return turn{who: rapid.IntRange(0, 1).Draw(rt, "who"), keys: rapid.SampledFrom(turns).Draw(rt, "keys"),
				pause: rapid.SampledFrom([]int{0, 30, 90, 200, 500, 500, 1500}).Draw(rt, "pause"),
				back:  rapid.IntRange(0, 4).Draw(rt, "back") == 0}
		}), 5, 30).Draw(rt, "script")
		language := rapid.SampledFrom([]model.Language{model.English, model.Russian}).Draw(rt, "language")
		path := filepath.Join(t.TempDir(), "cache.db")
		wrong := ""
		synctest.Test(t, func(t *testing.T) { wrong = together(t, path, language, script) })
		if wrong != "" {
			failed = true
			rt.Fatal(wrong)
		}
	})
}

// together plays a script for two operators, each with their own handle on one cache, and reports
// what should not have happened.
func together(t *testing.T, path string, language model.Language, script []turn) string {
	ctx, end := context.WithCancel(t.Context())
	var dbs []*cache.DB
	var both []*operator
	defer func() {
		end()
		time.Sleep(time.Hour) // timers that are no longer awaited run out
		for _, db := range dbs {
			_ = db.Close()
		}
	}()
	for i, name := range []string{"olga", "anna"} {
		db, err := cache.Open(ctx, path, cache.Options{Polls: true})
		if err != nil {
			t.Fatal(err)
		}
		if dbs = append(dbs, db); i == 0 {
			seed(t, db)
		}
		both = append(both, sit(ctx, t, db, name, language))
	}
	rest := func(span time.Duration) {
		time.Sleep(span)
		synctest.Wait()
		for _, o := range both {
			o.settle()
		}
	}
	rest(time.Second)
	for i, step := range script {
		o := both[step.who]
		if step.keys == "incoming" {
			incoming(t, dbs[step.who], 100+i)
			rest(time.Duration(step.pause) * time.Millisecond)
			continue
		}
		was := queue(t, dbs[0])
		o.press(step.keys, fmt.Sprintf("answer %d", i))
		rest(100 * time.Millisecond) // a key that may be held down acts only now
		now := queue(t, dbs[0])
		touched := changed(was, now)
		for _, phone := range touched {
			if phone != o.stood {
				return fmt.Sprintf("%s stood on %s, and %q changed %s\n%s", o.name, o.stood, step.keys, phone,
					o.screen())
			}
			if n := len(now[phone].Answers); n > 1 {
				return fmt.Sprintf("%s has %d answers without a second yes", phone, n)
			}
		}
		if step.back && len(touched) > 0 && o.row() != "" && slices.Contains(undoable, step.keys) {
			o.press("u", "")
			rest(100 * time.Millisecond)
			if left := changed(was, queue(t, dbs[0])); len(left) > 0 {
				return fmt.Sprintf("%q by %s was taken back, and %s differs:\n%+v\n%+v\n%s", step.keys, o.name, left[0],
					was[left[0]], queue(t, dbs[0])[left[0]], o.screen())
			}
		}
		if at := o.under(); at != "" {
			o.stood = at
		}
		rest(time.Duration(step.pause) * time.Millisecond)
	}
	return ""
}

// seed fills a cache with a queue.
func seed(t *testing.T, db *cache.DB) {
	t.Helper()
	if err := db.Accounts(t.Context(), []model.Account{{Name: "minsk", Vendor: model.SMSBy}}); err != nil {
		t.Fatal(err)
	}
	if err := db.SaveSenders(t.Context(), "minsk", []model.Sender{{Account: "minsk", ID: "444", Name: "Brand",
		State: model.SenderApproved}}, time.Now()); err != nil {
		t.Fatal(err)
	}
	for i := range 8 {
		incoming(t, db, i)
	}
}

// incoming is a reply that a vendor has delivered.
func incoming(t *testing.T, db *cache.DB, i int) {
	t.Helper()
	at := time.Now()
	if _, err := db.SaveReplies(t.Context(), "minsk", []model.Reply{{VendorID: fmt.Sprint(i),
		Phone: model.Phone(375291110000 + int64(i)), Text: "When do you open?", ReceivedAt: at.Add(-time.Hour)}},
		at); err != nil {
		t.Fatal(err)
	}
}
