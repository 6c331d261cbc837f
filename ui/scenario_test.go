package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/term"
)

// TestScenarios plays testdata/scenarios: what a person at the keys does and sees. README.txt there
// is the manual of its words.
func TestScenarios(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/scenarios/*.txt")
	if err != nil || len(files) < 2 {
		t.Fatalf("%d scenarios, %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		if name == "README" {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			synctest.Test(t, func(t *testing.T) { newScenario(t, name, file, home).play(string(text)) })
		})
	}
}

// scenario is a scenario being played.
type scenario struct {
	*driver
	t       *testing.T
	name    string
	file    string
	line    int
	options kit.Options
	w, h    int
	russian bool // the keyboard's layout is ЙЦУКЕН
	end     func()
}

func newScenario(t *testing.T, name, file, home string) *scenario {
	store := newFakeStore(start)
	s := &scenario{t: t, name: name, file: file, w: 80, h: 24, options: options(store),
		driver: &driver{t: t, store: store}, end: func() {}}
	s.options.Env = []string{"HOME=" + home, "LANG=C.UTF-8"}
	return s
}

// scene is one word of the manual. A prologue says how the world is and comes before the first
// thing that is done.
type scene struct {
	prologue bool
	play     func(s *scenario, rest string)
}

// scenes are the words a line may begin with.
var scenes = map[string]scene{
	"screen":    {true, func(s *scenario, rest string) { s.w, s.h = s.size(rest) }},
	"language":  {true, func(s *scenario, rest string) { s.options.Language = model.Language(rest) }},
	"read-only": {true, func(s *scenario, _ string) { s.options.Mode = kit.ReadOnly }},
	"demo":      {true, func(s *scenario, _ string) { s.options.Mode = kit.Demo }},
	"campaign":  {true, (*scenario).campaignIs},
	"blocked":   {true, func(s *scenario, rest string) { s.store.blocked[s.phone(rest)] = "opt-out" }},
	"names":     {true, (*scenario).namesOfOurWords},
	"overlap":   {true, func(s *scenario, _ string) { s.store.overlap = 1 }},
	"speak":     {false, (*scenario).speak},
	"layout":    {false, func(s *scenario, rest string) { s.russian = rest == "ru" }},
	"do":        {false, (*scenario).perform},
	"key":       {false, (*scenario).hit},
	"type":      {false, (*scenario).write},
	"paste": {false, func(s *scenario, rest string) {
		s.send(tea.PasteMsg{Content: strings.ReplaceAll(rest, `\n`, "\n")})
	}},
	"wait":    {false, (*scenario).pause},
	"resize":  {false, (*scenario).resize},
	"click":   {false, (*scenario).Click},
	"wheel":   {false, (*scenario).wheel},
	"arrives": {false, (*scenario).arrives},
	"offline": {false, func(s *scenario, rest string) { s.reach(false, rest) }},
	"online":  {false, func(s *scenario, rest string) { s.reach(true, rest) }},
	"brake":   {false, (*scenario).brake},
	"restart": {false, (*scenario).restart},
	"anna":    {false, (*scenario).colleague},
	"see": {false, func(s *scenario, rest string) {
		s.want(strings.Contains(s.screen(), rest), "the screen does not show %q", rest)
	}},
	"not": {false, func(s *scenario, rest string) {
		s.want(!strings.Contains(s.screen(), rest), "the screen shows %q", rest)
	}},
	"cursor": {false, (*scenario).cursor},
	"told":   {false, (*scenario).received},
	"copied": {false, func(s *scenario, rest string) {
		s.want(s.clipboard() == rest, "the clipboard holds %q, not %q", s.clipboard(), rest)
	}},
	"file":  {false, (*scenario).written},
	"shot":  {false, (*scenario).shot},
	"quits": {false, func(s *scenario, _ string) { s.want(s.quit, "the program has not ended") }},
}

// play carries out a scenario line by line. It ends at the first mismatch.
func (s *scenario) play(text string) {
	defer func() {
		s.end()
		time.Sleep(time.Hour) // timers that are no longer awaited run out
	}()
	for i, line := range strings.Split(text, "\n") {
		s.line = i + 1
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		word, rest, _ := strings.Cut(line, " ")
		scene, ok := scenes[word]
		switch {
		case !ok:
			s.fail("nobody knows the word %q", word)
		case scene.prologue && s.root != nil:
			s.fail("%q belongs before the first thing that is done", word)
		case !scene.prologue && s.root == nil:
			s.begin()
		}
		scene.play(s, strings.TrimSpace(rest))
		if n := s.store.breaches.Load(); n > 0 {
			s.fail("%d calls of the store from within Update or View", n)
		}
	}
}

func (s *scenario) begin() { s.driver, s.end = begin(s.t, s.options, s.store, s.w, s.h) }

// restart kills the program without a word and starts it again.
func (s *scenario) restart(string) {
	s.end()
	synctest.Wait()
	s.begin()
}

func (s *scenario) fail(format string, args ...any) {
	s.t.Helper()
	screen := ""
	if s.root != nil {
		screen = ":\n" + s.screen()
	}
	s.t.Fatalf("%s:%d: %s%s", s.file, s.line, fmt.Sprintf(format, args...), screen)
}

func (s *scenario) want(ok bool, format string, args ...any) {
	s.t.Helper()
	if !ok {
		s.fail(format, args...)
	}
}

func (s *scenario) size(text string) (w, h int) {
	if n, err := fmt.Sscanf(text, "%dx%d", &w, &h); n != 2 || err != nil {
		s.fail("a size is written as 80x24")
	}
	return w, h
}

func (s *scenario) phone(text string) model.Phone {
	p, err := model.ParsePhone(text, "BY")
	s.want(err == nil, "%v", err)
	return p
}

// campaignIs puts the newest campaign, Sale 30, into a state.
func (s *scenario) campaignIs(state string) {
	for _, known := range model.CampaignStates() {
		if string(known) == state {
			s.store.campaigns[len(s.store.campaigns)-1].State = known
			return
		}
	}
	s.fail("nobody knows the state %q", state)
}

// namesOfOurWords gives accounts, campaigns, senders and colleagues names that are words of the
// program.
func (s *scenario) namesOfOurWords(string) {
	f, account := s.store, map[string]string{"minsk": "sent", "shop": "done"}
	for i := range s.options.Accounts {
		s.options.Accounts[i].Name = account[s.options.Accounts[i].Name]
	}
	for i := range f.overview.Accounts {
		f.overview.Accounts[i].Account = account[f.overview.Accounts[i].Account]
	}
	for i := range f.replies {
		f.replies[i].Account, f.replies[i].CampaignName = "sent", "open"
		if f.replies[i].ClaimedBy != "" {
			f.replies[i].ClaimedBy = "failed"
		}
	}
	for i := range f.campaigns {
		f.campaigns[i].Account, f.campaigns[i].SenderName, f.campaigns[i].Operator = "sent", "read", "failed"
		f.campaigns[i].Name = []string{"open", "read"}[i%2]
		if f.campaigns[i].State == model.CampaignPaused {
			f.campaigns[i].PauseCause = model.Say("paused by %s", "open")
		}
	}
	for i := range f.recipients {
		f.recipients[i].Account, f.recipients[i].CampaignName = "sent", "read"
	}
	for i := range f.senders {
		f.senders[i].Account, f.senders[i].Name = account[f.senders[i].Account], "read"
	}
	for i := range f.outbox {
		f.outbox[i].Account, f.outbox[i].CampaignName = "sent", "open"
	}
	for i := range f.logs {
		f.logs[i].Account = "sent"
	}
	f.overview.Operators = []string{"failed", "olga"}
	f.overlapped, f.colleague = []string{"open", "read", "Sale (2); within 24h0m0s: done"}, "failed"
}

// perform presses the key of an action, by the tables of the screen in front.
func (s *scenario) perform(name string) {
	s.want(s.root.d.Top() == nil && !s.root.screens[s.root.front].Typing(),
		"a dialog or the filter line takes the keys: %q cannot be done", name)
	for _, table := range s.root.bindings() {
		for _, b := range table {
			if string(b.Action) == name {
				s.hit(b.Keys[0])
				return
			}
		}
	}
	s.fail("this screen has no action %q", name)
}

// speak goes from language to language until it is the given one.
func (s *scenario) speak(language string) {
	for range model.Languages() {
		if string(s.root.d.Spoken) == language {
			return
		}
		s.perform("language")
	}
	s.fail("there is no language %q", language)
}

// hit presses keys, by their places where the layout is Russian.
func (s *scenario) hit(keys string) {
	for key := range strings.FieldsSeq(keys) {
		ctrl, letter, combined := strings.Cut(key, "+")
		switch {
		case s.russian && combined && ctrl == "ctrl" && inPlaceOf(letter) != letter:
			// Terminals that distinguish keys by the kitty protocol send the letter of the layout.
			s.press("ctrl+" + inPlaceOf(letter))
		case s.russian && !combined:
			s.press(inPlaceOf(key))
		default:
			s.press(key)
		}
	}
}

// inPlaceOf returns what the Russian layout types in the place of a key.
func inPlaceOf(key string) string {
	for own := 'А'; own <= 'я'; own++ {
		if string(model.LatinKey(own)) == key {
			return string(own)
		}
	}
	for _, own := range ".," {
		if string(model.LatinKey(own)) == key {
			return string(own)
		}
	}
	return key
}

// write types a text. With the Russian layout, nothing is typed in Latin.
func (s *scenario) write(text string) {
	if s.russian {
		for _, r := range text {
			s.want(!unicode.Is(unicode.Latin, r) && !strings.ContainsRune("[]{}<>'`~#$^&|@", r),
				"%q cannot be typed with this layout", r)
		}
	}
	s.typeText(text)
}

func (s *scenario) pause(text string) {
	span, err := time.ParseDuration(text)
	s.want(err == nil, "%v", err)
	s.wait(span)
}

func (s *scenario) resize(text string) {
	s.w, s.h = s.size(text)
	s.send(tea.WindowSizeMsg{Width: s.w, Height: s.h})
}

// Click clicks on a text on the screen.
func (s *scenario) Click(text string) {
	for y, line := range strings.Split(s.screen(), "\n") {
		if before, _, ok := strings.Cut(line, text); ok {
			s.send(tea.MouseClickMsg{X: term.WidthOf(before), Y: y, Button: tea.MouseLeft})
			return
		}
	}
	s.fail("there is no %q to click on", text)
}

func (s *scenario) wheel(where string) {
	s.send(tea.MouseWheelMsg{Button: map[string]tea.MouseButton{
		"up": tea.MouseWheelUp, "down": tea.MouseWheelDown}[where]})
}

// arrives lets a new reply come in.
func (s *scenario) arrives(rest string) {
	phone, text, _ := strings.Cut(rest, " ")
	s.store.mu.Lock()
	s.store.replies = append(s.store.replies, model.Reply{
		ID: model.ReplyID(len(s.store.replies) + 1), Account: "minsk", Campaign: 1, CampaignName: "Autumn sale",
		Phone: s.phone(phone), Text: text, ReceivedAt: s.options.Now(), State: model.ReplyOpen, Unread: true})
	s.store.mu.Unlock()
	s.notify(model.TopicReplies)
}

// notify lets the program hear that the cache has changed.
func (s *scenario) notify(topics ...model.Topic) {
	s.store.changes <- topics
	s.wait(0)
}

// reach connects all accounts, or cuts them off.
func (s *scenario) reach(online bool, _ string) {
	s.store.mu.Lock()
	for i := range s.store.overview.Accounts {
		s.store.overview.Accounts[i].Online, s.store.overview.Accounts[i].Since = online, s.options.Now()
	}
	s.store.mu.Unlock()
	s.notify(model.TopicLog)
}

// brake is put on by a colleague, or taken off.
func (s *scenario) brake(by string) {
	s.store.mu.Lock()
	s.store.overview.Brake = model.Brake{On: by != "off", By: by, Since: s.options.Now()}
	s.store.mu.Unlock()
	s.notify(model.TopicOutbox)
}

// colleague lets anna do something to the reply of a phone.
func (s *scenario) colleague(rest string) {
	step, phone, _ := strings.Cut(rest, " ")
	var ids []model.ReplyID
	for _, r := range s.store.replies {
		if r.Phone == s.phone(phone) {
			ids = append(ids, r.ID)
		}
	}
	s.want(len(ids) > 0, "no reply of %s", phone)
	s.want(s.meanwhile(step, ids), "a colleague cannot %s", step)
	s.notify(model.TopicReplies)
}

// meanwhile is what a colleague does to replies. It is false for an unknown step.
func (d *driver) meanwhile(step string, ids []model.ReplyID) bool {
	ctx, f := d.t.Context(), d.store
	did := f.did
	defer func() { f.did = did }()
	switch step {
	case "done":
		_, _ = f.SetReplyState(ctx, "anna", ids, model.ReplyDone, time.Time{})
	case "snooze":
		_, _ = f.SetReplyState(ctx, "anna", ids, model.ReplySnoozed, start.Add(time.Hour))
	case "opt-out":
		_ = f.OptOut(ctx, "anna", ids)
	case "answer":
		f.mu.Lock()
		for _, id := range ids {
			f.answers = append(f.answers, model.Answer{Reply: id, Campaign: model.CampaignID(900 + len(f.answers)),
				Operator: "anna", Text: "by anna", At: f.now(), State: model.CampaignSent,
				Status: model.StatusAccepted})
		}
		f.mu.Unlock()
		f.change(ids, func(r *model.Reply) { r.State, r.DoneBy = model.ReplyDone, "anna" })
	case "claim":
		_, _ = f.Claim(ctx, "anna", "s2", ids)
	default:
		return false
	}
	return true
}

func (s *scenario) cursor(rest string) {
	rest = strings.TrimPrefix(rest, "on ")
	s.want(strings.Contains(s.selected(), rest), "the cursor is on %q, not on %q", s.selected(), rest)
}

// received compares the last intent that the store received.
func (s *scenario) received(rest string) {
	if rest == "nothing" {
		rest = ""
	}
	s.want(strings.TrimSpace(s.store.last()) == rest, "the store was told %q, not %q", s.store.last(), rest)
}

// clipboard returns the text last offered to the terminal's clipboard.
func (s *scenario) clipboard() string {
	last := ""
	for _, msg := range s.messages {
		if v := reflect.ValueOf(msg); v.Kind() == reflect.String && v.Type().Name() == "setClipboardMsg" {
			last = v.String()
		}
	}
	return last
}

// written finds a text in a file of the person's home.
func (s *scenario) written(rest string) {
	name, text, _ := strings.Cut(rest, " has ")
	path, err := s.root.d.InHome(name)
	s.want(err == nil, "%v", err)
	content, err := os.ReadFile(path)
	s.want(err == nil, "%v", err)
	s.want(strings.Contains(string(content), text), "%s holds no %q:\n%s", name, text, content)
}

// shot compares the screen with the golden one.
func (s *scenario) shot(name string) {
	golden.RequireEqual(shotOf{s.t, "scenarios/" + s.name + "-" + name}, s.frame())
}

// shotOf returns the name of a golden file.
type shotOf struct {
	testing.TB
	name string
}

func (s shotOf) Name() string { return s.name }
