package model

import (
	"slices"
	"strings"
)

// The filter language has its words in Russian too, at any time and mixed with the English ones, so
// that nobody has to switch the keyboard layout. Case and ё do not matter; a space in a word may be
// a dash. The parsed result is the same as for the English word, so nothing after the parser knows
// about this.

// russianFields are the names of the fields.
var russianFields = map[string]Field{
	"аккаунт": FieldAccount, "вендор": FieldVendor, "кампания": FieldCampaign, "статус": FieldStatus,
	"состояние": FieldState,
	"есть":      FieldIs, "телефон": FieldPhone, "от": FieldFrom, "отправитель": FieldSender, "метка": FieldLabel,
	"причина": FieldReason,
	"текст":   FieldText, "до": FieldBefore, "после": FieldAfter, "сделано": FieldDone,
}

// russianWords are the values of the fields that take only certain words. The word shown on screens
// comes first.
var russianWords = map[Field]map[string][]string{
	FieldIs: {
		IsOpen: {"открыто", "открыт", "открыта", "открыты"}, IsSnoozed: {"отложено", "отложен", "отложена", "отложены"},
		IsDone:      {"готово", "готов", "готова", "готовы"},
		IsUnread:    {"непрочитано", "непрочитан", "непрочитана", "непрочитаны", "не прочитано"},
		IsRead:      {"прочитано", "прочитан", "прочитана", "прочитаны"},
		IsOptOut:    {"отписка", "отписки", "отписан", "отписана", "отписаны", "отписано"},
		IsClaimed:   {"взято", "взят", "взята", "взяты"},
		IsUnclaimed: {"свободно", "свободен", "свободна", "свободны", "не взято", "ничье"},
		IsMine:      {"мое", "мои", "моя", "мой"},
		IsBlocked:   {"заблокировано", "заблокирован", "заблокирована", "заблокированы", "в черном списке"},
		IsFinal: {"окончательно", "окончательный", "окончательная", "окончательные", "завершено", "завершен",
			"завершена", "завершены"},
		IsUnknown:  {"неизвестно", "неизвестен", "неизвестна", "неизвестны", "неясно"},
		IsArchived: {"в архиве", "архив", "архивно"},
	},
	FieldStatus: {
		"queued": {"ожидает", "ожидают", "в очереди"}, "held": {"придержан", "придержана", "придержано", "придержаны"},
		"suppressed": {"исключен", "исключена", "исключено", "исключены"},
		"accepted":   {"принят", "принята", "принято", "приняты"},
		"sent":       {"отправлен", "отправлена", "отправлено", "отправлены"},
		"delivered":  {"доставлен", "доставлена", "доставлено", "доставлены"},
		"read":       {"прочитан", "прочитана", "прочитано", "прочитаны"},
		"clicked":    {"клик", "клики", "кликнул", "кликнули"},
		"expired":    {"истек", "истекла", "истекло", "истекли"}, "failed": {"сбой", "сбои"},
		"undelivered": {"недоставлен", "недоставлена", "недоставлено", "недоставлены", "не доставлен", "не доставлено"},
		"rejected":    {"отклонен", "отклонена", "отклонено", "отклонены"}, "no-money": {"нет денег"},
		"opted-out": {"отписан", "отписана", "отписано", "отписаны", "отписка", "отписался", "отписалась"},
		"unknown":   {"неизвестно", "неизвестен", "неизвестна", "неизвестны", "неясно"},
	},
	FieldState: {
		"draft": {"черновик", "черновики"}, "needs-approval": {"ждет одобрения", "ждут одобрения"},
		"scheduled": {"запланирована", "запланирован", "запланировано", "запланированы"},
		"held":      {"придержана", "придержан", "придержано", "придержаны"},
		"queued":    {"в очереди", "ожидает", "ожидают"},
		"sending":   {"отправляется", "отправляются"}, "paused": {"на паузе", "пауза", "приостановлена"},
		"sent": {"отправлена", "отправлен", "отправлено", "отправлены"},
		"partly-sent": {"ушла частично", "отправлена частично", "отправлено частично", "отправлены частично",
			"частично",
			"частично отправлена"},
		"failed": {"сбой", "сбои"}, "cancelled": {"отменена", "отменен", "отменено", "отменены"},
		"moderation": {"модерация", "на модерации"},
		"unknown":    {"неизвестно", "неизвестен", "неизвестна", "неизвестны", "неясно"},
		// of replies
		"open": {"открыто", "открыт", "открыта", "открыты"}, "snoozed": {"отложено", "отложен", "отложена", "отложены"},
		"done": {"готово", "готов", "готова", "готовы"},
		// of batches
		"claimed":  {"взят", "взята", "взято", "взяты", "уходит"},
		"accepted": {"принят", "принята", "принято", "приняты"},
		"refused":  {"отказ", "отказано", "не принят", "не принято"}, "dropped": {"снят", "снята", "снято", "сняты"},
		"resent": {"отправлен снова", "отправлено снова", "отправлен повторно", "отправлено повторно", "повторен",
			"повторено"},
		// of senders
		"approved": {"одобрен", "одобрена", "одобрено", "одобрены"}, "pending": {"на проверке", "проверяется"},
		"rejected": {"отклонен", "отклонена", "отклонено", "отклонены"},
		// of the log
		"ok": {"ок", "успех", "успешно"}, "error": {"ошибка", "ошибки"},
	},
	FieldVendor: {
		string(Wooxy): {"вукси"}, string(SMSBy): {"смсбай", "смс бай", "смс.бай"}, string(Routee): {"рути"},
		string(SendPulse): {"сендпульс", "сэндпульс"},
	},
}

