package model

// optOutRules are the wishes that are explicit wherever they occur, one per line: kinds of words
// (or words in quotes) in this order within a sentence, ~ for irrelevant words between them, + for
// any words, ^ and $ for the beginning and the end of the statement, / between words or kinds of
// which one suffices. After a bar: "free" allows the steps in any order with ~ between them,
// "denied" is reversed by a preceding "not", "asked" is a wish only outside a question, "here" only
// if no other subscription is named, "bids" only if it ends with an imperative.
const optOutRules = `
# Do not write.
not send more                    | free asked
not ~ send ~ ads                 | asked
ads ~ not ~ send                 | asked
not ~ send ~ offers              | asked
not ~ need ~ send ~ offers
not ~ send ~ $                   | asked
not ~ call ~ more                | asked
more ~ not ~ call                | asked
not ~ send ~ yours ~ number      | asked
not ~ need ~ send ~ $
"no" ~ need ~ send ~ "anything/anymore/more" ~ $
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
sothat ~ not + come              | here order
"να" ~ not ~ come                | here order
sothat ads not come              | free here
not ~ want ~ sothat + come       | asked here order
more ~ not ~ come                | asked here order
"against/против/проти/супраць" ~ sothat ~ sent
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
"сколько/скільки/колькі" ~ can ~ send | here
"сколько/скільки/колькі" ~ can + unsub

# Stop it.
cease ~ send                     | denied here
cease ~ sending                  | denied here
cease ~ ads                      | denied here
cease ~ get                      | denied here
cease ~ me ~ send                | denied here
cease ~ me ~ list                | denied
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
^ ~ "stop/стоп/στοπ" ~ annoy ~ $ | order
asks ~ yours ~ ceased ~ $
"вы/ви" ~ cease ~ "или/чи/ці"
"каких/яких/якіх" "пор/пір/пор" + send | here
"make" + "stop"
"part" "of" "stop"
"cut/knock" "it" "out/off"
^ ~ "end" ~ list ~ $             | denied here
^ ~ "τελος" ~ ads

# I want none.
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
not ~ want ~ "τιποτα" ~ $        | whole
not ~ want ~ "anything/nothing/τιποτα" ~ "from/απο" ~ yours | order
not ~ want ~ "these/those" ~ $   | whole
not ~ want ~ "any" ~ "of" ~ yours ~ $ | whole
"обойдусь/обойдемся/обійдуся/обійдемося/абыдуся" ~ no ~ ads
"να" ~ not ~ get ~ ads
sothat more not get $            | free
sothat ~ not ~ get ~ ads         | here
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
^ ~ no ~ ads ~ $                 | whole
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

# Remove me.
drop ~ my ~ number               | denied about
drop ~ number ~ $                | denied
drop ~ number ~ our ~ list       | denied
drop ~ me ~ list                 | denied about
drop ~ list                      | denied about
drop ~ "информацию/сведения/інформацію/інфармацыю/information" ~ "обо/про/пра/about" | denied
drop + list                      | denied asked here order about
drop ~ me ~ $                    | denied
drop ~ me ~ ads                  | denied
drop ~ me ~ yours                | denied here order about
off ~ my ~ number ~ $            | denied here
drop ~ "из/з/са" ~ "вайбера/вайберу/viber/контактов" ~ $ | denied
drop ~ my ~ "name" ~ list
me ~ drop ~ list                 | denied
me ~ drop $                      | denied
my ~ number ~ drop               | denied
number ~ drop ~ list             | denied
number + drop ~ $                | denied order
want ~ "be" ~ drop ~ $           | denied order
can ~ "be" ~ drop ~ $            | denied order
want ~ my ~ number ~ drop ~ $    | denied order
told + "be" ~ drop ~ $           | denied order
sothat ~ dropped + number
sothat ~ dropped + list
sothat ~ whom ~ dropped ~ $
"уберите/убрать/приберіть/прыбярыце" ~ yours ~ ads ~ $
"уберите" ~ ads ~ number ~ $
"take/get" ~ me ~ "off"          | denied here about
"take/drop" ~ me ~ list          | denied about
"take/drop" ~ my ~ number ~ list | denied about
"take/drop" ~ number ~ list      | denied about
"take/get" ~ me ~ "out" ~ list
"take/get" ~ me ~ "out" ~ yours ~ $ | denied order
"take/get" ~ number ~ "out" ~ list
"take" ~ number ~ "out" ~ $
"take" ~ number ~ "off"
"παρτε" ~ me ~ list
"παρτε" ~ number ~ list
"take" ~ my ~ "name" ~ "off" ~ $
"take" ~ my ~ "name" ~ "off" ~ list
"take" + "off" ~ list            | denied order
"taken" ~ "off" ~ list
"get" ~ "off" ~ list
"get" "off" ~ my ~ number
"get" "removed" ~ $
fetch ~ me ~ list                | denied
fetch ~ number ~ list            | denied
fetch ~ my ~ number ~ $          | denied
bring ~ me ~ black list          | denied
bring + number + black list      | denied
"вас" + black list + bring
me + "стоп-лист"
number + "стоп-лист"
me + "стоп" "лист"
"забаньте/заблокируйте/заблокуйте/заблакуйце" ~ "меня/мене/мяне" ~ $ | denied
me + not ~ send ~ list
"block" ~ number ~ list          | denied
"заблокируйте" ~ ads
"заблокировать" ~ number ~ ads
wrong + cease ~ $                | denied order

# Unsubscribe me.
leave                            | denied here
unsub ~ whom                     | denied here
whom ~ unsub                     | denied
unsub ~ list                     | denied here
unsub ~ ads                      | denied here
"от/від/ад" + unsub ~ $          | denied here order about
number + send ~ "стоп/stop/στοπ" ~ $
unsub ~ my ~ number              | denied
unsub ~ number ~ $               | denied
unsub ~ "человека/людину/чалавека" ~ $ | denied
unsub ~ "бабушку/дедушку/маму/папу/отца/ребенка/сына/дочь/дочку/мужа/жену/фирму/организацию/компанию/офис" ~ $
unsub ~ yours ~ $                | denied here
unsub + "от" ~ ads               | denied here
not ~ can ~ leave                | here
not ~ can ~ unsub
"отпишусь" "от"                  | denied
unsubbed + anew + send
anew + ads + unsubbed
anew + send + unsubbed
anew + get + unsubbed
unsubbed + anew + ads
unsubbed + anew + get
unsubbed ~ $ + anew + ads
"уже/же/вже/ж/ужо/already" ~ unsubbed ~ $
unsubbed ~ "already" ~ $
"я/i" ~ unsubbed + ads           | here order
come + "я/i" ~ unsubbed          | order
not ~ "отписали/відписали/адпісалі" ~ $ | order
not ~ "отписали/удалили/убрали/исключили/відписали/видалили/адпісалі/выдалілі" ~ whom | order
whom ~ "отписали/удалили/убрали/исключили/відписали/видалили/адпісалі/выдалілі" ~ "или/чи/ці"
whom ~ not ~ dropped             | order
"отпишитесь/отпишись/відпишіться/адпішыцеся" "от/від/ад"
"opt/opting" ~ "out"             | denied here
want "out" ~ $
want ~ "out" ~ list
give ~ me ~ "out" ~ $            | denied
want ~ "off" ~ $
want ~ "off" ~ list              | denied
want ~ "βγω" ~ list
exit ~ list                      | denied here
^ ~ unsub + threat
rid ~ me
rid ~ ads                        | denied here

# Turn it off.
off ~ ads                        | denied here
off ~ list                       | denied here about
list ~ off ~ $                   | denied here about
off ~ me ~ $                     | denied here
off ~ get ~ ads                  | denied
off ~ consent                    | denied about
ads ~ off                        | denied here
asks ~ "вас/вы/ви/you" ~ off ~ $
^ ~ asks ~ "отключить/выключить/відключити/вимкнути/адключыць" ~ $
"turn" ~ "off" ~ ads             | denied here
"turn" ~ ads ~ "off"             | denied here
"turn" ~ yours ~ "off" ~ $       | denied here

# I have not agreed.
revoke ~ consent
revoke ~ ads                     | denied here
revoke ~ list                    | denied here
revoke ~ my ~ number             | denied
consent ~ revoke
not + consent                    | asked order about
not ~ "have" ~ consent           | order about
"нет/немає/няма" ~ consent $   | asked order
"нет/немає/няма" ~ consent + ads | asked order
not ~ "εδωσα" ~ number ~ $
not ~ joined ~ consent           | about
consent ~ not ~ joined
consent ~ ads ~ not ~ joined
not ~ joined + send
not ~ joined ~ ads
ads ~ not ~ joined
not ~ joined ~ get
not ~ joined ~ get ~ ads
"я/мы/ми/i" ~ not ~ joined ~ number ~ $
"я/мы/ми/i" ~ number ~ not ~ joined ~ $
"against/против/проти/супраць" ~ "обработки/обробки/апрацоўкі/processing"
not joined more $                | free
not ~ joined ~ yours ~ $         | whole
not ~ told ~ ads
"кто/хто/who" ~ told + send
"кто/хто/who" ~ joined + send
"кто/хто/who" ~ joined + ads
not ~ told ~ send ~ $
not ~ "sign" ~ "up"              | about
^ ~ not ~ signedup ~ $           | asked
not ~ use + ads
no ~ consent + send
no ~ consent + ads
not "имеете/маєте/маеце" ~ "права/право" + send
not "имеете/маєте/маеце" ~ "права/право" + number
not ~ use ~ number ~ $
forbid + send                    | denied asked
forbid + number                  | denied asked
forbid + ads                     | denied asked
ads ~ send ~ forbid              | asked order
send + forbid ~ $                | asked order

# I am tired of it.
annoy ~ ads
ads ~ annoy
annoy ~ send
annoy ~ sending
annoy ~ get
"вы/ви" annoy $                  | free
"вы/ви" ~ "спамите/спаміте/спаміце"
annoy ~ "со/с/з/са/with" ~ offers
me ~ "εχετε/have" ~ annoy ~ $
"had" "it" ~ ads
^ ~ "ως" ~ "εδω" ~ ads
"зачем/навіщо/навошта/нафига/нахрена" ~ "мне/мені" ~ ads
not ~ "мешайте" + ads
not ~ "трогайте" ~ whom
not ~ "трогайте" ~ number

# Leave me alone.
^ ~ alone ~ $
alone ~ me ~ $
alone + ads
alone + offers
^ ~ alone ~ "от" ~ "человека" ~ $
^ ~ alone ~ "от" ~ number ~ $
give ~ me ~ peace                | denied
me ~ give ~ peace                | denied
peace ~ me ~ give
give ~ number ~ peace            | denied
^ ~ give ~ peace ~ $             | denied
give ~ me ~ "be"                 | denied
^ ~ "αφηστε/αφησε/αστε" ~ "με/μας" ~ $ | denied
^ ~ "оставьте/оставь/залиште/пакіньце" ~ "меня/нас/мене/мяне" ~ $ | denied
go ~ ads
go ~ arse
^ ~ go ~ "вон/прочь/геть/преч" ~ $
go ~ "со/з/са" ~ offers
^ ~ go ~ "вы" ~ $
arse ~ ads
"засуньте/засунь/запхайте/запихните/shove/screw" ~ ads
"засуньте/засунь/запхайте/запихните/shove" ~ offers
"fuck/piss/f/buzz/bugger/sod" "off"
"get" "lost/stuffed/bent"
"go" "away"
"shut" "up"

# Or else.
threat + ads                     | asked order
ads + threat                     | asked order
threat + not ~ cease ~ $         | asked
threat + "продолжите/продолжаете/продолжится/продовжите/продовжуєте/працягнеце/працягваеце/continue/συνεχισετε/συνεχιζετε" | asked order
not ~ cease + threat ~ $         | order
threat + send                    | asked order
send + threat                    | asked order
willsend + threat                | asked order
threat + willsend                | asked order
more + ads + threat              | asked
^ ~ threat ~ yours ~ $           | asked
"блокирую/заблокирую/блочу/заблочу/забаню/баню/заблокую/блокую/заблакую/блакую/блакірую/blocking/μπλοκαρω" ~ $ | asked order
yours ~ "блокирую/заблокирую/блочу/заблочу/забаню/баню/заблокую/блокую/заблакую/блакую/μπλοκαρω/blocking/block" ~ $ | asked
^ ~ "пожалуюсь/поскаржусь/поскаржуся/паскарджуся" ~ "в/куда" | asked order
^ ~ threat ~ $                   | asked whole
^ ~ threat ~ threat ~ $          | asked whole
^ ~ threat ~ "and" ~ threat ~ $
^ ~ "youre" ~ threat ~ $
^ ~ "в" threat ~ $
"ill/im/will" ~ threat ~ "you" ~ $ | asked
"block" ~ me                     | asked
"пишу" "заявление" ~ $
yours ~ "в/у" ~ "спам/спаме/спамі/бане/бан" ~ $
"вы/ви" ~ "в/у" ~ "спаме/спамі/бане/чс/игноре" ~ $
"заявление/заява/заяву" ~ "в/у" ~ threat | order
yours ~ "в" ~ threat ~ $
"вас" ~ "в/у" black list
willsend + "заявление/жалобу/заяву/скаргу"
^ ~ "в/у" ~ "спам" ~ $
"отправлю/отправляю/кину/кидаю/добавлю/внесу/занесу/закину/помечу/відправлю/додам/занясу" ~ "в/у" ~ "спам/чс/бан"
^ ~ yours ~ black list ~ $       | asked
^ ~ black list ~ $               | asked
^ ~ yours ~ "is" ~ "spam" ~ $    | asked
`
