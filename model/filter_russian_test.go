package model

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestAFilterInRussianIsTheSameFilter(t *testing.T) {
	t.Parallel()
	for russian, english := range map[string]string{
		"аккаунт:minsk":                     "account:minsk",
		"вендор:smsby,рути,СендПульс":       "vendor:smsby,routee,sendpulse",
		"кампания:«осень тут»":              `campaign:"осень тут"`,
		"статус:доставлен,Прочитано,сбой":   "status:delivered,read,failed",
		"статус:истёк,истек,ИСТЕКЛО":        "status:expired,expired,expired",
		"статус:нет-денег,«нет денег»":      "status:no-money,no-money",
		"-статус:отписан status:исключено":  "-status:opted-out status:suppressed",
		"состояние:черновик,ждёт-одобрения": "state:draft,needs-approval",
		`состояние:"на паузе",в-очереди`:    "state:paused,queued",
		"состояние:отправлена-частично":     "state:partly-sent",
		"состояние:открыто,принят,одобрен":  "state:open,accepted,approved",
		"есть:открыто есть:моё":             "is:open is:mine",
		"ЕСТЬ:Непрочитано,отписка,МОИ":      "is:unread,optout,mine",
		"есть:свободно -есть:взято":         "is:unclaimed -is:claimed",
		"телефон:1111":                      "phone:1111",
		"от:+375 29 111-11-11 цена":         "from:+375 29 111-11-11 цена",
		"отправитель:Brand":                 "sender:Brand",
		"метка:вип причина:«не viber»":      `label:вип reason:"не viber"`,
		"текст:открыто":                     "text:открыто",
		"до:2д":                             "before:2d",
		"после:3Ч":                          "after:3h",
		"после:30м до:1н":                   "after:30m before:1w",
		"после:вчера до:Сегодня":            "after:yesterday before:today",
		"после:2026-11-01т10:00":            "after:2026-11-01T10:00",
		"до:01.11.2026":                     "before:2026-11-01",
		"до:01.11.2026т10:00 before:2ч":     "before:2026-11-01T10:00 before:2h",
		"is:отложено состояние:snoozed":     "is:snoozed state:snoozed",
		"вендор:вукси статус:ДОСТ ":         "vendor:wooxy status:дост ",
		"ещё:10":         "",
		"есть:что-то":    "",
		"до:послезавтра": "",
		"прости:меня":    "",
		"“есть:открыто” 10:30 «ещё: слово»":  `"есть:открыто" 10:30 "ещё: слово"`,
		"состояние:отклонено,отказано,снято": "state:rejected,refused,dropped",
	} {
		got, err := ParseFilter(russian, filterNow, filterZone)
		if english == "" {
			if err == nil {
				t.Errorf("%q is read as %+v", russian, got)
			}
			continue
		}
		if err != nil {
			t.Errorf("%q: %v", russian, err)
		} else if want := mustFilter(t, english); !reflect.DeepEqual(got, want) {
			t.Errorf("%q:\n got %+v\nwant %+v", russian, got, want)
		}
	}
}

func TestEveryWordOfAFilterHasARussianOneThatMeansIt(t *testing.T) {
	t.Parallel()
	var words []string
	for _, s := range Statuses() {
		words = append(words, "status:"+s.String())
	}
	for _, s := range CampaignStates() {
		words = append(words, "state:"+string(s))
	}
	for _, w := range FilterIsValues() {
		words = append(words, "is:"+w)
	}
	for _, w := range words {
		field, word, _ := strings.Cut(w, ":")
		if len(russianWords[Field(field)][word]) == 0 {
			t.Errorf("%s has no Russian word", w)
		}
	}
	for field, all := range russianWords {
		seen := map[string]string{}
		for word, spellings := range all {
			for _, s := range spellings {
				if seen[s] != "" || russianValue(s) != s {
					t.Errorf("%s:%s means %q and %q, or is never found", field, s, word, seen[s])
				}
				seen[s] = word
			}
		}
	}
	var named []string
	for name, field := range russianFields {
		if Fold(name) != name || !looksLikeField.MatchString(name+":") {
			t.Errorf("the field %q is never found", name)
		}
		named = append(named, string(field))
	}
	for _, field := range FilterFields() {
		if !slices.Contains(named, field) {
			t.Errorf("the field %s has no Russian name", field)
		}
	}
}

func TestAnUnknownRussianFieldNamesTheFields(t *testing.T) {
	t.Parallel()
	for in, says := range map[string]string{
		"цена стоимость:5": `there is no field "стоимость:"; the fields are account`,
		"есть:такое ":      "is:такое is unknown; is: takes open",
		"до:потом ":        "before:потом is not a time",
	} {
		_, err := ParseFilter(in, filterNow, filterZone)
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", in, err)
		}
	}
}

func TestARussianFilterInTypingIsIncompleteNotWrong(t *testing.T) {
	t.Parallel()
	for _, in := range []string{
		"цена статус:", "цена есть:", "цена есть:непр", "цена есть:готово,отк", "цена до:", "цена до:2",
		"цена после:вче", "цена до:01.1", "цена до:01.11.2026т1",
	} {
		f := mustFilter(t, in)
		if !f.Incomplete || len(f.Terms) != 1 || f.Terms[0].Values[0] != "цена" {
			t.Errorf("%q: %+v", in, f)
		}
	}
}

func TestTheBeginningOfARussianWordStandsForAllThatBeginSo(t *testing.T) {
	t.Parallel()
	begun := map[string]bool{}
	for _, s := range Statuses() {
		begun[s.String()] = BeginsFilterWord(FieldStatus, "отп", s.String())
	}
	for word, is := range begun {
		if want := word == "sent" || word == "opted-out"; is != want {
			t.Errorf("отп begins %s: %v", word, is)
		}
	}
	if !BeginsFilterWord(FieldStatus, "deliv", "delivered") || BeginsFilterWord(FieldStatus, "-", "read") {
		t.Error("English beginnings are not as they were")
	}
}