// The spellings of times in before:, after: and done:.
var (
	russianDays  = map[string]string{"сегодня": "today", "вчера": "yesterday"}
	russianUnits = map[string]string{"м": "m", "мин": "m", "ч": "h", "д": "d", "дн": "d", "н": "w", "нед": "w"}

	russianRelative  = NewPattern(`^([0-9]{1,5})(мин|м|ч|дн|д|нед|н)$`)
	russianDate      = NewPattern(`^([0-9]{2})\.([0-9]{2})\.([0-9]{4})([tт].*)?$`)
	begunRussianDate = NewPattern(`^[0-9]{1,2}(\.[0-9]{0,2}(\.[0-9]{0,4}([tт][0-9:]*)?)?)?$`)
)

// englishField returns the field for a typed name.
func englishField(name string) (Field, bool) {
	if field, ok := russianFields[Fold(name)]; ok {
		return field, true
	}
	field := Field(strings.ToLower(name))
	return field, slices.Contains(filterFields, string(field))
}

// russianValue returns a word in the form used in the tables.
func russianValue(s string) string { return Fold(strings.ReplaceAll(s, "-", " ")) }

// englishValue returns the English word for a typed value of a field: the value in lower case if it
// is not a Russian one.
func englishValue(field Field, value string) string {
	typed := russianValue(value)
	for word, spellings := range russianWords[field] {
		if slices.Contains(spellings, typed) {
			return word
		}
	}
	return strings.ToLower(value)
}

// BeginsFilterWord reports whether a Term's value is the beginning of a word of a field, in English
// or in Russian.
func BeginsFilterWord(field Field, value, word string) bool {
	typed := russianValue(value)
	begins := func(spelling string) bool { return strings.HasPrefix(spelling, typed) }
	return strings.HasPrefix(word, value) || typed != "" && slices.ContainsFunc(russianWords[field][word], begins)
}

// englishMoment returns a time of before:, after: and done: in English spelling and lower case: 2д
// is 2d, вчера yesterday, 01.11.2026 2026-11-01.
func englishMoment(s string) string {
	s = strings.ToLower(s)
	if day, ok := russianDays[s]; ok {
		return day
	}
	if parts := russianRelative().FindStringSubmatch(s); parts != nil {
		return parts[1] + russianUnits[parts[2]]
	}
	if parts := russianDate().FindStringSubmatch(s); parts != nil {
		s = parts[3] + "-" + parts[2] + "-" + parts[1] + parts[4]
	}
	return strings.ReplaceAll(s, "т", "t")
}

// beginsRussianMoment reports whether a time may be a Russian one that is still being typed.
func beginsRussianMoment(s string) bool {
	s = strings.ToLower(s)
	for day := range russianDays {
		if strings.HasPrefix(day, s) {
			return true
		}
	}
	return begunRussianDate.MatchString(s)
}
