package ui

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"viberdeck/model"
	"viberdeck/ui/lang"
)

// sameFormats fails for formats of a test that the program does not use.
func sameFormats(t *testing.T, s source, text model.Text) {
	t.Helper()
	if letters.MatchString(gapOf.ReplaceAllString(text.Format, "")) && s.translated[phrase{text: text.Format}] == "" {
		t.Errorf("the program does not say %q", text.Format)
	}
	for _, a := range text.Args {
		if inner, ok := a.(model.Text); ok {
			sameFormats(t, s, inner)
		}
	}
}

func TestASentenceIsSaidInRussianWithItsArguments(t *testing.T) {
	t.Parallel()
	russian, s := lang.LanguageOf(model.Russian), readSource(t)
	say, field := model.Say, func(name string, text model.Text) model.Text {
		return model.TextOf(&model.Error{Field: name, Text: text})
	}
	at := time.Date(2026, 2, 2, 9, 30, 0, 0, time.UTC)
	made := model.Moment{At: at, Layout: "2 Jan 15:04"}
	step := func(action string) model.Word { return model.Word{Context: "step", Text: action} }
	replies := func(n int) model.Count { return model.Counted(n, "reply", "replies") }
	beyond := model.Counted(12, "person is beyond recall", "people are beyond recall")
	refuses := say("%s refuses the credentials; check them in the configuration and at the vendor", "minsk")
	for _, c := range []struct {
		text model.Text
		want string
	}{
		{field("sender", say("name the sender: its id at the vendor, or its name as the senders list shows it")),
			"отправитель: укажите отправителя: его номер у вендора или имя из списка отправителей"},
		{field("text", say("%s, the limit is %d", model.Characters(1001), 1000)), "текст: 1 001 знак, предел 1000"},
		{field("lifetime", say("%s is outside %s, in whole seconds", 10*time.Second,
			say("%s to %s", 30*time.Second, 24*time.Hour))),
			"срок жизни: 10 с — не в пределах: от 30 с до 24 ч, целыми секундами"},
		{field("image", say("%s cannot send %s; it sends %s", "Wooxy", model.KindImage,
			model.Listed([]model.MessageKind{model.KindTemplate, model.KindText}))),
			"картинка: Wooxy не отправляет вид «картинка»; отправляет: шаблон, текст"},
		{field("sender", say("%q is %s at the vendor; choose an approved sender", "Brand", model.SenderPending)),
			"отправитель: «Brand» у вендора — на проверке; выберите одобренного отправителя"},
		{field("sender", say("%q is %s at the vendor; choose an approved sender", "sent", model.SenderRejected)),
			"отправитель: «sent» у вендора — отклонён; выберите одобренного отправителя"},
		{field("filter", say("%s: means nothing in this list; it knows %s", model.FieldStatus,
			model.WrittenFields([]model.Field{model.FieldAccount, model.FieldBefore, model.FieldIs}))),
			"фильтр: статус: в этом списке ничего не значит; есть поля аккаунт: до: есть:"},
		{field("filter", say("%s (at character %d)", say("is:%s is unknown; is: takes %s", "frob",
			model.FilterValues(model.FieldIs, []string{"open", "snoozed", "done"})), 4)),
			"фильтр: есть:frob — такого нет; есть: принимает открыто, отложено, готово (знак 4)"},
		{field("account minsk.time_zone", say("%q is not a time zone; write it like Europe/Minsk", "Mars")),
			"аккаунт minsk.time_zone: «Mars» — не часовой пояс; запишите как Europe/Minsk"},
		{say("%s does not answer: %s; what is shown is from the cache", "minsk", say("connection refused")),
			"minsk не отвечает: в соединении отказано; на экране данные из кэша"},
		{say("%s does not answer: %s; what is shown is from the cache", "minsk",
			say("no complete answer within %s", 30*time.Second)),
			"minsk не отвечает: нет полного ответа за 30 с; на экране данные из кэша"},
		{model.TextOf(&model.Error{Text: say("%s asks for fewer requests; %s", "minsk",
			say("try again after %s", 90*time.Second)), Vendor: "slow: too many"}),
			"minsk просит реже слать запросы; попробуйте через 90 с (вендор сообщает: slow: too many)"},
		{say("%s in a row: %s at %s", model.Counted(12, "error", "errors"), refuses, "minsk"),
			"12 ошибок подряд: minsk не принимает учётные данные; проверьте их в настройках и у вендора, " +
				"аккаунт minsk"},
		{say("took back %q: %s", step("done"), model.ListedBy("; ", []model.Text{say("%s", replies(3)),
			say("colleagues have changed %d of them since, and these stay", 2)})),
			"отменено «готово»: 3 входящих сообщения; изменено с тех пор коллегами: 2, они остаются как есть"},
		{say("took back %q: %s", say("label %s", "vip"), model.Listed([]model.Count{replies(1),
			model.Counted(2, "note", "notes")})),
			"отменено «метка vip»: 1 входящее сообщение, 2 заметки"},
		{say("%q cannot be undone: %s", step("opt-out"), say("the vendor keeps the reply as read")),
			"«отписка» не отменить: у вендора сообщение остаётся прочитанным"},
		{say("%s is %s: nothing waits any more, %s", "c7", model.CampaignSent, beyond),
			"c7: отправлена, никто уже не ждёт; 12 человек уже не отозвать"},
		{say("%s: %s", say("write to the cache"), say("the disk is full, or over its quota; make room and try again")),
			"запись в кэш: диск заполнен или исчерпана квота; освободите место и повторите"},
		{model.TextOf(model.Repeated(3, say("within %s", 24*time.Hour), []string{"Sale: one", "two"})),
			"текст: из этих людей 3 уже получили такое же сообщение за последние 24 ч (Sale: one, two); " +
				"повторяйте только намеренно: --again"},
		{say("campaign %s, new since the call, is called %q and %s", "77", "Sale",
			say("has exactly the same %s", model.Counted(12, "phone", "phones"))),
			"кампания 77, новая после запроса, называется «Sale» и в ней ровно те же получатели (12 телефонов)"},
		{say("mailing %s, made after %s by the vendor's clock, has this message and exactly the same %s", "77", made,
			model.Counted(12, "phone", "phones")),
			"в рассылке 77, созданной после 2 фев 09:30 по часам вендора, это же сообщение и ровно те же получатели " +
				"(12 телефонов)"},
		{field("text", say("%s has no value for {{%[2]s}} and there is no fallback; write {{%[2]s|fallback}} or "+
			"fix the file", "+375 29 111-11-11", "имя")),
			"текст: у +375 29 111-11-11 нет значения {{имя}} и нет замены; напишите {{имя|замена}} или поправьте файл"},
		{model.TextOf(errors.Join(model.Invalid("name", "the address is missing"),
			model.Invalid("sender", "the id is missing; give one"))),
			"название: адрес не указан\nотправитель: нужен id"},
		{model.Data("Sender not found in %s %d"), "Sender not found in %s %d"},
		{model.Data("Not Viber user; try again, sent"), "Not Viber user; try again, sent"},
		{model.Data(""), ""},
		{field("name", say("%s, the limit is %d", model.Characters(31), 30)), "название: 31 знак, предел 30"},
	} {
		sameFormats(t, s, c.text)
		if got := russian.Text(c.text); got != c.want {
			t.Errorf("%q is said as\n  %q, want\n  %q", c.text, got, c.want)
		}
		if got := (*lang.Language)(nil).Text(c.text); got != c.text.String() {
			t.Errorf("in English %q is said as %q", c.text, got)
		}
	}
}

