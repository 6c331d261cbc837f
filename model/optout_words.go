package model

// optOutWords are the words by which people opt out: the name of a kind of word, and its words in
// Russian, Belarusian, Ukrainian, English and Greek. Forms are written by their endings
// ("пиши/те" is пиши and пишите), a star stands for any ending. Case, accents and apostrophes do
// not count, Latin letters are read as Russian and as Greek too, and a typo in a long word is
// forgiven.
const optOutWords = `
not     не ни ні ня dont do-not not never neednt shouldnt mustnt didnt wont doesnt nah μην μη δεν δε ουτε
more    больше болше более никогда впредь дальше больш болей ніколі надалей більше ніколи надалі again anymore more
        longer ever further
        else
        ξανα πια πλεον ποτε αλλο αλλα αλλες
send    пиши/те пишете пишешь писать шли/те шлете шлешь слать присыла/й/йте/ть/ете/ешь посыла/й/йте/ть
        отправля/й/йте/ть/ете
         высыла/й/йте/ть рассыла/й/йте/ть беспоко/й/йте/ить тревож/ь/ьте/ить спам/ь/ьте/ить надоеда/й/йте/ть
        донима/й/йте/ть
        пристава/й/йте/ть доставай/те пришлите скидыва/й/йте/ть кида/й/йте/ть навязывай/те
send    пішы/це пісаць дасыла/й/йце/ць шліце слаць турбу/й/йце турбаваць спамце спаміць прысыла/й/йце/ць
        адпраўля/й/йце/ць
        рассылайце надакучай/це непакой/це
send    пишіть писати надсила/й/йте/ти присила/й/йте/ти шліть слати турбу/й/йте/вати спамте спамити відправля/й/йте/ти
        набрида/й/йте/ти надокучай/те скида/й/йте/ти розсила/й/йте/ти
send    text txt message msg contact send sms spam email write bother disturb call annoy bug harass
send    στελν/ετε/εις στειλ/ετε/εις ξαναστειλ/ετε/εις γραφ/ετε/εις γραψ/ετε/εις ξαναγραψ/ετε/εις ενοχλ/ειτε/εις/ησετε
        ξαναενοχλησετε επικοινων/ειτε/ησετε ξαναεπικοινωνησετε
yousend στελν/ετε στειλετε ξαναστειλετε γραφετε ενοχλειτε καλειτε επικοινωνειτε
sending texting messaging sending spamming contacting writing bothering emailing harassing annoying disturbing
sent    писали слали присылали отправляли беспокоили спамили пісалі дасылалі турбавалі надсилали турбували присилали
ads     смс sms смск* эсэмэс* смсок сообщени* рассыл* расылк* рассилк* реклам* спам* уведомлени* оповещени*
        предложени* акци/и/й/ю
        письма писем промо*
ads     рэклам* паведамленн* апавяшчэнн* прапанов* акцы/і/й абвест*
ads     розсил* повідомленн* сповіщенн* оголошенн* пропозиці* акці/ї/й
ads     messages message msgs texts text txts sms ads ad adverts advertis* spam promo* newsletter* notifications
        marketing emails
        offers stuff junk crap texting mailing mailings
ads     μηνυμα* διαφημι* προσφορ* ειδοποιησ* σπαμ ενημερωσ* ενημερωτικ*
offers  скидк/и/у/ами знижк/и/у зніжк/і/у товары
me      меня мне нам нас мяне мене мені мной me us myself με μας μου μενα εμενα
yours   ваш* вас вами твой твои your you u this these that those этого этой этих эту этот это эти гэт* ціє* цю цей
        ці цих цього σας αυτ/α/ες/ο/η/ον/την
whom    меня мяне мене нас me us με μας
our     мой мое мои моего моих моей мою мій мого мої моїх маё мае my mine your your our the this these those that
        all any
         ваш* вас вами ваша сво* этот эту эти этой этих это этого этом все всех всю гэт* ціє* цю цей ці цих усіх
        всіх твой твои свой у в во
         на по из з із с зі са от від ад со из-за из до для for about from to of off on at in by with such kind sort
        that anything any it out so και να up be are is was ли же его її його яго
         τον την το τα τις τους οι στα στις τη της του των σας αυτα αυτες αυτο αυτη αυτον στο στη στον στην σε απο
        κανενα αλλο λοιπον αμεσως τωρα
fill    ви сюды нафиг нахер нахрен нахуй черту чорту отовсюду отсюда звідси адсюль персональн* личн* отправк*
        надсилання дасыланне дурн* тупо/й/го/е αποστολη κοινοποιησ*
         уже вообще сюда срочно немедленно сейчас сразу просто тут сегодня отсюда совсем полностью навсегда наконец
        всякие всякую всякий
        дурацк* глупост* ничего навязчив* бесконечн* постоянн* каждый день столько ведь же только лучше вже вжо
         зараз негайно тэрмінова ніякі ніякую ніяку ніяких никакой никакие никаких никакую никакого бесполезн*
        ненужн* рекламн* любые
         всяких вайбер* viber телефон* тел номер* нумар* number phone сим кабинет now please immediately right ever
        just kindly already
         unwanted stupid annoying useless promotional advertising marketing bloody damn fucking goddamn this daily
        anymore
        again here tonight back κινητο τηλεφωνο αριθμο αριθμος viber εδω διαφημιστικ* ενοχλητικ* sms
my      мой моего моих мои мою мое мій мого мої моїх мае маё мой my our μου μας
number  номер* нумар* телефон* number phone contact contacts контакт* данные дадзен* дані data details αριθμο*
        τηλεφωνο στοιχεια κινητο
list    subscription* συνδρομ* спискі спіскаў бази базі базе
         рассыл* расылк* рассилк* розсил* баз/ы/у/е/а списк* спіс* подпис/ки/ок/ку/чиков підпис/ки/ку падпіс/кі/ку
        list lists
        database mailing mailinglist subscribers contacts λιστα λιστες λιστας βαση καταλογο
cease   хватит прекра/ти/тите/тить/щайте перест/ань/аньте/аете/анете/авайте/ать кончай/те заканчивай/те завязывай/те
        завяжите достаточно
        довольно остановите остановить харэ харе завершите приостановите
cease   хопіць спыні/це спыніць годзе перастаньце спыняйце
cease   досить доволі годі припин/іть/и/ити зупин/іть/ити припиняйте
cease   stop stopp quit cease enough halt stpo sotp
cease   σταματ/α/ηστε/ατε/ησετε/ησε παψτε παψετε φτανει αρκετα τερμα κοψτε κοψε κοψετε
fetch   забер/ите/и/іть забяры/це
go      идите пошли иди вали валите катитесь ідіть ідзіце
drop    удал/ите/и/ить удаляй/те убер/ите/и убрать исключ/ите/ить/и вычеркн/ите/уть/и сотр/ите/и стереть выкинь/те
        выпиш/ите/и
        сним/ите/и забудь/те потеряйте изымите
drop    выдал/іце/іць прыбяры/це прыбраць выключыце выкрасліце выкрэсліце забудзьце сатрыце
drop    видал/іть/ити/и приберіть прибрати прибери виключ/іть/ити викресл/іть/ити забудьте зітріть
drop    remove delete erase lose forget exclude removed deleted
drop    διαγραψ/τε/ε/ετε βγαλ/τε/ε/ετε αφαιρ/εστε/εσε/εσετε σβηστε σβησε ξεχαστε διαγραψτε
unsub   отпиш/ите/и/ете отписать отпесать отпешите отсоедините атпишите одпишите адпіш/ыце/ы адпісаць адпішице
        відпиш/іть/и відписати unsubscribe unsub unsubcribe unsuscribe unsubscibe
leave   отписаться отписатся отписываться отписываюсь отписаца одписаться атписаться отписку отписка отписки отпишусь-от
        адпісацца адпісваюся адпіска адпіску відписатися відписатись відписуюсь відписуюся відписка відписку
        unsubscribe unsubscribing unsubscription unsub optout opt-out 
        διαγραφω διαγραφομαι διαγραφη απεγγραφη απεγγραφω απεγγραφ* απεγραφ* ξεγραφτω
off     отмен/ите/ить/а/яю/и/яйте отключ/ите/ить/ение/и/айте отказ отказываюсь отказаться откажусь выключ/ите/ить
        прекращение
         адмен/а/іце/іць адключ/ыце/ыць адмаўляюся адмова скасу/йте/вати/вання/йте відключ/іть/ити/ення
        відмін/іть/ити відмова
         відмовляюсь відмовляюся вимкніть cancel disable deactivate discontinue ακυρω/ση/στε/σετε ακυρωνω
        απενεργοποι/ηση/ηστε/ησετε
        διακοψτε διακοπη
intend  будете будешь будеце собираюсь собираемся планирую планируем думаю буду будем будзем going plan planning
        збираюся планую
want    хочу хотим хотел/а/и/ось желаю желаем хотелось хачу жадаю хочацца бажаю бажаємо хочемо want wish wanna like
        care interested
        θελω θελουμε επιθυμω επιθυμουμε
need    надо нужно нужен нужна нужны необходимо треба трэба потрібн/о/а/і/ен патрэбн/а/ы/ая/ыя need needed
        интересу/ет/ют/ете
        интересн/о/ы/а стоит цікав/ить/лять/ляць/іць/а/е/і/о/ая/ыя χρειαζομαι χρειαζομαστε ενδιαφερ*
get     получать видеть читать принимать атрымліваць бачыць чытаць отримувати одержувати бачити читати receive get
        getting receiving
        see hear read contacted messaged texted bothered λαμβανω λαμβανουμε παιρνω βλεπω δεχομαι λαβω
sothat  чтоб чтобы каб щоб
annoy   надоел* достал/и/о/а достали задолбал* заебал* замучил* заколебал* задрал/и затрахал* бесит бесят бесите
        надаку* дастал* дасталі
        набрид* дістал* задовбал* задрали sick tired fed annoyed annoying βαρεθηκα κουραστηκα κουρασατε
revoke  отзываю отозвать отзыв аннулирую відкликаю адклікаю withdraw revoke withdrawing ανακαλω αποσυρω
consent согласи* згод* згоду consent permission agreement συγκαταθεσ* συναινεσ*
joined  согласен согласна згодны згоден згодна подписыва* подписал/ся/ась давал/а/и соглашал* падпісва* дава/ў/ла/в
        підписува* agreed agree signed subscribed subscribe consented
        authorised authorized εγγραφηκα συμφωνησα εδωσα
give    оставь/те дайте пакінь/це залиш/те αφησ/τε/ε leave let
peace   покое покой спакоі спокої спокій ησυχο ησυχη ησυχους alone
alone   παρατ/ατε/ηστε отъебись отстань/те отвали/те отвяжись отвяжитесь отцепитесь отвянь/те адчапі/ся/цеся
        відчеп/іться/ись відвали/ть отъебитесь
can     могу можем можу магу можно можна могли можете можеш могли получается получилось удается удалось вдається
        атрымліваецца
        работает can could cant cannot able would unable let μπορω μπορειτε μπορουμε γινεται πως
asks    как якоб як куда где how where whom почему зачем чего чему чаму навошта нащо why γιατι when когда кали коли
told    said told asked say tell просил/а/и говорил/а прасіў прасіла просив
elsewhere друг/ого/ой/их інш/ого/ої/их/ага other another competitor* конкурент* мтс а1 a1 билайн мегафон киевстар
        київстар kyivstar оператор* платн* vodafone нетфлікс* bank банк/а/у
elsewhere приложени* сайт* инстаграм* инсте инсты телеграм* тг ютуб* ютюб* нетфликс* кинопоиск* яндекс* вконтакте вк
        фейсбук* тикток*
         канал/а/е/у/ов групп/ы/е/у сериал* журнал* музык* google гугл* apple icloud app apps website site netflix
        youtube spotify
         instagram facebook telegram account gmail channel page play store store prime disney тариф* додатк* дадатк*
        дадатак сайце
         інстаграм* телеграм* εφαρμογη* ιστοσελιδα σελιδα κανάλι netflix megogo мегого okko окко ivi иви spotify
        магазин*-приложени* linkedin
        пакет* интернет* услуг/и/у/ой услуга роуминг* газет* gym zoom patreon boosty бусти twitch
join    подпиш/ите/и подписать подписаться подписатся падпіш/ыце/ы падпісацца падпісаць підпиш/іть/и підписатися
        підписатись підписати
        subscribe resubscribe rejoin restart resume εγγραψτε εγγραφω εγγραφη ξαναγραψτε
bring   верн/ите/и включ/ите/и/ить добав/ьте/ь возобнов/ите/и восстанов/ите/и вярн/іце/і уключыце дадай/це
        повер/ніть/ни додай/те увімкніть
        відновіть аднавіце put add bring sign opt βαλτε προσθεστε
backto  снова опять обратно заново назад знову знов зноў ізноў назад again back ξανα παλι
`

