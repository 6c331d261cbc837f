package programtest_test

import (
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"

	"viberdeck/cache"
	"viberdeck/vendors/sim"
)

// openWith starts the program in a terminal, with more of the environment.
func (b *bench) openWith(cols, rows uint16, env []string, args ...string) *screen {
	b.t.Helper()
	cmd := b.command(args...)
	cmd.Env = append(cmd.Env, env...)
	return b.start(cmd, cols, rows)
}

// resize gives the terminal another size.
func (s *screen) resize(cols, rows uint16) {
	s.t.Helper()
	s.mu.Lock()
	s.term.Resize(int(cols), int(rows))
	s.mu.Unlock()
	if err := pty.Setsize(s.tty, &pty.Winsize{Cols: cols, Rows: rows}); err != nil {
		s.t.Fatal(err)
	}
}

// kill ends the process as a power cut does.
func (s *screen) kill() {
	s.t.Helper()
	_ = s.cmd.Process.Signal(syscall.SIGKILL)
	_ = s.ends()
}

// hears waits out the moment in which a dialog that opened by itself ignores keys.
func (s *screen) hears() {
	s.t.Helper()
	<-time.After(600 * time.Millisecond)
}

// configure puts keys before everything else in the configuration.
func (b *bench) configure(lines string) {
	b.t.Helper()
	text, err := os.ReadFile(b.config)
	if err != nil {
		b.t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "cache = ")
	b.write("config.toml", lines+"\ncache = "+rest)
}

// TestAColleagueWorksInRussianAndEachPersonIsWrittenToOnce types nothing in Latin: letters are
// those of the layout ЙЦУКЕН, and Ctrl+S gives the same byte on every layout.
func TestAColleagueWorksInRussianAndEachPersonIsWrittenToOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t, sim.Options{Seed: 3})
	text, err := os.ReadFile(b.config)
	if err != nil {
		t.Fatal(err)
	}
	b.write("config.toml", string(text)+"\n[send]\nhold = \"0s\"\n")
	b.must(0, "sync")
	s := b.openWith(120, 40, []string{"LANG=ru_RU.UTF-8"})
	s.shows("[1 Входящие")
	s.until("replies", func(string) bool { return s.selected() != "" })
	s.shows("есть:открыто")
	s.press("т") // n
	s.shows("Заметка для коллег")
	s.press("перезвонить в пятницу\r")
	s.shows("перезвонить в пятницу")
	s.press("в") // d
	s.shows("(u — отменить)")
	s.press("2")
	s.shows("[2 Кампании]")
	s.press("Т") // N
	s.shows("Новая кампания")
	s.press("\tЗимняя распродажа\t\x0e\tСкидка 20 % до пятницы")
	s.press("\x1b[Z\x1b[Z\x1b[Z\x1b[Z\x1b[Z")
	for i := range 3 {
		s.press(phone(i) + "\r")
	}
	s.shows("3 телефона")
	s.press("\x13")
	s.shows("3 человека")
	s.hears()
	s.press("\r")
	s.press("3\r")
	// Three people may have been written to before the first look.
	s.until("the send", func(screen string) bool {
		return strings.Contains(screen, "В пути: Зимняя распродажа") ||
			strings.Contains(screen, "Отправлена: Зимняя распродажа")
	})
	s.until("the end of the send", func(screen string) bool {
		return strings.Contains(screen, "Отправлена: Зимняя распродажа") && strings.Contains(screen, "3 из 3")
	})
	s.kill()
	b.must(0, "work", "--once")
	for i := range 3 {
		if n := b.world.Ledger().Count("Зимняя распродажа", strings.TrimPrefix(phone(i), "+")); n != 1 {
			t.Errorf("%s got it %d times", phone(i), n)
		}
	}
	if n := len(b.world.Ledger().Sends); n != 3 {
		t.Errorf("%d messages left", n)
	}
	if done := b.rows("replies", "--filter", "есть:готово"); len(done) != 1 {
		t.Errorf("%d replies are done", len(done))
	}
}

func TestASavedConfigurationShowsAtOnceAndABrokenOneNamesItsLine(t *testing.T) {
	t.Parallel()
	b := synced(t, sim.Options{Seed: 3})
	s := b.open(100, 24)
	s.shows("[1 Replies")
	s.until("replies", func(string) bool { return s.selected() != "" })
	b.configure("language = \"ru\"\ntheme = \"high-contrast\"")
	s.shows("[1 Входящие")
	b.configure("language = \"ru\"\nlangauge = \"en\"")
	s.until("the line of the mistake", func(screen string) bool {
		words := strings.Join(strings.Fields(screen), " ")
		return strings.Contains(words, "config.toml: строка 2: неизвестный ключ «langauge»") &&
			strings.Contains(words, "[1 Входящие")
	})
	b.configure("language = \"en\"")
	s.shows("[1 Replies")
}

