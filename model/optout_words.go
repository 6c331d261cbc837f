package model

import "strings"

// stopWords are an opt-out when they are all that a sentence says.
var stopWords = foldedWords(
	`стоп стопп стопе stop stopp stopall stopsms unsubscribe unsub unsuscribe optout opt-out stop-all
	отпишите отпиши отписать отписаться отписка отпишись отпишитесь отписаца прекратите прекрати
	перестаньте перестань адпішыце адпішы адпісацца адпіска спыніце спыні
	відпишіть відпиши відписатися відписатись відписка відпишіться припиніть припини зупиніть
	otpishite otpishi otpisatsya otpisatsa otpisatca otpiska prekratite perestante`)

// stopObjects may stand beside a stop word: "STOP ALL", "стоп рассылка".
var stopObjects = foldedWords(
	`all everything now it this that these messages message texts texting sms viber spam ads promo promotions mailing messaging
	marketing смс вайбер вайбере рассылка рассылки рассылку рассылке сообщения сообщений реклама рекламу рекламы спам спама это всё все
	меня мене мяне мне мені немедленно сейчас сразу срочно розсилка розсилку реклами рассылкі рассылку рэклама рэкламу
	повідомлення паведамленні rassylka rassylku menya reklama reklamu from от з від ад of для me us`)

// politeWords change nothing about what a sentence says.
var politeWords = foldedWords(
	`пожалуйста пожалуста плиз плз спасибо спс благодарю прошу уже да ну же ребята господа уважаемые
	здравствуйте здравствуй привет добрый день вечер утро доброе всем я
	калі ласка дзякуй дзякую прашу вітаю добры дзень будь ласка дякую прошу вітаю добрий так
	please pls plz thank thanks thx ty you kindly hi hello dear sir madam yes ok ок okay good day just
	pozhaluysta pozhaluista pojaluista spasibo dyakuyu`)

// phrase is a wish that is explicit wherever it stands: words in this order within one sentence.
type phrase struct {
	steps []step
	// deniable: "не хочу отписаться" means the opposite, so a "не" shortly before spoils the match.
	deniable bool
	// statement: a question ("почему не пишите?") is no wish.
	statement bool
}

type step struct {
	choices  []string
	optional bool // any number of these words, none included
	end      bool // the clause must end here
}

// match tries the phrase at words[start] and gives the index after its last word.
func (p phrase) match(words []word, start int) (end int, ok bool) {
	at := start
	for _, s := range p.steps {
		fits := at < len(words) && (at == start || !words[at].sentence)
		switch {
		case s.end:
			if at < len(words) && !words[at].clause && !words[at].is(clauseOpeners) {
				return 0, false
			}
		case s.optional:
			for fits && words[at].is(s.choices) {
				at++
				fits = at < len(words) && !words[at].sentence
			}
		default:
			for at > start && fits && words[at].is(politeWords) && !words[at].is(s.choices) {
				at++
				fits = at < len(words) && !words[at].sentence
			}
			if !fits || !words[at].is(s.choices) {
				return 0, false
			}
			at++
		}
	}
	if p.statement && words[start].asked {
		return 0, false
	}
	return at, true
}

// deniedBefore reports that the words before a deniable phrase turn its meaning round.
func (p phrase) deniedBefore(words []word, start int) bool {
	for n := start - 1; p.deniable && n >= 0 && n >= start-2 && !words[n+1].sentence; n-- {
		if words[n].is(denials) {
			return true
		}
	}
	return p.statement && start > 0 && !words[start].sentence && words[start-1].is(reporters)
}

var (
	denials = foldedWords("не ні не ne not never dont didnt wont no без ведь")
	// reporters before "не пишите" make it a slip of "не пишете", an observation.
	reporters     = foldedWords("вы ви почему чему зачем отчего если калі якщо когда что чаму пока you they we why if")
	clauseOpeners = foldedWords("и а но или иначе я это у у і але або бо і ці and or i otherwise im потому так")
)

const (
	toMe = " мне мені нам меня мене мяне сюда сюди больше більше больш болей никогда ніколі ніколи впредь уже " +
		"вообще пожалуйста калі ласка будь на по в у этот этому мой мою мій мой гэты цей свой номер номеру нумар " +
		"телефон вайбер вайбере viber "
	ads = " смс sms сообщение сообщения сообщений рекламу рекламы реклама рекламные спам спама рассылку " +
		"рассылки рассылок рассылка предложения уведомления это этот эти эту ваши вашу ваш вас свои свою свой " +
		"ничего всякую ерунду паведамленні рэкламу рассылку вашы повідомлення рекламу розсилку розсилки ваші от від ад "
	writeRU = "пиши пишите пишете шли шлите присылай присылайте посылай посылайте отправляй отправляйте высылайте " +
		"беспокой беспокойте беспокоить тревожьте спамь спамьте рассылайте надоедайте писать слать присылать"
	writeBE = "пішы пішыце дасылай дасылайце шліце турбуйце спамце"
	writeUK = "пиши пишіть надсилай надсилайте присилайте шліть турбуйте спамте відправляйте"
	more    = "больше більше больш болей впредь никогда ніколи ніколі"
	drop    = "удалите удали уберите убери исключите вычеркните выдаліце прыбярыце выключыце видаліть видали " +
		"приберіть виключіть сотрите"
	unsub = "отпишите отпиши отписать адпішыце адпішы відпишіть відпиши отсоедините"
	me    = "меня мяне мене нас"
	list  = "рассылки рассылок базы списка списков базы рассылкі спісу розсилки бази списку подписки вайбера"
	cease = "хватит прекратите прекрати прекратить перестаньте перестань кончайте завязывайте достаточно хопіць " +
		"спыніце досить припиніть припини годі"
	writing = "слать писать присылать спамить рассылать отправлять беспокоить посылать дасылаць пісаць слаць " +
		"спаміць писати надсилати слати присилати спамити рассылку рассылки рассылку розсилку розсилки спам рекламу " +
		"рассылкай"
	contact = "text txt message msg contact sms spam send email write bother disturb call"
)