// optOutRules are the wishes that are explicit wherever they stand, one a line: kinds of words (or
// words in quotes) in this order within a sentence, ~ for words that do not matter between them, ^
// and $ for the begin and the end of what is said. Behind a bar: "denied" is turned round by a
// "not" before it, "asked" is a wish only where it is not a question, "here" only where nothing
// says that another subscription is meant.
const optOutRules = `
not ~ send ~ more                | asked
more ~ not ~ send                | asked
not ~ more ~ send                | asked
not ~ send ~ ads                 | asked
ads ~ not ~ send                 | asked
not ~ can ~ leave                | here
not ~ can ~ unsub
not ~ need ~ send ~ $
not ~ need ~ send ~ ads
not ~ want ~ yousend ~ $
not ~ want ~ "you" ~ send
not ~ need ~ more ~ send
more ~ not ~ need ~ send
more ~ not ~ need ~ $            | asked
not ~ want ~ sothat ~ sent
sothat ~ not ~ sent
sothat ~ more ~ not ~ sent
not ~ send ~ $                   | asked
cease ~ send                     | denied here
cease ~ sending                  | denied here
cease ~ ads                      | denied here
cease ~ get                      | denied here
cease ~ me ~ send                | denied here
ads ~ cease                      | denied
drop ~ my ~ number               | denied
drop ~ number ~ $                | denied
drop ~ number ~ our ~ list       | denied
drop ~ me ~ list                 | denied
drop ~ list                      | denied
me ~ drop ~ list                 | denied
number ~ drop ~ list             | denied
my ~ number ~ drop               | denied
drop ~ me ~ $                    | denied
me ~ drop $                      | denied
"take" ~ my ~ number ~ "off"
"take" ~ me ~ "off"              | denied
"get" ~ me ~ "off"               | denied
fetch ~ me ~ list                | denied
fetch ~ number ~ list            | denied
unsub ~ whom                     | denied
whom ~ unsub                     | denied
unsub ~ list                     | denied
unsub ~ ads                      | denied
unsub ~ my ~ number              | denied
unsub ~ number                   | denied
leave                            | denied here
"opt" ~ "out"                    | denied here
"opting" ~ "out"                 | denied here
off ~ ads                        | denied here
off ~ list                       | denied here
off ~ me ~ $                     | denied here
off ~ get ~ ads                  | denied
more ~ not ~ intend ~ send       | asked
not ~ intend ~ more ~ send       | asked
not ~ want ~ more ~ $
more ~ not ~ want ~ $
want ~ "off" ~ list              | denied
go ~ ads
"против" ~ ads                   | denied
"να" ~ not ~ get ~ ads
^ ~ "τελος" ~ ads
told ~ "stop" ~ $
told ~ "стоп" ~ $
ads ~ off                        | denied here
not ~ want ~ get ~ ads
not ~ want ~ get ~ $
not ~ want ~ more ~ get
more ~ not ~ want ~ get
more ~ not ~ want ~ ads
not ~ want ~ ads
not ~ need ~ ads                 | here
ads ~ not ~ need
ads ~ not ~ want
ads ~ more ~ not ~ need
"no" "longer" ~ want ~ get
"no" "longer" ~ want ~ ads
^ ~ "no" ~ more ~ $
^ ~ "no" ~ more ~ ads
^ ~ "no" ~ ads ~ $
^ ~ "οχι" ~ ads ~ $
^ ~ "οχι" ~ more ~ $
^ ~ "без" ~ ads ~ $
annoy ~ ads
ads ~ annoy
annoy ~ send
annoy ~ sending
annoy ~ get
revoke ~ consent
not ~ joined ~ consent
consent ~ not ~ joined
not ~ joined ~ ads
not ~ joined ~ get ~ ads
ads ~ not ~ joined
^ ~ alone ~ $
alone ~ me ~ $
give ~ me ~ peace                | denied
"fuck" "off"
"piss" "off"
"get" "lost"
`

