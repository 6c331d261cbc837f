package model

// optOutRules are the wishes that are explicit wherever they stand, one a line: kinds of words (or
// words in quotes) in this order within a sentence, ~ for words that do not matter between them, +
// for any words, ^ and $ for the begin and the end of what is said. Behind a bar: "denied" is
// turned round by a "not" before it, "asked" is a wish only where it is not a question, "here" only
// where nothing says that another subscription is meant.
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
more ~ not ~ need ~ $            | asked order
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
"take" ~ me ~ "off"              | denied here
"get" ~ me ~ "off"               | denied
fetch ~ me ~ list                | denied
fetch ~ number ~ list            | denied
unsub ~ whom                     | denied
whom ~ unsub                     | denied
unsub ~ list                     | denied
unsub ~ ads                      | denied here
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
not ~ want ~ more ~ $            | order
more ~ not ~ want ~ $            | order
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
not ~ need ~ yours ~ offers      | here
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
more ~ none ~ ads ~ $
more ~ none ~ $
not ~ joined ~ yours ~ $
"not" ~ "sign" ~ "up"
"didnt" ~ "sign" ~ "up"
not ~ "sign" ~ "up"
"get" ~ "off" ~ list
want "out" ~ $
"taken" ~ "off" ~ list
"turn" ~ "off" ~ ads             | denied here
threat + ads                     | asked order
ads + threat                     | asked order
threat + send                    | asked order
send + threat                    | asked order
more + ads + threat              | asked
^ ~ threat ~ yours ~ $           | asked
^ ~ threat ~ $                   | asked
^ ~ "в" threat ~ $
told + "stop" ~ $
told + "stop" ~ send
number + drop ~ $                | denied order
wrong + cease ~ $                | denied order
drop + list                      | denied asked here order
sothat ~ ceased ~ send
sothat ~ not + come              | asked here order
not ~ want ~ sothat + come       | asked here order
more ~ not ~ come                | asked here order
"сколько" ~ can ~ send
"скільки" ~ can ~ send
"колькі" ~ can ~ send
alone + ads
alone + offers
"вы" ~ annoy ~ $
"ви" ~ annoy ~ $
not ~ want ~ get ~ list
"нет" ~ want ~ get
"немає" ~ want ~ get
forbid + send                    | denied asked
forbid + number                  | denied asked
forbid + ads                     | denied asked
not + consent                    | asked order
not ~ joined ~ get
not ~ joined ~ more ~ $
me + "черный" list
me + "чорний" list
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
"will" ~ threat ~ "you" ~ $      | asked
"done" "with" ~ ads
not ~ call ~ more                | asked
more ~ not ~ call                | asked
want ~ "be" ~ drop ~ $           | denied order
"cut" "it" "out"
sothat ~ dropped + number
sothat ~ dropped + list
"избавьте" ~ me
"позбавте" ~ me
"пазбаўце" ~ me
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
not ~ dare ~ send
more ~ not ~ "одного" ~ ads ~ $
^ ~ not ~ "одного" ~ ads ~ more ~ $
^ ~ threat ~ threat ~ $          | asked
not ~ need ~ more ~ $            | asked order
fetch ~ my ~ number ~ $          | denied
"stop" "it" + told               | denied
^ ~ yours ~ "is" ~ "spam" ~ $    | asked
give ~ me ~ "out" ~ $            | denied
not ~ want ~ "τιποτα" ~ $
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
send ~ backto                    | denied
backto ~ send                    | denied
want ~ backto ~ get              | denied
want ~ get ~ ads                 | denied
want ~ get ~ backto              | denied
want ~ backto ~ ads              | denied
^ ~ join ~ $                     | denied
`
