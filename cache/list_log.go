package cache

import (
	"time"

	"viberdeck/model"
)

// requestLog is the list of requests to vendors, newest first. They can be sorted by duration and
// status.
func requestLog() list[model.LogEntry] {
	return list[model.LogEntry]{rows: fixed(logList), where: timeless(logWhere)}
}

func logList() listing[model.LogEntry] {
	return listing[model.LogEntry]{
		columns:  "l.id, l.at, coalesce(a.name, ''), l.method, l.status, l.duration, l.try, l.result, l.bytes",
		from:     "request_log l LEFT JOIN account a ON a.id = l.account",
		natural:  order{keys: []string{"l.id"}, desc: true},
		identity: []string{"l.id"},
		sorts:    map[string]string{"duration": "l.duration", "status": "l.status"},
		scan: func(row scanner, keys []any) (model.LogEntry, error) {
			var e model.LogEntry
			var at, micros int64
			err := row(append([]any{&e.ID, &at, &e.Account, &e.Method, &e.Status, &micros, &e.Try, &e.Result, &e.Bytes},
				keys...)...)
			e.At, e.Duration = timeOf(at), time.Duration(micros)*time.Microsecond
			return e, err
		},
	}
}

// logWhere turns a request's filter into conditions on logList.
func logWhere(q model.PageRequest) (where, error) {
	var w where
	known := fields{
		model.FieldAccount: named("coalesce(a.name, '')"),
		model.FieldVendor:  named("coalesce(a.vendor, '')"),
		model.FieldState:   oneOf{"ok": holds("l.result = 'ok'"), "error": holds("l.result <> 'ok'")}.field(),
		model.FieldStatus: eachValue(func(value string) condition {
			return holds("CAST(l.status AS TEXT) = ?", value)
		}),
		model.FieldReason: containsText("l.result"),
		model.FieldText:   containsText("l.method", "l.result"),
	}.withTimes("l.at")
	return w, known.apply(&w, q.Filter)
}