// TestNamesThatAreWordsOfOursStandAsTheyAre checks what an operator reads when accounts, campaigns
// and operators are named with words of the program.
func TestNamesThatAreWordsOfOursStandAsTheyAre(t *testing.T) {
	t.Parallel()
	russian, s := lang.LanguageOf(model.Russian), readSource(t)
	repeated := func(names ...string) model.Text {
		return model.TextOf(model.Repeated(3, model.Say("within %s", 24*time.Hour), names))
	}
	const again = "; повторяйте только намеренно: --again"
	for _, c := range []struct {
		text model.Text
		want string
	}{
		{model.Say("%s has asked for fewer requests for %s and taken none; resume it later", "sent",
			model.Counted(10, "minute", "minutes")),
			"sent уже 10 минут просит слать запросы реже и ничего не принял; продолжите позже"},
		{repeated("Autumn sale", "open"),
			"текст: из этих людей 3 уже получили такое же сообщение за последние 24 ч (Autumn sale, open)" + again},
		{repeated("read"), "текст: из этих людей 3 уже получили такое же сообщение за последние 24 ч (read)" + again},
		{repeated("Sale (2); within 24h0m0s: done"), "текст: из этих людей 3 уже получили такое же сообщение " +
			"за последние 24 ч (Sale (2); within 24h0m0s: done)" + again},
		{model.Say("%s was made by %s; somebody else has to approve it", "c7", "failed"),
			"c7 создана оператором failed; одобрить должен кто-то другой"},
		{model.Say("paused by %s", "open"), "пауза: open"},
	} {
		sameFormats(t, s, c.text)
		for _, text := range []model.Text{c.text, model.StoredText(c.text.Stored())} {
			if got := russian.Text(text); got != c.want {
				t.Errorf("%q is said as\n  %q, want\n  %q", c.text, got, c.want)
			}
		}
	}
}

