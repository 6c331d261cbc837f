package ui

import (
	"context"
	"strconv"
	"time"

	"viberdeck/model"
)

// logs lists each request to a vendor. Secrets never get this far.
type logs struct{ listScreen[model.LogEntry] }

func newLog(d *deck) *logs {
	s := &logs{}
	s.list = newList(d, model.TopicLog, "log",
		func(ctx context.Context, q model.PageRequest) (model.Page[model.LogEntry], error) {
			return d.Store.Log(ctx, q)
		},
		func(v model.LogEntry) string { return strconv.FormatInt(v.ID, 10) }, logColumns, model.LogFields())
	s.order = "newest first"
	s.tables = [][]binding{s.listKeys()}
	s.empty = "No vendor was asked anything yet."
	return s
}

var logColumns = []column[model.LogEntry]{
	{title: "time", width: 8, cell: func(d *deck, v model.LogEntry) cell {
		t := v.At.In(d.Zone)
		if d.now.Sub(v.At) > 20*time.Hour {
			return cell{d.date(t, "2 Jan"), dim}
		}
		return cell{t.Format("15:04:05"), dim}
	}},
	{title: "account", width: 9, drop: 3, cell: func(_ *deck, v model.LogEntry) cell { return cell{v.Account, dim} }},
	{title: "request", width: 16, grow: 2, cell: func(_ *deck, v model.LogEntry) cell { return cell{v.Method, plain} }},
	{title: "http", width: 4, right: true, drop: 2, cell: func(_ *deck, v model.LogEntry) cell {
		if v.Status == 0 {
			return cell{"—", bad}
		}
		return cell{strconv.Itoa(v.Status), plain}
	}},
	{title: "took", width: 6, right: true, drop: 1,
		cell: func(d *deck, v model.LogEntry) cell { return cell{d.took(v.Duration), plain} }},
	{title: "try", width: 3, right: true, drop: 4,
		cell: func(_ *deck, v model.LogEntry) cell { return cell{strconv.Itoa(v.Try), dim} }},
	{title: "bytes", width: 7, right: true, drop: 5,
		cell: func(_ *deck, v model.LogEntry) cell { return cell{count(v.Bytes), dim} }},
	{title: "result", width: 8, grow: 3, cell: func(d *deck, v model.LogEntry) cell {
		if v.Result.String() == "ok" {
			return cell{d.tr("ok"), good}
		}
		return cell{d.text(v.Result), bad}
	}},
}

// roomForAbout is the height from which a list of the log or the blacklist says below it what its
// columns had to cut.
const roomForAbout = 14

func (s *logs) view(w, h int) []string {
	if h < roomForAbout {
		return s.list.view(w, h)
	}
	return s.list.viewAbout(w, h, s.about)
}

// about says everything of one request, for columns that had to be cut or left out.
func (s *logs) about(v model.LogEntry) []fact {
	d := s.d
	result, as := d.tr("ok"), good
	if v.Result.String() != "ok" {
		result, as = d.text(v.Result), bad
	}
	return []fact{
		{label: d.word("column", "request"), value: v.Account + " · " + v.Method},
		{label: d.word("column", "result"), value: result, tone: as},
	}
}