// optOutAlone are opt-outs when they are all that a sentence says; beside them may stand
// politeness, digits, and what optOutBeside names.
const (
	optOutAlone = `стоп стопп стопе стопэ стопнуть stop stopp stopall stopsms stop-all stopit unsubscribe unsub
		unsuscribe unsubcribe optout
		opt-out end cancel quit remove halt cease desist
		отпишите отпиши отписать отписаться отписатся отписка отпишись отпишитесь отписаца отмена отказ отказываюсь
		удалить удалите
		прекратите прекрати прекратить перестаньте перестань отстаньте отстань отвалите отвали отвяжитесь отключить
		отключите
		адпішыце адпішы адпісацца адпіска спыніце спыні адмова адпішыцеся адчапіцеся выдаліце адмяніць адключыць
		відпишіть відпиши відписатися відписатись відписка відпишіться припиніть припини зупиніть відмова скасувати
		скасуйте
		видалити видаліть відчепіться відключити
		otpishite otpishi otpisatsya otpisatsa otpisatca otpiska prekratite perestante otstante
		στοπ διαγραφη απεγγραφη ακυρωση τελος σταματηστε σταματα σταματατε φτανει τερμα διαγραψτε απεγραφη διακοπη
		stpo sotp tsop stopо stoр стпо сотп стопь ctop ctoп stoppp ston стор завязывайте кончайте`
	optOutBeside = `all everything now it this that these messages message texts texting text sms viber spam ads
		promo promotions mailing messaging
		marketing смс вайбер вайбере рассылка рассылки рассылку рассылке сообщения сообщений реклама рекламу рекламы
		спам спама это всё все
		хватит досить годзе хопіць enough гэта це меня мене мяне мне мені немедленно сейчас сразу срочно розсилка
		розсилку реклами рассылкі рассылку рэклама рэкламу номер
		повідомлення паведамленні rassylka rassylku menya reklama reklamu from от з від ад of для me us my number у
		вас вас
		τωρα αμεσως με μας μηνυματα`
	// optOutLast are opt-outs as the last words behind a comma, where something before says no or
	// speaks of messages.
	optOutLast = `стоп stop στοπ отпишите отпишіть адпішыце уберите приберіть прыбярыце отключите удалите видаліть
		выдаліце remove
		unsubscribe unsub διαγραψτε`
	optOutSigns = "🛑⛔🚫📵🔕"
)

