package model

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestAnOptOutIsProposedWithItsWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, words string }{
		{"СТОП", "СТОП"}, {"стоп.", "стоп"}, {"Стоп!", "Стоп"}, {"СТОП!!!", "СТОП"}, {"«СТОП»", "СТОП"},
		{`"stop"`, "stop"},
		{"CTOП", "CTOП"}, {"СTOП", "СTOП"}, {"STOП", "STOП"}, {"СТОООП", "СТОООП"}, {"С Т О П", "С Т О П"},
		{"ＳＴＯＰ", "ＳＴＯＰ"},
		{"🛑 СТОП 🛑", "СТОП"}, {"стоп 🙏", "стоп"}, {"Хватит", "Хватит"}, {"Стоп, пожалуйста", "Стоп"},
		{"Здравствуйте. Стоп. Спасибо", "Стоп"},
		{"стоп стоп стоп", "стоп стоп стоп"},
		{"Stop. Thank you", "Stop"}, {"STOP ALL", "STOP ALL"}, {"stop sms", "stop sms"}, {"Stop!", "Stop"},
		{"Please stop", "stop"}, {"stop it", "stop it"},
		{"СТОП рассылка", "СТОП рассылка"}, {"стоп смс", "стоп смс"}, {"СТОП! Я не ваш клиент.", "СТОП"},
		{"stop\n\nSent from my phone", "stop"},
		{"unsubscribe", "unsubscribe"}, {"how do I unsubscribe?", "unsubscribe"}, {"I want to opt out", "opt out"},
		{"opt-out please", "opt-out"}, {"OPTOUT", "OPTOUT"},
		{"отпишите меня", "отпишите меня"}, {"Отпишите, пожалуйста, меня", "Отпишите, пожалуйста, меня"},
		{"отписаться", "отписаться"}, {"Как отписаться?", "отписаться"},
		{"не могу отписаться", "не могу отписаться"}, {"отпиши", "отпиши"},
		{"отпишите от рассылки", "отпишите от рассылки"},
		{"не пишите мне больше", "не пишите мне больше"}, {"не пишите", "не пишите"}, {"Не пишите!", "Не пишите"},
		{"не пишите мне", "не пишите мне"},
		{"Я вас прошу, не пишите мне больше никогда и удалите номер", "не пишите мне больше"},
		{"больше не присылайте", "больше не присылайте"}, {"Больше мне не пишите", "Больше мне не пишите"},
		{"не шлите мне рекламу", "не шлите мне рекламу"},
		{"не беспокойте", "не беспокойте"}, {"хватит слать", "хватит слать"},
		{"Хватит мне писать уже", "Хватит мне писать"}, {"прекратите рассылку", "прекратите рассылку"},
		{"удалите мой номер", "удалите мой номер"},
		{"Удалите, пожалуйста, мой номер из базы", "Удалите, пожалуйста, мой номер"},
		{"уберите меня из рассылки", "уберите меня из рассылки"}, {"удалите меня", "удалите меня"},
		{"не хочу получать ваши сообщения", "не хочу получать ваши сообщения"},
		{"отключите рассылку", "отключите рассылку"}, {"отзываю своё согласие", "отзываю своё согласие"},
		{"адпішыце мяне", "адпішыце мяне"}, {"не пішыце", "не пішыце"}, {"Не пішыце мне больш", "Не пішыце мне больш"},
		{"выдаліце мой нумар", "выдаліце мой нумар"},
		{"хопіць слаць", "хопіць слаць"}, {"не дасылайце мне рэкламу", "не дасылайце мне рэкламу"},
		{"відпишіть мене", "відпишіть мене"}, {"не пишіть мені", "не пишіть мені"},
		{"видаліть мій номер", "видаліть мій номер"}, {"припиніть розсилку", "припиніть розсилку"},
		{"більше не надсилайте", "більше не надсилайте"}, {"Як відписатися?", "відписатися"}, {"СТОП, дякую", "СТОП"},
		{"remove me", "remove me"}, {"Remove me from your list", "Remove me from your list"},
		{"take me off the list", "take me off"}, {"delete my number", "delete my number"},
		{"don't text me", "don't text me"}, {"Don’t message me again", "Don’t message me again"},
		{"do not contact me", "do not contact me"}, {"please do not contact me", "do not contact me"},
		{"stop texting me", "stop texting"}, {"no more messages", "no more messages"},
		{"leave me alone", "leave me alone"}, {"stop these messages now", "stop these messages"},
		{"otpishite menya", "otpishite menya"}, {"ne pishite", "ne pishite"},
		{"NE PISHITE MNE BOLSHE", "NE PISHITE MNE BOLSHE"}, {"hvatit slat", "hvatit slat"},
		{"udalite moy nomer", "udalite moy nomer"}, {"otpisat'sya", "otpisat'sya"},
		{"bolshe ne prisylayte", "bolshe ne prisylayte"},
	} {
		m, ok := RecogniseOptOut(c.text, nil)
		if !ok || m.Words != c.words || c.text[m.Start:m.End] != c.words {
			t.Errorf("%q: got %+v, %v; want %q", c.text, m, ok, c.words)
		}
	}
}

