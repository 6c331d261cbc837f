package model

// leavingRules are wishes to be off a list, or never to have been on it.
const leavingRules = `
# Remove me.
drop ~ my ~ number               | denied about
drop ~ number ~ $                | denied
drop ~ number ~ our ~ list       | denied
drop ~ me ~ list                 | denied about
drop ~ list                      | denied about
drop ~ "информацию/сведения/інформацію/інфармацыю/information" ~ "обо/про/пра/about" | denied
drop + list                      | denied asked here order about
drop ~ me ~ $                    | denied
drop + "и/і/й/and/και" ~ my ~ number ~ $ | denied order
^ ~ drop ~ "это/це/гэта/its/αυτο" + number | denied order
drop ~ me ~ ads                  | denied
drop ~ me ~ yours                | denied here order about
off ~ my ~ number ~ $            | denied here
drop ~ "из/з/са" ~ "вайбера/вайберу/viber/контактов" ~ $ | denied
drop ~ my ~ "name" ~ list
drop ~ my ~ "info/information" ~ $ | denied
"drop/cut/knock" ~ whom ~ "from/off" ~ $   | denied
"drop/cut/knock" ~ whom ~ "from/off" ~ ads/list/number | denied
"cross/scratch/knock" ~ whom ~ "off/out"
"leave/count/cut/keep" ~ whom ~ "out/off" ~ $ | denied order
"leave/count/cut/keep" ~ whom ~ "out/off" ~ ads/list | denied
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
number ~ "take" "it" "off" ~ $
"παρτε" ~ me ~ list
"παρτε" ~ number ~ list
"take" ~ my ~ "name" ~ "off" ~ $
"take" ~ my ~ "name" ~ "off" ~ list
"take" + "off" ~ list            | denied order
"taken" ~ "off" ~ list
"get" ~ "off" ~ list
"get" "off" ~ my ~ number
want ~ number ~ "gone/out/off" ~ $
want ~ number ~ "gone/out/off" ~ list
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
"заблокируйте/заблокуйте/заблакуйце" ~ "отправку/отправки/надсилання/дасыланне"
off ~ "отправку/отправки/надсилання/дасыланне" ~ number
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
grateful + stopping ~ whom/number/send/sending/ads | order
grateful + whom/number ~ stopping ~ $ | order
unsub + "от" ~ ads               | denied here
not ~ can ~ leave                | here
not ~ can ~ unsub                | order
"отпишусь" "от"                  | denied
unsubbed + anew + send
anew + ads + unsubbed
anew + send + unsubbed
anew + get + unsubbed
unsubbed + anew + ads
unsubbed + anew + get
unsubbed ~ $ + anew + ads
"уже/же/жа/вже/ж/ужо/already" ~ unsubbed ~ $
unsubbed ~ "already" ~ $
"я/i/we/ive/мы/ми" ~ unsubbed + past | order here
"i/we/ive" ~ "opted" "out" + "ago/last/yesterday/before/already/twice" | here
"εχω" ~ "διαγραφει/απεγγραφει" ~ $ | asked
"я/i" ~ unsubbed + ads           | here order
"я/i/ive/мы/we" ~ unsubbed + "сто/сотый/десять/hundred/ten/dozen/million" ~ "раз/разів/разоў/times" ~ $ | order
"εχω" ~ "διαγραφει/απεγγραφει" + "φορεσ" ~ $ | order
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
asks ~ "вас/сас/σας" ~ blocking ~ $
asks ~ blocking ~ "вас/you/σας" ~ $
"how" "do/can/to" ~ "i" ~ "block" ~ "you" ~ $
^ ~ asks ~ "отключить/выключить/відключити/вимкнути/адключыць" ~ $
"turn/switch/shut" ~ "off" ~ ads | denied here
"turn" ~ ads ~ "off"             | denied here
"turn/switch/shut" ~ yours ~ "off" ~ $ | denied here

^ ~ asks ~ turnoff ~ annoy         | order
^ ~ "πως" ~ turnoff ~ ads          | here
^ ~ "πως" ~ turnoff ~ "αυτα/αυτο" ~ $ | order
asks ~ rid ~ "вас/you" ~ $
"πως" ~ rid ~ "σας/εσας" ~ $
asks ~ "от/від/ад/з" ~ "вас" ~ rid ~ $
asks ~ "вас" ~ rid ~ $

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
^ ~ not ~ signedup ~ "ни/ні" "на" "что/що/што" ~ $ | asked
not ~ "εχω" ~ "κανει" ~ "εγγραφη" | asked about
not ~ use + ads
no ~ consent + send
no ~ consent + ads
"object" ~ get/sending/ads
"возражаю/заперечую/пярэчу" + ads/send/sent
"ειμαι" ~ "κατα" ~ ads
not "имеете/маєте/маеце" ~ "права/право" + send
not "имеете/маєте/маеце" ~ "права/право" + number
not ~ use ~ number ~ $
number ~ not ~ "для/for/για" ~ ads | asked
forbid + send                    | denied asked
forbid + number                  | denied asked
forbid + ads                     | denied asked
ads ~ send ~ forbid              | asked order
send + forbid ~ $                | asked order
`

