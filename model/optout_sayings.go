package model

// optOutRules are the wishes that are explicit wherever they occur, one per line: kinds of words
// (or words in quotes) in this order within a sentence, ~ for irrelevant words between them, + for
// any words, ^ and $ for the beginning and the end of the statement, / between words or kinds of
// which one suffices. After a bar: "free" allows the steps in any order with ~ between them,
// "denied" is reversed by a preceding "not", "asked" is a wish only outside a question, "here" only
// if no other subscription is named, "bids" only if it ends with an imperative.
const optOutRules = refusalRules + leavingRules + threatRules

// ruleWords are sets of words that only rules use, by their names. Unlike the kinds of words they
// mean nothing outside the rules.
const ruleWords = `
inbox   вайбере вайберы вайбері вайбер viber смс sms telegram телеграме чате
exit    βγαινω βγω εξοδος φυγω выйти выхожу вийти выходжу виходжу выйсці exit
signedup γραφτηκα подписывался подписывалась подписывались подписался подписалась подписались
        підписувався підписувалася підписувалась падпісваўся падпісвалася subscribed εγγραφηκα
lack    нет немає нема няма no
sense   нужды необходимости смысла толку резона потреби сенсу рації патрэбы сэнсу need point
        reason use sense λογοσ λογο νοημα αναγκη
subscription подписку підписку падпіску подписки підписки падпіскі subscription subscriptions
        συνδρομη
quoting написано сказано указано велено просили просите пишете пишут напісана сказана просілі
        написали вказано просите said written told instructed requested asked directed γραφετε
        λετε λεει γραφει
rest    отдохнуть отдыхать пожить жить спать поспать выспаться відпочити жити спати выдохнуть адпачыць
        жыць спаць
leftalone відчепитесь відчепитеся адчэпіцеся отвяжетесь отцепитесь отвалите
        отстали отвязались отцепились відстали відчепилися відчепились відвʼязалися адсталі
        адчапіліся отвалили отстанете відстанете
gone    исчез исчезнет пропал убрался зник зникне знік знікне gone disappear vanish εξαφανιστει
blocking заблокировать блокировать забанить заблокувати заблакаваць block μπλοκαρω μπλοκαρουμε
nerves  нервы нервов сил терпение терпения терпенья сили нервів терпіння сіл цярпення patience nerves
        υπομονη νευρα
late    умершего умершей покойной покойного покойному мертвого померлого померлої памерлага памерлай
        dead deceased νεκρο νεκρου νεκρη
waste   тратьте трать тратить переводите марнуйце марнуй витрачайте витрачай waste χαλατε ξοδευετε
daily   день дня дзень штодня щодня day daily μερα
hope    надеюсь сподіваюсь сподіваюся спадзяюся hope ελπιζω
last    последнее останнє апошняе last τελευταιο
past    назад вчера ago last yesterday тому таму учора вчора
grateful благодарна благодарен благодарны признательна признателен рада рад вдячна вдячний удзячны
        удзячная grateful appreciate happy obliged pleased εκτιμουσα ευγνωμων χαιρομουν
stopping перестали прекратили отписали удалили убрали исключили припинили видалили прибрали
        відписали спынілі перасталі выдалілі прыбралі адпісалі stopped removed deleted unsubscribed
        διαγραφατε σταματουσατε αφαιρουσατε βγαζατε
howmuch сколько скока скоко скільки скілько колькі ποσες many
squeak  пищите пищете пищіть піщыце пищи
all     все всех всё всі усіх усі усё ўсіх ўсе усе everything everyone all ολους ολα
blocknow блокирую заблокирую блочу заблочу баню забаню блокую заблокую блакую заблакую блакірую
        заблакірую блакирую blocking μπλοκαρω
blockedyou заблокированы заблокованы заблоковано заблоковані заблакіраваныя заблакаваныя заблакаваны
        заблакіраваны
turnoff отключить выключить отключать выключать убрать відключити вимкнути прибрати адключыць выключыць
        прыбраць вырубить απενεργοποιω κλεινω σταματαω σταματω κοβω
contrast but and so just now но а але ж просто αλλα και
with    со с з зі із са with με
own     своими своей своим сваімі сваёй сваей сваими своїми своєю вашими вашай вашою вашей вашымі your
close   закройте закрыть закрийте закрити закрыйце зачыніце close κλειστε κλεισε
aged    70 71 72 73 74 75 76 77 78 79 80 81 82 83 84 85 86 87 88 89 90 91 92 93 94 95 пожилая пожилой
        старенькая старенький путается путает болеет умер умерла літня хворіє плутається помер
        померла старэнькая хварэе памёр памерла elderly old confused dementia died passed
        ηλικιωμενη ηλικιωμενος πεθανε
relative маме мамі папе мужу жене дочке сыну бабушке дедушке ребенку ребёнку отцу матери
        чоловіку дружині синові доньці бабусі дідусю дитині батькові бацьку жонцы дачцэ бабулі
        дзядулю дзіцяці mum mom dad mother father husband wife son daughter grandma grandmother
        nan gran granny kid child kids μαμα μητερα πατερα μπαμπα αντρα γυναικα κορη γιο γιαγια
        παππου παιδι
possible спосіб способ спосаб вариант варіант варыянт шанс можно можна нельзя нельга неможна
        возможно можливо магчыма possible way
        δυνατον δυνατο
`

