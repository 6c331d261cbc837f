package ui

import (
	"fmt"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/shopspring/decimal"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/term"
)

// lookSizes are the sizes at which every view has to look right.
var lookSizes = [][2]int{{40, 10}, {80, 24}, {120, 40}, {200, 60}}

// looks are the terminals on which every view has to look right.
var looks = map[string]func(*kit.Options, *fakeStore){
	"dark":    func(o *kit.Options, _ *fakeStore) { o.Theme.Base = model.ThemeDark },
	"light":   func(o *kit.Options, _ *fakeStore) { o.Theme.Base = model.ThemeLight },
	"ascii":   func(o *kit.Options, _ *fakeStore) { o.Env = []string{"LANG=C"} },
	"russian": inRussian,
}

// reversed returns the text drawn in reverse in each line of a screen.
func reversed(screen string, w, h int) []string {
	terminal := vt.NewEmulator(w, h)
	defer func() { _ = terminal.Close() }()
	_, _ = terminal.WriteString(strings.ReplaceAll(screen, "\n", "\r\n"))
	lines := make([]string, h)
	for y := range lines {
		for x := range w {
			if cell := terminal.CellAt(x, y); cell != nil && cell.Style.Attrs&uv.AttrReverse != 0 {
				lines[y] += cell.Content
			}
		}
	}
	return lines
}

func TestTheRowUnderTheCursorIsABarFromItsMarkThroughItsName(t *testing.T) {
	t.Parallel()
	for name, change := range looks {
		for _, size := range lookSizes {
			t.Run(fmt.Sprintf("%s/%dx%d", name, size[0], size[1]), func(t *testing.T) {
				t.Parallel()
				drive(t, size[0], size[1], change, func(d *driver) {
					for _, view := range []string{"1", "2", "3", "5", "6", "7", "8"} {
						d.press(view)
						mark := "▸ "
						if name == "ascii" {
							mark = "> "
						}
						rows := reversed(d.root.View().Content, size[0], size[1])
						bars := 0
						for y, line := range strings.Split(ansi.Strip(d.root.View().Content), "\n") {
							switch first, _, _ := strings.Cut(strings.TrimPrefix(line, mark), "  "); {
							case !strings.HasPrefix(line, mark):
							case len(rows[y]) <= len(mark) || !strings.HasPrefix(mark+first, rows[y]):
								t.Errorf("view %s: %q is reversed in %q", view, rows[y], line)
							default:
								bars++
							}
						}
						if bars != 1 {
							t.Errorf("view %s: %d rows look chosen", view, bars)
						}
					}
				})
			})
		}
	}
}

// crowded gives every list more rows than a screen has.
func crowded(_ *kit.Options, f *fakeStore) {
	for i := range 200 {
		phone := model.Phone(375291000000 + i)
		r, c, v, s, b, o, l := f.replies[i%len(f.replies)], f.campaigns[i%len(f.campaigns)],
			f.recipients[i%len(f.recipients)], f.senders[i%len(f.senders)], f.blacklist[i%len(f.blacklist)],
			f.outbox[i%len(f.outbox)], f.logs[i%len(f.logs)]
		r.ID, c.ID, v.Phone, s.Name, b.Phone = model.ReplyID(1000+i), model.CampaignID(1000+i), phone,
			fmt.Sprintf("%s %d", s.Name, i), phone
		o.Batch, l.ID = model.BatchID(1000+i), int64(1000+i)
		f.replies, f.campaigns, f.recipients = append(f.replies, r), append(f.campaigns, c), append(f.recipients, v)
		f.senders, f.blacklist = append(f.senders, s), append(f.blacklist, b)
		f.outbox, f.logs = append(f.outbox, o), append(f.logs, l)
	}
}

func TestNoLineIsBlankWhileAListHasMoreRows(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{40, 10}, {60, 18}, {80, 24}, {100, 30}, {120, 40}, {200, 60}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			drive(t, size[0], size[1], crowded, func(d *driver) {
				for _, view := range []string{"1", "2", "3", "5", "6", "7", "8"} {
					d.press(view)
					screen := ansi.Strip(d.root.View().Content)
					for y, line := range strings.Split(screen, "\n") {
						if left, _, _ := strings.Cut(line, "│"); strings.TrimSpace(left) == "" {
							t.Errorf("view %s: line %d is blank:\n%s", view, y, screen)
							break
						}
					}
				}
			})
		})
	}
}

func TestAt80ColumnsNamesHaveRoomAndEveryTabItsName(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"dark", "russian"} {
		many := func(o *kit.Options, f *fakeStore) {
			looks[name](o, f)
			f.overview.OpenReplies = 100_000
			for i := range f.campaigns {
				f.campaigns[i].Name = "Осенняя распродажа в Минске"
			}
			for range 4 {
				f.replies = append(f.replies, f.replies...)
			}
		}
		drive(t, 80, 24, many, func(d *driver) {
			queues := []string{"open", "unread", "mine", "opt-outs?", "snoozed", "done today"}
			words := []string{"Recip", "Stats", "Black", "Out", "Log"}
			if name == "russian" {
				queues = []string{"открыто", "новые", "мои", "отписки?", "отложено", "готово"}
				words = []string{"Получ", "Стат", "Чёрн", "Исходящ", "Журнал"}
			}
			d.sees(queues...)
			d.sees(words...)
			d.press("2")
			d.sees("Осенняя распродажа в Ми")
		})
	}
}