// keeps waits until the cache keeps a text of an operator under one of the names.
func (b *bench) keeps(operator, text string, names ...string) {
	b.t.Helper()
	db, err := cache.Open(b.t.Context(), b.cache, cache.Options{})
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	deadline := time.After(patience)
	for {
		for _, name := range names {
			if kept, _, err := db.Setting(b.t.Context(), operator, name); err == nil && strings.Contains(kept, text) {
				return
			}
		}
		select {
		case <-deadline:
			b.t.Fatalf("%q was not kept", text)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func TestADashboardKilledWhileACampaignIsWrittenOffersTheDraft(t *testing.T) {
	t.Parallel()
	b := synced(t, sim.Options{Seed: 3})
	s := b.open(100, 30)
	s.until("replies", func(string) bool { return s.selected() != "" })
	s.press("2N")
	s.shows("nothing leaves before")
	s.press("\tWinter sale\t\t20 % off until Fri")
	b.keeps("anna", "20 % off until Fri", "draft")
	s.kill()
	s = b.open(100, 30)
	s.shows("your campaign “Winter sale”")
	s.shows("is unfinished")
	s.hears()
	s.press("N")
	s.shows("your draft")
	s.shows("20 % off until Fri")
}

func TestADashboardKilledWhileAnAnswerIsWrittenOffersItAgain(t *testing.T) {
	t.Parallel()
	b := synced(t, sim.Options{Seed: 3})
	var names []string
	for _, r := range b.rows("replies", "--filter", "is:open") {
		names = append(names, "answer "+r["id"].(string))
	}
	s := b.open(100, 30)
	s.until("replies", func(string) bool { return s.selected() != "" })
	s.press("a")
	s.shows("Answer to")
	s.press("We call you back at noon.")
	b.keeps("anna", "We call you back at noon.", names...)
	s.kill()
	s = b.open(100, 30)
	s.shows("Answer to") // where it was left, and with what was written
	s.shows("We call you back at noon.")
	s.hears()
	s.press(" Olga")
	s.shows("We call you back at noon. Olga")
}

func TestResizingLosesNothingThatWasTyped(t *testing.T) {
	t.Parallel()
	b := synced(t, sim.Options{Seed: 3})
	s := b.open(200, 60)
	s.until("replies", func(string) bool { return s.selected() != "" })
	s.press("/")
	s.shows(" / is:open")
	s.press("дост")
	s.resize(40, 10)
	s.press("авка")
	s.shows("доставка")
	s.resize(80, 24)
	s.shows("/ is:open доставка")
	s.escape()
	s.press("2N")
	s.shows("nothing leaves before")
	s.press("\tЗимняя ")
	s.resize(40, 10)
	s.press("распродажа")
	s.shows("Зимняя распродажа")
	s.resize(200, 60)
	s.shows("Зимняя распродажа")
	s.resize(80, 24)
	s.shows("Зимняя распродажа")
}

func TestATerminalWithoutColourOrUnicodeIsRespected(t *testing.T) {
	t.Parallel()
	b := synced(t, sim.Options{Seed: 3})
	t.Run("NO_COLOR", func(t *testing.T) {
		t.Parallel()
		s := b.of(t).openWith(80, 24, []string{"NO_COLOR=1"})
		s.until("replies", func(string) bool { return s.selected() != "" })
		s.press("2?")
		s.shows("Keys of Campaigns")
		for _, colour := range []string{"\x1b[3", "\x1b[9", "\x1b[4"} {
			for rest := s.history(); ; {
				_, after, found := strings.Cut(rest, colour)
				if !found {
					break
				}
				if end := strings.IndexFunc(after,
					func(r rune) bool { return (r < '0' || r > '9') && r != ';' }); end > 0 && after[end] == 'm' {
					t.Fatalf("the sequence %q colours", colour+after[:end+1])
				}
				rest = after
			}
		}
	})
	t.Run("LANG=C", func(t *testing.T) {
		t.Parallel()
		s := b.of(t).openWith(80, 24, []string{"LANG=C"})
		s.until("replies", func(screen string) bool {
			return strings.Contains(screen, "[1 Replies") && strings.Contains(screen, "\n>")
		})
		s.press("2")
		s.shows("[2 Campaigns]")
		s.press("?")
		s.shows("Keys of Campaigns")
		for _, sign := range "▸•─│╭╯·…—" {
			if strings.ContainsRune(s.text(), sign) {
				t.Errorf("the screen shows %q:\n%s", sign, s.text())
			}
		}
	})
}

// of is the bench in the hands of a part of the test.
func (b *bench) of(t *testing.T) *bench {
	own := *b
	own.t = t
	return &own
}
