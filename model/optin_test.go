package model

import "testing"

func TestWhoWantsBackInIsRecognised(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"START", "start please", "Unstop", "Старт", "Подпишите снова", "подпишите меня снова",
		"Подпишите меня на рассылку", "Хочу снова получать ваши сообщения", "Верните меня в рассылку",
		"Включите рассылку",
		"Добавьте меня в рассылку", "Я случайно отписалась, подпишите снова", "Присылайте снова", "хочу подписаться",
		"podpishite menya snova", "Підпишіть знову", "Підпишіть мене", "Додайте мене до розсилки",
		"Хочу знову отримувати повідомлення", "Падпішыце зноў", "Дадайце мяне ў рассылку",
		"Хачу зноў атрымліваць паведамленні", "subscribe me", "resubscribe me", "put me back on the list",
		"Sign me up again",
		"I want to receive messages again", "Add me to the list", "opt in", "Θέλω ξανά μηνύματα", "Εγγράψτε με ξανά"} {
		m, found := RecogniseOptIn(text)
		if !found || text[m.Start:m.End] != m.Words {
			t.Errorf("%q: got %+v, %v", text, m, found)
		}
	}
	for _, text := range []string{"", "👍", "Да", "STOP", "не подписывайте меня", "Не хочу подписываться",
		"когда старт?", "start",
		"Верните деньги", "Хочу вернуть товар", "Добавьте товар в заказ", "отпишите меня снова", "Don't subscribe me",
		"I will be back", "call me back", "Call me again", "please write back", "text me back later",
		"не хочу снова получать сообщения", "What time do you start?", "Sign here", "Позвоните снова",
		"Как подписаться на канал?",
		"text me when ready", "Подпишите договор", "Put it on the table", "Add one more to my order", "Включите свет"} {
		if m, found := RecogniseOptIn(text); found != (text == "start") {
			t.Errorf("%q: taken for %q", text, m.Words)
		}
	}
}

func TestMostOfWhoWantsBackInIsFoundAndOthersAreNot(t *testing.T) {
	t.Parallel()
	wanted, found, falsely := 0, 0, 0
	for _, a := range readAnswers(t, "testdata/opt_ins.txt") {
		m, is := RecogniseOptIn(a.text)
		switch {
		case a.wants && is:
			wanted, found = wanted+1, found+1
		case a.wants:
			wanted++
			t.Logf("not found: %s %q", a.language, a.text)
		case is:
			falsely++
			t.Logf("falsely proposed: %s %q by %q", a.language, a.text, m.Words)
		}
	}
	if found*100 < wanted*95 || falsely > 0 {
		t.Errorf("%d of %d are found, %d falsely proposed", found, wanted, falsely)
	}
}

func TestEveryKindOfWordHasItsPlaceInTheSet(t *testing.T) {
	t.Parallel()
	l := optOutLexicon()
	seen := kinds(0)
	for name, k := range l.names {
		if k == 0 || seen&k != 0 {
			t.Errorf("the kind %q has no place of its own", name)
		}
		seen |= k
	}
	for _, r := range append(l.rules, l.optIn...) {
		for n, s := range r.steps {
			if s.sign == 0 && s.kind == 0 && s.words == nil {
				t.Errorf("step %d of %+v is a kind that is not known", n, r)
			}
		}
	}
}
