package ui

import (
	"reflect"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/ui/kit"
	"viberdeck/ui/lang"
	"viberdeck/ui/replies"
)

// inRussian sets the screens to Russian.
func inRussian(o *kit.Options, _ *fakeStore) { o.Language = model.Russian }

func TestRepliesAreWorkedOffInRussian(t *testing.T) {
	t.Parallel()
	drive(t, 120, 40, inRussian, func(d *driver) {
		d.sees("сначала старые", "ждёт", "кто", "стоп?", "похоже на отписку («СТОП»): o — принять", "ушло", "пришло",
			"заметка")
		d.press("в") // d by its place
		d.sees("Готово: 1 входящее сообщение (u — отменить)")
		d.press("z")
		d.sees("Отложить", "до понедельника, 9:00", "пн 9 фев 09:00")
		d.press("esc", "space", "space", "o")
		d.sees("Внести в чёрный список 2 телефона?", "Здесь действует сразу. Вендоры узнают через 30 с")
		d.press("esc", "n")
		d.sees("заметка пишется к одному сообщению")
		d.press("esc", "a")
		d.sees("Ответ для +375 29 333-22", "0 из 1 000 знаков",
			"через minsk (sms.by), отправитель Brand, цена неизвестна")
		d.press("esc", "p")
		d.wait(time.Second)
		d.sees("2 сообщения · ", "1 входящее сообщение", "1 заметка", "→ ушло", "← пришло", "x блок", "в чёрном списке")
	})
}

func TestEveryWordOfRepliesHasARussianOne(t *testing.T) {
	t.Parallel()
	russian := lang.LanguageOf(model.Russian)
	for context, words := range map[string][]string{
		"reply": {string(model.ReplyOpen), string(model.ReplySnoozed), string(model.ReplyDone)},
		"short": {string(model.ReplyDone), "zz", "block", "stop?", "you"},
		"source": {string(model.SourceOperator), string(model.SourceReply), string(model.SourceVendor),
			string(model.SourceImport)},
		"weekday": {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"},
	} {
		for _, w := range words {
			if russian.Inside[context][w] == "" {
				t.Errorf("%q has no Russian in %q", w, context)
			}
		}
	}
}

func TestTheQueueOpensOnTheSameFilterInRussian(t *testing.T) {
	t.Parallel()
	drive(t, 80, 24, inRussian, func(d *driver) {
		d.sees(" есть:открыто ")
		s := d.root.screens[0].(*replies.Replies)
		english, err := model.ParseFilter("is:open", start, minsk)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := s.Request(); err != nil || !reflect.DeepEqual(got.Filter.Terms, english.Terms) {
			t.Errorf("the queue is read by %+v, %v", got.Filter.Terms, err)
		}
	})
}