// optOutPhrases, one a line: words are alternatives; [ ] are optional, repeated; $ is the end of a
// clause; a leading ! marks a phrase that a "не" before it denies, a leading . one that is no
// question.
var optOutPhrases = compilePhrases(
	// Russian, Belarusian, Ukrainian
	"("+unsub+") [от от] ("+me+")",
	"("+unsub+") [мой этот наш мой мій] (номер нумар телефон)",
	"("+unsub+") [пожалуйста] (от з із ад від) [вашей этой всех всіх вашай вашої] ("+list+")",
	"(не ні) (могу можна получается удается удалось можу атрымліваецца) (отписаться отписать адпісацца відписатися "+
		"відписатись)",
	"!(отписаться адпісацца відписатися відписатись отписаца)",
	".(не) ("+writeRU+" "+writeBE+" "+writeUK+") [мне мені нам сюда сюди] ("+more+")",
	".("+more+") [мне мені нам сюда пожалуйста меня] (не) [мне мені нам меня] ("+writeRU+" "+writeBE+" "+writeUK+")",
	".(не) [мне мені нам] ("+writeRU+" "+writeBE+" "+writeUK+") ["+toMe+ads+"] $",
	"("+cease+") [мне мені нам меня уже вже эту этот эту ваш вашу цю гэту] ("+writing+")",
	"("+drop+") [пожалуйста] [мой наш этот мой мій] (номер нумар)",
	"("+drop+") [пожалуйста] ["+me+
		" мой номер нумар номер] (из з із с от от) [вашей всех этой вашай вашої всіх своей] ("+list+")",
	".("+drop+") ("+me+") $",
	"(не) (хочу хотим желаю буду хачу бажаю) [больше більше больш] (получать получать атрымліваць отримувати "+
		"видеть) [от вас больше эти ваши эту вашу всякие эти от ваші вашы] (рассылку рассылки сообщения сообщений "+
		"смс sms рекламу рекламы спам уведомления паведамленні повідомлення розсилку)",
	"(отмените отменить отключите отключить отказываюсь отказаться відключіть адключыце скасуйте) [меня от эту вашу "+
		"мою від ад] (рассылку рассылки подписку подписки уведомления розсилку)",
	"(отзываю отозвать) [свое мое] (согласие)",
	// English
	"!(unsubscribe)",
	"!(opt opting) [me us] (out)",
	"!(opt-out optout)",
	"(remove delete take) (me us) [from] [your the this all any] (list lists database mailing off)",
	".(remove delete) (me) [please now from] $",
	"(remove delete) (my) [phone mobile] (number contact)",
	"[please do] (dont not never) ("+contact+") (me us)",
	"[please do] (dont not never) ("+contact+") [to] (this my) (number phone)",
	".[please do] (dont not never) ("+contact+") [again anymore any more please] $",
	"!(stop quit cease) [all] (texting messaging sending spamming contacting writing bothering emailing)",
	"!(stop quit cease) [these all your the sending me this] (messages texts sms spam ads spamming advertising)",
	".!(please) (stop) $",
	"(no) (more) (messages texts sms spam ads texting)",
	"(leave) (me us) (alone)",
	// Russian in Latin letters
	"(otpishite otpishi otpisat) [pozhaluysta] (menya menia menja)",
	"!(otpisatsya otpisatsa otpisatsja otpisatca otpisatsia)",
	".(ne) (pishite pishi shlite prisylayte prisylaite prisilayte prisilaite prisylajte) [mne nam bolshe bolshe "+
		"suda syuda nikogda nichego reklamu sms spam] $",
	"(bolshe) [mne nam] (ne) [mne] (pishite pishi shlite prisylayte prisylaite prisilayte prisilaite)",
	"(hvatit khvatit xvatit prekratite perestante) [mne menya uzhe] (slat pisat spamit prisylat prisilat rassylku spam)",
	"(udalite uberite) [pozhaluysta] (moy moi moj) (nomer)",
	"(udalite uberite) [pozhaluysta] (menya menia menja) [iz] $",
	"(udalite uberite) (menya menia menja) (iz) (rassylki rassilki bazy spiska)",
)

func foldedWords(s string) []string { return strings.Fields(Fold(s)) }

// compilePhrases reads the notation above.
func compilePhrases(lines ...string) []phrase {
	phrases := make([]phrase, 0, len(lines))
	for _, line := range lines {
		var p phrase
		for rest := line; rest != ""; {
			switch rest[0] {
			case '!':
				p.deniable, rest = true, rest[1:]
			case '.':
				p.statement, rest = true, rest[1:]
			case '$':
				p.steps, rest = append(p.steps, step{end: true}), rest[1:]
			case '(':
				inside, after, _ := strings.Cut(rest[1:], ")")
				p.steps, rest = append(p.steps, step{choices: foldedWords(inside)}), after
			case '[':
				inside, after, _ := strings.Cut(rest[1:], "]")
				p.steps, rest = append(p.steps, step{choices: foldedWords(inside), optional: true}), after
			default:
				rest = rest[1:]
			}
		}
		phrases = append(phrases, p)
	}
	return phrases
}
