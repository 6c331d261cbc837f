package sim

import "fmt"

// What people reply: opt-outs, harmless look-alikes and everyday answers in the languages of the
// market.
var (
	optOutReplies = []string{
		"СТОП", "отпишите меня", "не пишите мне больше", "Stop. Thank you", "адпішыце мяне", "відпишіть мене",
		"ne pishite mne", "стоп!!!", "STOP", "Больше не присылайте, пожалуйста", "Отписаться", "не дасылайце мне больш",
	}
	trapReplies = []string{
		"we have got to stop this bill", "на остановке стоп-линия, подойду через 5 минут", "Non-stop работаете?",
		"А стоп-цена какая?", "don't stop sending these, love them", "Я подписана на вас, когда розыгрыш?",
	}
	plainReplies = []string{
		"Да", "Yes", "Спасибо!", "Дзякуй", "Дякую", "Сколько стоит доставка?", "А в Гродно есть магазин?",
		"Да 9 гадзіны працуеце?", "Чи є доставка в Житомир?", "What are your opening hours?", "Ок", "👍", "❤️",
		"Меня зовут Ёлкина, запишите на субботу 🙏", "👨‍👩‍👧‍👦 придём всей семьёй!", "👩🏽‍🤝‍👨🏻 + 👶🏻, столик на троих",
		"Перезвоните мне, пожалуйста, после 18:00", "Не работает ссылка", "промокод не действует(((",
		"Reply to received message",
		"А на вторую вещь скидка будет?\nИ можно ли вернуть?", "Хто гэта?", "Вы ошиблись номером",
		"Добры дзень! Ці ёсць памер XL?", "Доброго дня, а оплата карткою можлива?",
		"Заказ 44-17 не пришёл, жду третий день!",
		"Очень длинный ответ: я заказывала у вас в прошлом году, тогда всё было хорошо, а в этот раз курьер приехал " +
			"на два часа позже, коробка была мятая, и внутри не хватало одной вещи, верните, пожалуйста, деньги на " +
			"карту",
		"🇧🇾🎉", "é à ñ ö", "?",
	}
	secondReplies = []string{"Алло?", "Жду ответа", "Спасибо, уже не надо", "Hello?",
		"и ещё вопрос: работаете в воскресенье?", "СТОП"}
	hostileReplies = []string{
		"\x1b[2J\x1b[1;1Hваш экран очищен",
		"\x1b]52;c;cm0gLXJmIH4=\x07скопировано",
		"\x1b]0;owned\x07заголовок",
		"\u009b31mкрасный\u009b0m",
		"оплата \u202eDYP 0001\u202c принята",
		"строка\u2028ещё строка\u2029и ещё\r\x08\x08\x08подмена",
		"\x00\x01\x02\x7f\u0085конец",
		"Z\u0351\u036b\u0343a\u0321\u034el\u0338\u0322g\u0321o\u0353",
		"\u200f\u2066<script>alert(1)</script>\u2069",
		"=HYPERLINK(\"http://example.com\";\"скидка\")",
	}
)

func replyText(d *dice, hostile bool) string {
	kind := d.share()
	switch {
	case hostile && kind < 0.30:
		return hostileReplies[d.pick(len(hostileReplies))]
	case kind < 0.52:
		return optOutReplies[d.pick(len(optOutReplies))]
	case kind < 0.62:
		return trapReplies[d.pick(len(trapReplies))]
	}
	return plainReplies[d.pick(len(plainReplies))]
}

func secondReply(d *dice) string { return secondReplies[d.pick(len(secondReplies))] }

// story is one campaign of the seeded history.
type story struct {
	name, text, caption, link, image string
}

var stories = []story{
	{name: "Осенняя распродажа", text: "Здравствуйте! Сегодня скидка 20 % на всё. Ждём вас до 21:00."},
	{name: "Autumn sale", text: "Hello! 20 % off everything today.", caption: "Shop",
		link: "https://shop.example.com/autumn", image: "https://shop.example.com/img/autumn.jpg"},
	{name: "Новы год у краме", text: "Добры дзень! Святочныя падарункі ўжо ў краме. Даведайцеся больш па спасылцы.",
		caption: "Паглядзець", link: "https://shop.example.com/by/newyear"},
	{name: "Запись к врачу",
		text: "Напоминаем о записи завтра в 10:30. Если не сможете прийти, ответьте на это сообщение."},
	{name: "Чорна п'ятниця", text: "Чорна п'ятниця: знижки до 50 % лише три дні!", caption: "Обрати",
		link: "https://shop.example.com/ua/bf", image: "https://shop.example.com/img/bf.jpg"},
	{name: "Каталог: обложка", image: "https://shop.example.com/img/catalogue.jpg"},
	{name: "Бонусы сгорают", text: "На вашем счету 14 бонусов, они сгорят в воскресенье 🔥", caption: "Потратить",
		link: "https://shop.example.com/bonus", image: "https://shop.example.com/img/bonus.jpg"},
	{name: "Delivery survey", text: "How was your delivery? Answer with a number from 1 to 5."},
	{name: "Возвращайтесь!", text: "Мы соскучились. Дарим 10 рублей на следующую покупку."},
	{name: "Працоўны графік", text: "У панядзелак крама працуе з 12:00 да 18:00."},
	{name: "День рождения магазина", text: "Нам 7 лет! 🎂 Приходите на праздник в субботу: торт, музыка и скидки."},
	{name: "Оновлення каталогу", text: "Новинки вже на сайті. Перегляньте першими!", caption: "До каталогу",
		link: "https://shop.example.com/ua/new", image: "https://shop.example.com/img/new.jpg"},
	{name: "Курс английского", text: "Набор в группы продолжается, осталось 3 места."},
}

// storyAt is the n-th campaign of the history; names repeat with a number, so that each is unique.
func storyAt(n int) story {
	s := stories[n%len(stories)]
	if round := n / len(stories); round > 0 {
		s.name = fmt.Sprintf("%s %d", s.name, round+1)
	}
	return s
}

// The seeded people are plainly made up: round prefixes and running numbers. Half of the numbers of
// a country belong to one operator.
var (
	belarus = []string{"3753300", "3754400", "3752911"}
	ukraine = []string{"3809300", "3806700", "3805000"}
)

// population is how many people a country has; a prime, so that a stride visits everyone.
const population = 30011

// people lists n different phones of a country. Which ones depends on the dice, so audiences of
// campaigns overlap.
func people(d *dice, prefixes []string, n int) []string {
	at := d.pick(population)
	phones := make([]string, n)
	for i := range phones {
		person := (at + i*17) % population
		phones[i] = fmt.Sprintf("%s%05d", prefixes[person%len(prefixes)], person)
	}
	return phones
}