// filled returns a format with data in its gaps for text, and numbers in the others.
func filled(format string, data func() string) model.Text {
	text := model.Text{Format: format}
	for verb := range strings.FieldsSeq(gaps(format)) {
		switch verb {
		case "s", "q", "v":
			text.Args = append(text.Args, data())
		case "f":
			text.Args = append(text.Args, 7.5)
		default:
			text.Args = append(text.Args, int64(7))
		}
	}
	return text
}

// TestPropertyWhatIsPutIntoASentenceStandsInItVerbatim goes through every format of the program
// with data made of the program's own words.
func TestPropertyWhatIsPutIntoASentenceStandsInItVerbatim(t *testing.T) {
	t.Parallel()
	russian := lang.LanguageOf(model.Russian)
	var formats, words []string
	for what := range readSource(t).translated {
		if words = append(words, what.text); strings.Contains(what.text, "%") && what.context == "" &&
			what.plural == "" {
			formats = append(formats, what.text)
		}
	}
	if len(formats) < 300 {
		t.Fatalf("%d formats were found", len(formats))
	}
	slices.Sort(formats)
	slices.Sort(words)
	verbatim := func(t require, text model.Text) {
		got := russian.Text(text)
		for _, a := range text.Args {
			data, isData := a.(string)
			if isData && !strings.Contains(got, data) && !strings.Contains(got, strconv.Quote(data)) {
				t.Fatalf("%q stands in the Russian of %q as %q", data, text.Format, got)
			}
		}
	}
	hostile := []string{"sent", "open", "failed", "read", "done", "Sale (2); within 24h0m0s: done", "%s", "100%", `"x"`}
	for _, format := range formats {
		for _, name := range hostile {
			text := filled(format, func() string { return name })
			verbatim(t, text)
			if got := russian.Text(text); !strings.Contains(name, "%") && strings.Contains(got, "%!") {
				t.Errorf("%q is said as %q", format, got)
			}
		}
	}
	word := rapid.OneOf(rapid.SampledFrom(words), rapid.SampledFrom(hostile), rapid.StringN(1, 20, -1))
	rapid.Check(t, func(t *rapid.T) {
		format := rapid.SampledFrom(formats).Draw(t, "format")
		verbatim(t, filled(format, func() string { return word.Draw(t, "data") }))
	})
}

type require interface{ Fatalf(string, ...any) }