func TestOrdinaryTextIsNotAnOptOut(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", " ", "👍", "?", "Да", "Yes", "спасибо", "Reply to received message",
		"we have got to stop this bill", "don't stop", "Don’t stop!", "Stop by tomorrow?", "when does it stop?",
		"non-stop party?", "bus stop is near",
		"I can't stop laughing", "The train will not stop here.", "stopwatch", "nonstop",
		"I never unsubscribe from you", "do not unsubscribe me", "please stop by our shop",
		"can you remove the item", "text me", "contact me please", "don't text him the code", "is there more?",
		"остановка автобуса", "стоп-кран", "нон-стоп", "можно не останавливаться", "я подписался",
		"стоп-лист ресторана", "На стоп-линии стояла машина",
		"не пишите цену, скажите по телефону", "Почему вы не пишите?", "вы не пишите цену",
		"почему вы больше не пишите?", "не пишите капсом",
		"Я отпишу вам завтра", "отпишите мне, когда придёт заказ", "отпишусь позже", "не хочу отписаться", "пишите мне",
		"пишите больше",
		"удалите мой заказ", "уберите лишнее из корзины", "хватит ли одной штуки?", "Хватит?", "Да, хватит",
		"достаточно одной", "не удаляйте меня",
		"Стоп. А сколько стоит доставка?", "Автобус едет. Стоп. Потом дальше.", "престол", "стопка", "топ", "столп",
		"не пішыце цану", "пішыце", "я падпісаўся", "пишіть мені", "не пишіть ціну", "зупинка",
		"pishite", "ne pishite cenu", "pishite bolshe", "stopka",
	} {
		if m, ok := RecogniseOptOut(text, nil); ok {
			t.Errorf("%q is taken for an opt-out: %q", text, m.Words)
		}
	}
}

func TestTheConfigurationAddsItsOwnWords(t *testing.T) {
	t.Parallel()
	extra := []string{"Отстаньте", "идите лесом", " "}
	for text, want := range map[string]string{
		"отстаньте!":               "отстаньте",
		"Отстаньте, пожалуйста":    "Отстаньте",
		"Да идите вы, идите лесом": "идите лесом",
		"отстаньте от моего брата": "",
		"лесом идите":              "",
	} {
		if m, ok := RecogniseOptOut(text, extra); m.Words != want || ok != (want != "") {
			t.Errorf("%q: got %q, want %q", text, m.Words, want)
		}
	}
}

func TestEveryKindOfWordsIsToldFromTheOthers(t *testing.T) {
	t.Parallel()
	for name, k := range optOutLexicon().names {
		if k == 0 {
			t.Errorf("there are too many kinds of words: %s is none", name)
		}
	}
	for name, set := range optOutLexicon().sets {
		if optOutLexicon().names[name] != 0 || len(set.words()) == 0 {
			t.Errorf("the set %s is empty, or a kind of words too", name)
		}
	}
}

func TestALongTextIsReadInBoundedTime(t *testing.T) {
	t.Parallel()
	if _, ok := RecogniseOptOut(strings.Repeat("не пишите цену ", 100_000), nil); ok {
		t.Error("an ordinary long text is an opt-out")
	}
}

func FuzzRecogniseOptOut(f *testing.F) {
	for _, s := range []string{"СТОП!!!", "don't text me", "не пишите мне больше", "a-", "-", "й\u0306\u0301", "\xff",
		"с-т-о-п", "’’", "\u031a"} {
		f.Add(s, "хватит")
	}
	f.Fuzz(func(t *testing.T, text, extra string) {
		m, ok := RecogniseOptOut(text, []string{extra})
		if !ok {
			if m != (OptOutMatch{}) {
				t.Fatalf("%q: %+v without a match", text, m)
			}
			return
		}
		if m.Start < 0 || m.End > len(text) || m.Start >= m.End || text[m.Start:m.End] != m.Words {
			t.Fatalf("%q: %+v", text, m)
		}
		if !utf8.RuneStart(text[m.Start]) || m.End < len(text) && utf8.ValidString(text) &&
			!utf8.RuneStart(text[m.End]) {
			t.Fatalf("%q: %+v cuts a character", text, m)
		}
	})
}

func BenchmarkRecogniseOptOut(b *testing.B) {
	s := "Здравствуйте, подскажите пожалуйста, сколько стоит доставка и когда придёт мой заказ номер 12?"
	for b.Loop() {
		RecogniseOptOut(s, nil)
	}
}
