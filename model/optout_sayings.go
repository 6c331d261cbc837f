package model

// optOutRules are the wishes that are explicit wherever they occur, one per line: kinds of words
// (or words in quotes) in this order within a sentence, ~ for irrelevant words between them, + for
// any words, ^ and $ for the beginning and the end of the statement. After a bar: "denied" is
// reversed by a preceding "not", "asked" is a wish only outside a question, "here" only if no other
// subscription is named.
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
more ~ not ~ need ~ $            | asked order whole
not ~ want ~ sothat ~ sent
sothat ~ not ~ sent
sothat ~ more ~ not ~ sent
not ~ send ~ $                   | asked
not ~ send ~ yours ~ number      | asked
cease ~ send                     | denied here
cease ~ sending                  | denied here
cease ~ ads                      | denied here
cease ~ get                      | denied here
cease ~ me ~ send                | denied here
ads ~ cease                      | denied asked
drop ~ my ~ number               | denied about
drop ~ number ~ $                | denied
drop ~ number ~ our ~ list       | denied
drop ~ me ~ list                 | denied about
drop ~ list                      | denied about
me ~ drop ~ list                 | denied
number ~ drop ~ list             | denied
my ~ number ~ drop               | denied
drop ~ me ~ $                    | denied
drop ~ me ~ ads                  | denied
me ~ drop $                      | denied
"take" ~ my ~ number ~ "off"
"take" ~ number ~ "out" ~ list
"take" ~ me ~ "out" ~ list
"take" ~ me ~ "off"              | denied here about
"take" ~ me ~ list               | denied about
"take" ~ my ~ number ~ list      | denied about
"take" ~ number ~ list           | denied about
"drop" ~ me ~ list               | denied about
"drop" ~ my ~ number ~ list      | denied about
"drop" ~ number ~ list           | denied about
"get" ~ me ~ "off"               | denied
fetch ~ me ~ list                | denied
fetch ~ number ~ list            | denied
unsub ~ whom                     | denied here
whom ~ unsub                     | denied
unsub ~ list                     | denied here
unsub ~ ads                      | denied here
unsub ~ my ~ number              | denied
unsub ~ number ~ $               | denied
unsub + "от" ~ ads               | denied here
unsubbed + anew + send
"уже" ~ unsubbed ~ $
"же" ~ unsubbed ~ $
"вже" ~ unsubbed ~ $
"ж" ~ unsubbed ~ $
"ужо" ~ unsubbed ~ $
"already" ~ unsubbed ~ $
unsubbed ~ "already" ~ $
unsubbed + anew + ads
unsubbed + anew + get
unsubbed ~ $ + anew + ads
leave                            | denied here
"opt" ~ "out"                    | denied here
"opting" ~ "out"                 | denied here
off ~ ads                        | denied here
off ~ list                       | denied here about
off ~ me ~ $                     | denied here
off ~ get ~ ads                  | denied
more ~ not ~ intend ~ send       | asked
not ~ intend ~ more ~ send       | asked
not ~ want ~ more ~ $            | order whole
more ~ not ~ want ~ $            | order whole
want ~ "βγω" ~ list
unsub ~ yours ~ $                | denied here
want ~ "off" ~ list              | denied
go ~ ads
go ~ arse
^ ~ go ~ "вы" ~ $
"против" ~ ads                   | denied
"να" ~ not ~ get ~ ads
^ ~ "τελος" ~ ads
told ~ "stop" ~ $                | denied
told ~ "стоп" ~ $                | denied
ads ~ off                        | denied here
not ~ want ~ get ~ ads
want ~ not ~ get ~ ads
want ~ not ~ get ~ $
want ~ not ~ yousend
not ~ want ~ get ~ $
not ~ want ~ more ~ get
more ~ not ~ want ~ get
get ~ not ~ want ~ $             | order
more ~ not ~ want ~ ads
not ~ want ~ ads
not ~ need ~ ads                 | here
not ~ need ~ yours ~ offers      | here
ads ~ not ~ need
ads ~ not ~ want
ads ~ more ~ not ~ need
"no" "longer" ~ want ~ get
"no" "longer" ~ want ~ ads
^ ~ no ~ more ~ $                | whole
^ ~ no ~ more ~ ads
^ ~ no ~ ads ~ $
^ ~ can ~ no ~ ads ~ $
^ ~ "долой" ~ ads
^ ~ "геть" ~ ads
^ ~ "нет" ~ "рассылке"
^ ~ "нет" ~ "рекламе"
^ ~ "ні" ~ "розсилці"
^ ~ "ні" ~ "рекламі"
annoy ~ ads
ads ~ annoy
annoy ~ send
annoy ~ sending
annoy ~ get
revoke ~ consent
not ~ joined ~ consent           | about
consent ~ not ~ joined
consent ~ ads ~ not ~ joined
not ~ joined + send
not ~ told ~ ads
not ~ told ~ send ~ $
consent ~ revoke
not ~ joined ~ ads
not ~ joined ~ get ~ ads
ads ~ not ~ joined
^ ~ alone ~ $
alone ~ me ~ $
give ~ me ~ peace                | denied
me ~ give ~ peace                | denied
give ~ number ~ peace            | denied
not ~ "трогайте" ~ whom
not ~ use + ads
not ~ use ~ number ~ $
"fuck" "off"
"piss" "off"
"f" "off"
"get" "lost"
more ~ none ~ ads ~ $
more ~ none ~ $
not ~ joined ~ yours ~ $         | whole
not ~ "sign" ~ "up"              | about
"get" ~ "off" ~ list
"get" "off" ~ my ~ number
want ~ "you" ~ cease ~ $
want "out" ~ $
"taken" ~ "off" ~ list
"turn" ~ "off" ~ ads             | denied here
"turn" ~ yours ~ "off" ~ $       | denied here
threat + ads                     | asked order
ads + threat                     | asked order
threat + not ~ cease ~ $           | asked
threat + send                    | asked order
willsend + threat                | asked order
threat + willsend                | asked order
"пишу" "заявление" ~ $
send + threat                    | asked order
more + ads + threat              | asked
^ ~ threat ~ yours ~ $           | asked
^ ~ threat ~ $                   | asked whole
^ ~ "в" threat ~ $
told + "stop" ~ $
told + "stop" ~ send
number + drop ~ $                | denied order
wrong + cease ~ $                | denied order
drop + list                      | denied asked here order about
sothat ~ ceased ~ send
sothat ~ not + come              | here order
sothat ~ ads ~ not ~ come        | here
not ~ want ~ sothat + come       | asked here order
more ~ not ~ come                | asked here order
"сколько" ~ can ~ send           | here
"скільки" ~ can ~ send           | here
"колькі" ~ can ~ send            | here
alone + ads
alone + offers
"вы" ~ annoy ~ $
"ви" ~ annoy ~ $
not ~ want ~ get ~ list
not ~ want ~ "on" ~ list
"нет" ~ want ~ get
"немає" ~ want ~ get
forbid + send                    | denied asked
forbid + number                  | denied asked
forbid + ads                     | denied asked
not + consent                    | asked order about
not ~ joined ~ get
not ~ joined ~ more ~ $
bring ~ me + black list          | denied
bring + number + black list      | denied
"вас" + black list + bring
me + "стоп-лист"
number + "стоп-лист"
me + not ~ send ~ list
"go" "away"
"shut" "up"
"buzz" "off"
"bugger" "off"
"sod" "off"
"make" + "stop"
"take" ~ number ~ "off"
"block" ~ me                     | asked
"ill" ~ threat ~ "you" ~ $         | asked
"im" ~ threat ~ "you" ~ $          | asked
^ ~ threat ~ "and" ~ threat ~ $
"will" ~ threat ~ "you" ~ $      | asked
"done" "with" ~ ads
not ~ call ~ more                | asked
more ~ not ~ call                | asked
want ~ "be" ~ drop ~ $           | denied order
told + "be" ~ drop ~ $           | denied order
"заблокируйте" ~ ads
"заблокировать" ~ number ~ ads
"cut" "it" "out"
sothat ~ dropped + number
sothat ~ dropped + list
off ~ consent                    | denied about
sothat ~ whom ~ dropped ~ $
^ ~ send ~ not ~ need ~ $        | asked
"mind" ~ not ~ sending
^ ~ unsub + threat
peace ~ me ~ give
^ ~ give ~ peace ~ $             | denied
"зачем" ~ "мне" ~ ads
"навіщо" ~ "мені" ~ ads
"навошта" ~ "мне" ~ ads
not ~ "мешайте" + ads
not ~ "трогайте" ~ number
"had" "it" ~ ads
"уберите" ~ yours ~ ads ~ $
"убрать" ~ yours ~ ads ~ $
"приберіть" ~ yours ~ ads ~ $
"прыбярыце" ~ yours ~ ads ~ $
"уберите" ~ ads ~ number ~ $
"проти" ~ ads                    | denied
"супраць" ~ ads                  | denied
"against" ~ ads                  | denied
"get" "removed" ~ $
want ~ "off" ~ $
"против" ~ sothat ~ sent
"проти" ~ sothat ~ sent
"супраць" ~ sothat ~ sent
"appreciate" + "stopped" ~ sending
"part" "of" "stop"
"screw" ~ ads
arse ~ ads
"block" ~ number ~ list          | denied
want ~ "out" ~ list
"you" ~ "just" ~ "stop" ~ $
"you" ~ "stop" ~ "already" ~ $
exit ~ list                      | denied here
sothat ~ more ~ not ~ get ~ $
sothat ~ not ~ more ~ get ~ $
sothat ~ not ~ get ~ ads         | here
go ~ "со" ~ offers
go ~ "з" ~ offers
go ~ "са" ~ offers
"засуньте" ~ ads
"засуньте" ~ offers
"засунь" ~ ads
"засунь" ~ offers
"запхайте" ~ ads
"запхайте" ~ offers
"запихните" ~ ads
"запихните" ~ offers
"shove" ~ ads
"shove" ~ offers
yours ~ "в" ~ "спам" ~ $
yours ~ "в" ~ threat ~ $
yours ~ "у" ~ "спам" ~ $
^ ~ more ~ "ни" + ads ~ $
^ ~ more ~ "ні" + ads ~ $
"take" ~ my ~ "name" ~ "off" ~ $
"take" ~ my ~ "name" ~ "off" ~ list
drop ~ my ~ "name" ~ list
"get" ~ number ~ "out" ~ list
"get" ~ me ~ "out" ~ list
give ~ me ~ "be"                 | denied
^ ~ give ~ "спокій" ~ $
^ ~ alone ~ "от" ~ "человека" ~ $
^ ~ alone ~ "от" ~ number ~ $
rid ~ me
rid ~ ads                        | denied here
cease ~ yours ~ $                | denied here
"отпишусь" "от"
"why" ~ "do" ~ "you" ~ "keep" ~ sending
"why" ~ "are" ~ "you" ~ sending ~ me
"no" ~ "interest" ~ ads
"turn" ~ ads ~ "off"             | denied here
"refuse" ~ get ~ $               | order
"refuse" ~ get ~ ads             | order
"knock" "it" "off"
"take" + "off" ~ list            | denied order
not ~ want ~ yousend ~ ads
^ ~ none ~ ads ~ $
^ ~ not ~ signedup ~ $           | asked
more ~ not ~ "одного" ~ ads ~ $
^ ~ not ~ "одного" ~ ads ~ more ~ $
^ ~ threat ~ threat ~ $          | asked whole
not ~ need ~ more ~ $            | asked order whole
fetch ~ my ~ number ~ $          | denied
"stop" "it" + told               | denied
^ ~ yours ~ "is" ~ "spam" ~ $    | asked
give ~ me ~ "out" ~ $            | denied
not ~ want ~ "τιποτα" ~ $        | whole
drop ~ number ~ $                | denied
"сколько" ~ can + unsub
"скільки" ~ can + unsub
"колькі" ~ can + unsub
^ ~ "end" ~ list ~ $              | denied here
`

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
send ~ backto ~ $                | denied
send ~ backto ~ ads              | denied
"keep" ~ sending                 | denied
"still" ~ want ~ ads             | denied
"turn" ~ ads ~ backto            | denied
"back" ~ "in" ~ $                | denied
"unblock" ~ number               | denied
"разблокируйте" ~ number         | denied
unsubbed + bring ~ $             | denied
unsubbed + "undo"
told ~ "stop" + "undo"
backto ~ send                    | denied
want ~ backto ~ get              | denied
want ~ get ~ ads                 | denied
want ~ get ~ backto              | denied
want ~ backto ~ ads              | denied
^ ~ join ~ $                     | denied
`