// politeness changes nothing about what a sentence says.
const politeness = `пожалуйста пожалуйсто пожалуста пажалуйста плиз плз спасибо спс благодарю прошу попрошу уже да
        ну же ребята господа
	уважаемые девушка девушки люди блин здравствуйте здравствуй здрасьте привет добрый день вечер утро доброе всем я
		вас очень убедительно
	большое заранее извините простите короче алло эй ребят умоляю реально вы
	калі ласка дзякуй дзякую прашу вітаю добры дзень будь ласка будьласка дякую прошу вітаю добрий так шановні
		доброго дня
	please pls plz plss thank thanks thx ty you kindly hi hello hey dear sir madam guys yes ok ок okay good day just
		sorry but would could
	pozhaluysta pozhaluista pojaluista pozhalujsta spasibo dyakuyu proshu budlaska
	παρακαλω ευχαριστω γεια σας καλημερα καλησπερα λοιπον σε συγγνωμη πολυ παιδια`

// otherSense are words of one letter less or more, or of another sense, that are not taken for
// typos.
const otherSense = `падпішыце падпісацца підпишіть підписатися підписатись підпишись включить включите включи падпішы
	опишите опиши описать подписаться подпишите подпиши подписать выпишите напишите писали нужна отпишу запишите
	припишите спишите допишите перепишите стопка престол unsubscribed subscribe`

// optInRules are the wishes of people who want to get messages again, in the notation of
// optOutRules.
const optInRules = `
join ~ whom                      | denied
whom ~ join                      | denied
join ~ backto                    | denied
backto ~ join                    | denied
want ~ join                      | denied here
join ~ list                      | denied here
bring ~ me ~ list                | denied
bring ~ me ~ backto              | denied
bring ~ list                     | denied
bring ~ ads                      | denied
"sign" me "up"
"opt" ~ "in"                     | denied
send ~ backto                    | denied
backto ~ send                    | denied
want ~ backto ~ get              | denied
want ~ get ~ ads                 | denied
want ~ get ~ backto              | denied
want ~ backto ~ ads              | denied
^ ~ join ~ $                     | denied
`

// optInAlone are such wishes when they are all that a sentence says.
const optInAlone = `start unstop старт начать resume restart subscribe resubscribe подписаться подпишите підписатися
        підпишіть падпісацца падпішыце
	εναρξη εγγραφη optin opt-in`