func TestAmountsStandBelowEachOther(t *testing.T) {
	t.Parallel()
	var language *lang.Language
	at, end := -1, -1
	for _, m := range []model.Money{model.NewMoney(decimal.RequireFromString("1.96"), "EUR"),
		model.NewMoney(decimal.RequireFromString("874.68"), "UAH"),
		model.NewMoney(decimal.RequireFromString("2.499"), "EUR"),
		model.NewMoney(decimal.RequireFromString("19.6"), "EUR"), model.NewMoney(decimal.RequireFromString("2"), ""),
		model.NewMoney(decimal.RequireFromString("5000"), "EUR")} {
		text := term.FitRight(language.MoneyInColumn(m), lang.MoneyWidth)
		if at < 0 {
			at, end = strings.Index(text, "."), len(text)
		}
		if strings.Index(text, ".") != at || len(text) != end {
			t.Errorf("%q: the decimal sign is not in column %d of %d", text, at, end)
		}
	}
}

func TestAmountsStandBelowEachOtherInTheListOfCampaigns(t *testing.T) {
	t.Parallel()
	amounts := func(_ *kit.Options, f *fakeStore) {
		for i, amount := range []string{"1.96", "874.68", "2.499", "19.6", "2"} {
			f.campaigns[i].Cost = model.NewMoney(decimal.RequireFromString(amount), []string{"EUR", "UAH", ""}[i%3])
		}
	}
	drive(t, 120, 40, amounts, func(d *driver) {
		d.press("2", "G")
		d.sees("  1.96  EUR ", "874.68  UAH ", "  2.499     ", " 19.60  EUR ", "  2.00  UAH ")
	})
}

func TestOnALargeScreenTheConversationStandsApartAndUnderItThePersonAndWhatCanBeDone(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{120, 40}, {200, 60}} {
		drive(t, size[0], size[1], conversed, func(d *driver) {
			d.sees("┃ reply · 07:00 · minsk · unread", "┃ СТОП", "│ Summer sale", "14 messages · 3 replies · 1 opt-out",
				"known since 24 Jan 2025", "write a note; it never leaves this host")
			begins := func(text string) int {
				for line := range strings.SplitSeq(d.screen(), "\n") {
					if before, _, found := strings.Cut(line, text); found {
						return ansi.StringWidth(before)
					}
				}
				t.Errorf("%q is not on the screen", text)
				return 0
			}
			if sent, reply := begins("│ sent · Autumn sale"), begins("┃ reply · 07:00"); sent <= reply {
				t.Errorf("what we sent begins at %d, the reply at %d", sent, reply)
			}
		})
	}
}

func TestOnALargeScreenStatisticsHaveFunnelReasonsCurvesAndCutsAtOnce(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{120, 40}, {200, 60}} {
		drive(t, size[0], size[1], nil, func(d *driver) {
			d.press("2", "enter", "4")
			d.sees("of prev", "why not delivered, what to do", "on Viber: use SMS", "delivered 990", "10:20",
				"by country · this campaign · 1m", "by sender · the last 30 days · 1m",
				"by vendor · the last 30 days · 1m")
		})
	}
	drive(t, 80, 24, nil, func(d *driver) { // where they are a key away nothing is counted for them
		d.press("4")
		d.seesNot("by country · this campaign")
	})
}

func TestDialogsHaveCleanEdges(t *testing.T) {
	t.Parallel()
	for _, w := range []int{80, 100, 120} {
		drive(t, w, 30, nil, func(d *driver) {
			d.press("2", "X")
			d.sees("Recall it?")
			for line := range strings.SplitSeq(ansi.Strip(d.root.View().Content), "\n") {
				before, rest, found := strings.Cut(line, "│")
				if !found {
					continue
				}
				after := rest[strings.LastIndex(rest, "│")+len("│"):]
				if before != "" && !strings.HasSuffix(before, " ") || after != "" && !strings.HasPrefix(after, " ") ||
					w == 80 && before+after != "" {
					t.Errorf("at %d columns the list touches the dialog: %q", w, line)
				}
			}
		})
	}
}

func TestWhatStandsInAnEmptyFieldIsNotTakenForItsValue(t *testing.T) {
	t.Parallel()
	drive(t, 80, 30, nil, func(d *driver) {
		d.press("2", "N")
		d.sees("(+375 29 111-11-11)", "(what you and the vendor call it)", "(what people read; Enter is a new line)",
			"‹minsk› shop  (sms.by)")
		d.press("esc", "/")
		d.sees("/ (words, field:value, -not)")
	})
}

func TestAnAmountIsGroupedAsACountIs(t *testing.T) {
	t.Parallel()
	var language *lang.Language
	for amount, want := range map[string]string{"4999.8944": "4 999.8944 EUR", "-1234567.5": "-1 234 567.5 EUR",
		"999.99": "999.99 EUR", "-0.5": "-0.5 EUR"} {
		if got := language.Money(model.NewMoney(decimal.RequireFromString(amount), "EUR")); got != want {
			t.Errorf("%s is written %q, want %q", amount, got, want)
		}
	}
	balance := model.NewMoney(decimal.RequireFromString("5000"), "EUR")
	nested := model.Say("%s", model.Say("the balance is %s; %s will be left", balance, balance))
	for _, l := range []*lang.Language{nil, lang.LanguageOf(model.Russian)} {
		if got := l.Text(nested); strings.Count(got, "5 000 EUR") != 2 {
			t.Errorf("in a sentence amounts are not grouped: %s", got)
		}
	}
}
