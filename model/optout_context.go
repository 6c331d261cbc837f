package model

import "strings"

// The words that change what a wish means, or take it back.
var (
	aboutWords = newWordSet(`на na for to за σε για στο στη στην στον`, 3)
	// channels are ways to write to a person.
	channels = newWordSet(`вайбер вайбере viber телеграм телеграмм телеграме telegram whatsapp
		ватсап вотсап почту почте имейл мейл email mail e-mail пошту звонок звонком дзвінок
		дзвінком`, 3)
	instructions = newWordSet(`ответьте ответив ответить отправьте reply replying адкажыце
		надішліть απαντηστε στειλτε`, 3)
	stopWords = foldedWords(`stop стоп στοπ`)
	mistakes  = newWordSet(`случайно ошибочно ошибке випадково помилково выпадкова памылкова
		нечаянно нечайно ненароком ненарочно незнарок
		ненаўмысна accidental misclicked mistake accident accidentally mistakenly`, 3)
	// rubbish are words for advertising, where nothing is ordered.
	rubbish = newWordSet(`βλακειες μαλακιες дурню хлам смецце лухту ерунду ерунда чушь бред хрень
		фигню фигня crap rubbish junk garbage stuff nonsense`, 3)
	topicWords = newWordSet(`про о об about`, 3)
	copulas    = newWordSet(`это is isnt are гэта це ειναι`, 3)
	others     = newWordSet(`he she they он она они муж жена мама мать папа друг подруга сын дочь
		бывший сосед чоловік дружина девушка парень коллега начальник менеджер оператор продавец
		він вона вони ён яна яны сяброўка αυτος αυτη αντρας γυναικα μαμα μητερα πατερας
		μπαμπας αδερφη αδερφος γιος κορη φιλη
		φιλος συζυγος mom mum dad mother father husband wife friend
		boyfriend girlfriend brother sister son daughter`, 3)
	wishes = newWordSet(`σκεφτομουν σκεφτηκα ελεγα думаў думала думав хотел хотела хотели хотелось
		думал хотів хотіла хацеў хацела wanted thought ηθελα`, 3)
	praising = newWordSet(`нравится нравятся люблю интересная интересные обожаю класс супер
		подобається
		подобаються цікава цікаві падабаецца падабаюцца цікавая цікавыя love great interesting αρεσουν
		αρεσει λατρευω`, 3)
	staying = newWordSet(`пусть нехай няхай хай остаюсь останусь оставьте оставлю застаюся застануся
		пакіньце лишаюсь лишаюся залишаюсь залишіть лишіть stay staying remain μενω μεινω`, 3)
	contrasts  = newWordSet(`но але ж but still αλλα`, 3)
	nothings   = newWordSet(`ничего нічого нічога ничё ничо нічо nothing τιποτα`, 3)
	quantities = newWordSet(`одного одной одну двух трех четырех пяти чем одної двох трьох ніж
		аднаго адной чым than`, 3)
	// requests are words with which a new request begins: "not interested please remove me".
	requests = newWordSet(`пожалуйста прошу прохання просьба please pls plz παρακαλω`, 3)
	// denials are negating words in addition to those of the kind "not".
	denials = newWordSet(`передумал передумала раздумал раздумала передумав передумали перадумаў
		перадумала без ведь without`, 3)
	reporters = newWordSet(`почему зачем отчего если калі якщо когда что чаму чому навіщо навошта
		they why if who кто хто γιατι`, 3)
	// instead words introduce what is wanted in place of what was refused.
	instead   = newWordSet(`а але лучше лепш краще but rather instead αλλα`, 3)
	onlyWords = newWordSet(`только тільки толькі кроме окрім акрамя only except but μονο εκτος`, 3)
	// changed words say that a person no longer wants to leave.
	changedMind = newWordSet(`передумал передумала передумав передумали перадумаў перадумала αλλαξα
		changed`, 3)
	// continuing words speak of messages that go on.
	continuing = newWordSet(`carry carries persist persists happens продолжите продолжаете
		продолжится продовжите продовжуєте працягнеце
		continue continues συνεχισετε συνεχιζετε`, 3)
	please = newWordSet(`ласка`, 3) // after "калі"
	// futures are words of a promise.
	futures    = newWordSet(`will ill id would may might gonna θα бы б буду быў би было`, 3)
	conditions = newWordSet(`если якщо калі коли if αν εαν`, 3)
	// meanings turn a question into one about a word.
	meanings = newWordSet(`какого какой яка якої which значит означает значить означає значыць
		азначае mean means σημαινει`, 3)
	// subordinate words continue what seemed to end: "не пишите, что …".
	subordinate = newWordSet(`что що што that ότι`, 3)
	// subjects before "never" make it an observation: "you never text me".
	subjects      = newWordSet(`i you we they he she it вы ви ты ти`, 3)
	observing     = newWordSet(`never dont doesnt didnt`, 3)
	fromWords     = newWordSet(`от from ад від из з of απο`, 2)
	clauseOpeners = newWordSet(`и а но или иначе я это у і але або бо ці and or i otherwise im
		потому если якщо калі if because since cause did спасибо και γιατι ή αλλιως`, 3)
)

func foldedWords(s string) []string { return strings.Fields(Fold(s)) }