// threatRules are complaints and threats of people who have had enough.
const threatRules = `
# I am tired of it.
annoy ~ ads
ads ~ annoy
annoy ~ send
annoy ~ sending
annoy ~ get
"вы/ви" annoy $                  | free
"вы/ви" ~ "спамите/спаміте/спаміце"
annoy ~ yours ~ offers           | denied
annoy ~ offers ~ yours           | denied
yours ~ offers ~ annoy           | denied
annoy ~ own ~ offers
annoy ~ "удалять/стирать/видаляти/стирати/выдаляць/deleting" ~ ads
annoy ~ "со/с/з/зі/із/са/with/με" ~ offers
me ~ "εχετε/have" ~ annoy ~ $
nerves + ads                     | asked order
annoy + daily + ads              | asked order
hope + last ~ ads                | asked order
ads + late                       | asked order
ads + "печенках/печёнках/печінках/пячонках/горла/горлом/горле" | asked order
"сыт/сыта/сыты/ситий/сита" + "горло/горла" ~ ads/offers | asked order
"сыт/сыта/сыты/ситий/сита/сыты" ~ ads/offers | asked order
alone ~ "со/са/зі/із/з/с/with" ~ own
alone ~ "με" ~ "τις/τα/το"
"παρατε" ~ whom ~ "με" ~ "τις/τα/το"
"had" "it" ~ ads
^ ~ "ως" ~ "εδω" ~ ads
"зачем/навіщо/навошта/нафига/нахрена" ~ "мне/мені" ~ ads
not ~ "мешайте" + ads
^ ~ annoy ~ "каждый/кажный/кажен/кожны/кожен/every" ~ daily ~ $ | denied order whole
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
give ~ peace ~ ads/offers        | denied
"дайте/дай/дайце" ~ me ~ rest    | denied order
"дайте/дай/дайце" ~ rest ~ me    | denied order
"дайте/дай/дайце" ~ rest ~ "спокойно/спокійно/спакойна/от/від/ад" | denied order
"дайте/дай/дайце" ~ "спокойно/спокійно/спакойна" ~ rest | denied order
give ~ me ~ "be"                 | denied
^ ~ "αφηστε/αφησε/αστε" ~ "με/μας" ~ $ | denied
^ ~ "оставьте/оставь/залиште/пакіньце" ~ "меня/нас/мене/мяне" ~ $ | denied
go ~ ads
go ~ arse
^ ~ go ~ "вон/прочь/геть/преч" ~ $
go + with ~ own
go ~ "со/з/са" ~ offers
^ ~ go ~ "вы" ~ $
arse ~ ads
arse ~ "με" ~ "τα/τις/το"
"засуньте/засунь/запхайте/запихните/shove/screw" ~ ads
"засуньте/засунь/запхайте/запихните/shove" ~ offers
"fuck/piss/f/buzz/bugger/sod" "off"
"get" "lost/stuffed/bent"
"go" "away"
"shut" "up"

# Or else.
^ ~ blocknow ~ all ~ $           | asked
^ ~ all ~ blocknow ~ $           | asked
blocknow ~ annoy                 | asked order
blocknow ~ all ~ annoy           | asked order
annoy ~ all ~ blocknow           | asked order
^ ~ "вы/ви/вас" ~ blockedyou ~ $ | asked
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
"marking/marked/flagging/flagged" ~ "you/this/these" ~ "as" ~ "spam" ~ $
"βαλω/βαζω" ~ "στα" ~ "σπαμ/spam" ~ $
"добавил/добавила/отправил/отправила/додав/додала/дадаў/дадала" ~ "в/у" ~ "спам/чс/бан"
"отправлю/отправляю/кину/кидаю/добавлю/внесу/занесу/закину/помечу/відправлю/додам/занясу" ~ "в/у" ~ "спам/чс/бан"
^ ~ yours ~ black list ~ $       | asked
^ ~ black list ~ $               | asked
^ ~ yours ~ "is" ~ "spam" ~ $    | asked
^ ~ "это/це/гэта/αυτο" ~ "спам/σπαμ" ~ $ | asked order
`