// refusalRules are wishes to get no more messages.
const refusalRules = `
# Do not write.
not send more                    | free asked
not ~ send ~ ads                 | asked
ads ~ not ~ send                 | asked
not ~ send ~ offers              | asked
not ~ need ~ send ~ offers
not ~ send ~ $                   | asked
not ~ send ~ "ουτε" ~ call ~ $
not ~ send ~ "no" "more"         | asked
not ~ send ~ relative + aged     | asked
not ~ send ~ relative ~ ads/more | asked
not ~ send ~ relative ~ "ничего/нічого/нічога/anything/τιποτα" | asked
not ~ "offer" ~ me ~ "anything/any/more"
not ~ call ~ more                | asked
more ~ not ~ call                | asked
not ~ send ~ yours ~ number      | asked
not ~ need ~ send ~ $
not ~ waste + ads/sending        | asked
not ~ waste ~ "деньги/грошы/гроші/money/λεφτα" ~ "на/for/on/για/σε" ~ ads | asked
"stop" ~ "wasting" ~ whom ~ "time" + ads/sending
"stop" ~ "wasting" + "time/money" + "these/those" ~ $ | order
lack ~ sense ~ send ~ $          | asked order
lack ~ sense ~ send ~ ads/offers/more | asked order
lack ~ sense ~ more ~ send       | asked order
lack ~ more ~ sense ~ send       | asked order
sense ~ send + lack ~ $          | order asked
lack ~ sense ~ "keep" ~ sending
lack ~ sense ~ sending ~ whom
lack ~ sense ~ sending ~ ads/number
^ ~ lack ~ sense ~ ads ~ $       | asked
not ~ "вижу/бачу/see/υπαρχει/εχει" ~ sense ~ send ~ $ | asked
not ~ "вижу/бачу/see/υπαρχει/εχει" ~ sense ~ send ~ ads/more | asked
"незачем/незачым" ~ send ~ $
"незачем/незачым" ~ send ~ ads/offers/more
"нечего/нечава" ~ whom ~ send ~ $
"нема/няма" "чого/чаго" ~ whom ~ send ~ $
ads ~ "ни/ні" "к/да/до" "чему/чаго/чого" ~ $
not ~ "bother" ~ sending ~ whom
not ~ "bother" ~ sending ~ ads
not ~ need ~ not ~ send
not ~ need ~ call ~ "и/й/і/или/або/ни/ні" ~ send
^ ~ send ~ not ~ need ~ $        | asked
not need send ads                | free
not need send more               | free
not need more $                  | free asked order whole
not intend send more             | free asked
not ~ want ~ "you" ~ send
not ~ want ~ yousend ~ $
want ~ not ~ yousend
not ~ want ~ yousend ~ ads
not want sothat sent             | free
sothat not sent                  | free
sothat ~ ceased ~ send
sothat ~ yours ~ leftalone
"когда/коли/калі" ~ "вы/ви" ~ leftalone ~ $
sothat ~ "от/від/ад" ~ whom ~ leftalone
sothat ~ not + come              | here order
"να" ~ not ~ come                | here order
sothat ads not come              | free here
not ~ want ~ sothat + come       | asked here order
"пусть/нехай/няхай/хай/let" + not ~ come | here order
"against/против/проти/супраць" ~ sothat ~ sent
"против/проти/супраць" "того/таго/тога" ~ sothat ~ sent
not + "ни/ні" "о/об/про/аб/пра" "чем/чому/що/чым/што" + send
not + send + "ни/ні" "о/об/про/аб/пра" "чем/чому/що/чым/што"
"against/против/проти/супраць" ~ ads | denied
"why" ~ "do/are" ~ "you" ~ "keep" ~ sending
"why" ~ "are" ~ "you" ~ sending ~ me
"mind" ~ not ~ sending
"mind" ~ "removing/deleting/unsubscribing/taking/erasing" ~ me
"mind" ~ "removing/deleting/unsubscribing/taking/erasing" ~ number
"appreciate" + "stopped" ~ sending
told ~ not ~ send ~ $
told ~ unsub ~ $                 | denied here
told ~ drop ~ $                  | denied order
"зачем/нащо/навіщо/навошта" ~ "вы/ви" ~ me ~ send ~ $ | order
"продолжаете/продовжуєте/працягваеце/συνεχιζετε" ~ send
howmuch ~ can ~ send | here
howmuch + told + cease/drop/unsub ~ $ | order
howmuch ~ can + unsub
howmuch ~ can + drop/off ~ $ | order

not ~ squeak ~ me/more/number    | asked
more ~ not ~ squeak              | asked

not ~ "интересует/интересуют/цікавить/цікавлять/цікавіць/цікавяць" ~ yours ~ ads ~ $ | asked

# Stop it.
"stop/quit" + "and" ~ sending ~ $  | denied order
"stop/quit/enough/done" "with" + ads/offers | denied
cease ~ send                     | denied here
cease ~ sending                  | denied here
cease ~ ads                      | denied here
cease ~ get                      | denied here
cease ~ me ~ send                | denied here
cease ~ me ~ list                | denied
cease ~ subscription ~ $         | denied here order
"вистачить/досить" ~ ads/sent      | asked
"φτανουν/αρκουν" ~ ads           | asked
"κλειστε/κλεισε" ~ yours ~ ads ~ $ | denied
close ~ subscription ~ $         | denied here order
close ~ subscription ~ ads/offers/list | denied here
cease ~ subscription ~ ads/offers/list | denied here order
cease ~ use ~ number             | denied
cease ~ use ~ my ~ number        | denied
cease ~ yours ~ $                | denied here
ads ~ cease                      | denied asked
cease ~ "отправку/рассылать/надсилання/дасыланне/αποστολη" ~ $ | denied order whole
want ~ "you" ~ cease ~ $
told + "stop/стоп/στοπ" ~ $      | denied
told ~ "to/να" ~ cease ~ $       | denied
told ~ "прекратить/припинити/спыніць/перестать/перестати/перастаць" ~ $ | denied order
told + "stop" ~ send
"stop" "it" + told               | denied
"you" ~ "just" ~ "stop" ~ $
"you" ~ "stop" ~ "already" ~ $
^ ~ "stop/стоп/στοπ" + not ~ want ~ $ | order
^ ~ "stop/стоп/στοπ" + not ~ need ~ $ | order
^ ~ "stop/стоп/στοπ" ~ ads ~ $   | order asked
^ ~ "stop/стоп/στοπ" ~ annoy ~ $ | order
^ ~ "stop/стоп/στοπ" + "как/як/as/οπως" ~ quoting | order
asks ~ yours ~ ceased ~ $
"вы/ви" ~ cease ~ "или/чи/ці"
"каких/яких/якіх" "пор/пір/пор" + send | here
"докуда/доколе/доки/докуль/покуда" + send | here
"μεχρι/ως" "ποτε" + send         | here
howmuch ~ can ~ "со/с/з/зі/са" ~ offers/ads | here
"give" "it" "a" ~ "rest/break"
"give" "us/me" "a" ~ "rest/break"
"give" "over"
"pack/jack" "it" "in"
^ ~ "enough" "is" "enough" ~ $   | whole order
"lay/leave/knock/ease" "off" ~ ads/sending
"lay" "off" ~ $
"make" + "stop" ~ $
"part" "of" "stop"
"cut/knock" "it" "out/off"
^ ~ "end" ~ list ~ $             | denied here
"end" ~ yours ~ ads ~ $          | denied here order
^ ~ "τελος" ~ ads

^ ~ "too/слишком/чересчур/занадто/занадта/забагато/зашмат/παρα" ~ "many/много/багато/шмат/πολλα" ~ ads ~ $ | asked

# I want none.
"why" ~ "do/would" ~ "i/we" ~ need ~ yours ~ ads
not want get ads                 | free
want ~ not ~ get ~ $
want ~ not ~ get ~ ads
not ~ want ~ get ~ $
get ~ not ~ want ~ $             | order
not want more get                | free
not want ads                     | free
not ~ want ~ get ~ list
not ~ want ~ get ~ offers
off ~ get ~ offers               | denied
not ~ need ~ get ~ $
not ~ want + unsub/drop/cease ~ $ | order bids
not ~ need + unsub/drop/cease ~ $ | order bids
not ~ need ~ get ~ ads
not ~ want ~ "on" ~ list
not ~ want ~ more ~ $            | order whole
more ~ not ~ want ~ $            | order whole
not ~ want ~ "τιποτα/τπτ" ~ $        | whole
not ~ want ~ "anything/nothing/τιποτα/τπτ" ~ "from/απο" ~ yours | order
not ~ want ~ "these/those" ~ $   | whole
not ~ want ~ "any" ~ "of" ~ yours ~ $ | whole
"обойдусь/обойдемся/обійдуся/обійдемося/абыдуся" ~ no ~ ads
"να" ~ not ~ get ~ ads
sothat more not get $            | free
not ~ want ~ "ничего/нічого/нічога/anything/τιποτα" ~ get
sothat ~ number ~ gone
sothat ~ not ~ get ~ ads         | here
can ~ "i/we" ~ "decline" ~ yours ~ ads | here
can ~ "αρνηθω" ~ yours ~ ads     | here
possible ~ not ~ get ~ $           | here
possible ~ not ~ get ~ ads/offers  | here
possible ~ more ~ not ~ get ~ ads/offers | here
"can/could/may" ~ "i/we" ~ not ~ get ~ ads | here
"how" ~ "do/can" ~ "i/we" ~ not ~ get ~ ads | here
"как/як/how" ~ not ~ "получать/видеть/отримувати/атрымліваць/receive/get" ~ ads | here
"передумал/передумала/расхотел/расхотела" ~ get
not ~ need ~ ads                 | here
"подписка/підписка/падпіска/subscription/συνδρομη" ~ more ~ not ~ need | order
more ~ not ~ need ~ "подписка/підписка/падпіска/subscription/συνδρομη" | order
ads ~ not ~ need
"ничего/нічого/нічога" not want "вас" $ | free
"ничего/нічого/нічога" not need "вас" $ | free
ads ~ more ~ not ~ need
not ~ need ~ yours ~ offers      | here
not ~ need ~ yours + inbox ~ $   | order asked
not need me yours $              | free whole asked
"нет/немає/няма" ~ want ~ get
"no" "longer" ~ want ~ get
"no" "longer" ~ want ~ ads
"no" "longer" ~ need ~ ads
"no" ~ "interest" ~ ads
"refuse" ~ get ~ $               | order
"refuse" ~ get ~ ads             | order
"done" "with" ~ ads
^ ~ no ~ more ~ $                | whole
^ ~ no ~ more ~ ads
contrast ~ no ~ more ~ ads       | order
^ ~ no ~ ads ~ $                 | whole
no ~ ads ~ "никак/ніяк" ~ can ~ $
"обойтись/обійтися/обійтись/абысціся" ~ no ~ ads
not ~ want ~ "их/їх/іх/them" ~ $  | whole
^ ~ can ~ no ~ ads ~ $
more ~ none ~ ads ~ $
more ~ none ~ $
^ ~ none ~ ads ~ $
^ ~ more ~ "ни/ні" + ads ~ $
sothat ~ more ~ "ни/ні" + ads
more ~ not ~ "одного" ~ ads ~ $
^ ~ not ~ "одного" ~ ads ~ more ~ $
^ ~ "долой/геть/далоў" ~ ads
^ ~ "нет/ні/не" ~ "рассылке/рассылкам/рекламе/спаму/розсилці/рекламі/рассылцы/рэкламе"
`
