package health

import (
	"fmt"
	"os"
	"strings"
	"time"

	"viberdeck/model"
)

// unwell says why nothing can be sent although no one has stopped it, "" if all is well. A vendor
// that does not answer and the brake are not faults of this host.
func unwell(p model.Pulse) string {
	switch {
	case !p.Standing.MaySend():
		return "nothing is sent: this cache was copied, restored, moved or removed; see viberdeck doctor"
	case p.Engine.Life != model.EngineWorks:
		return "nothing is sent: no engine works; see viberdeck doctor"
	case p.Space.Low:
		return "nothing is sent: the disk is full"
	}
	return ""
}

// figures writes the pulse in the text format of Prometheus.
func (m Monitor) figures(p model.Pulse) string {
	var b exposition
	b.one("build_info", "gauge", "The version that runs.", 1, "version", m.Version)
	if m.Sessions != nil {
		b.one("sessions", "gauge", "Sessions over SSH.", float64(m.Sessions.Load()))
	}
	b.one("healthy", "gauge", "Whether what is confirmed can be sent.", truth(unwell(p) == ""))
	b.head("batches", "gauge", "Calls to vendors without an end.")
	for _, state := range []model.BatchState{model.BatchClaimed, model.BatchUnknown} {
		b.value("batches", float64(p.Batches[state]), "state", string(state))
	}
	b.one("people_waiting", "gauge", "People who wait to be written to.", float64(p.Waiting))
	b.one("outbox_queued", "gauge", "Calls under way and campaigns of which people wait.", float64(p.Sending))
	b.one("outbox_held", "gauge", "Campaigns that can still be recalled at no cost.", float64(p.Held))
	b.one("replies_open", "gauge", "Replies that nobody has finished.", float64(p.OpenReplies))
	b.one("replies_unread", "gauge", "Replies that nobody has read.", float64(p.UnreadReplies))
	b.age("reply_oldest_open_seconds", "Age of the oldest open reply; 0: none is open.", p.At, p.OldestOpen)
	b.one("operators", "gauge", "People who have a dashboard open.", float64(len(p.Operators)))
	b.one("brake", "gauge", "Whether the brake is on.", truth(p.Brake.On))
	b.one("engine_working", "gauge", "Whether a process runs the engine and shows signs of life.",
		truth(p.Engine.Life == model.EngineWorks))
	b.one("engine_here", "gauge", "Whether this process runs the engine.",
		truth(p.Engine.Life == model.EngineWorks && p.Engine.Process == os.Getpid()))
	b.one("engine_term", "counter", "How often an engine began.", float64(p.Engine.Term))
	b.age("engine_seen_seconds", "Age of the engine's last sign of life.", p.At, p.Engine.Seen)
	b.one("alarms", "gauge", "Things that are wrong on this host.", float64(len(p.Alarms)))
	if p.Space.Known {
		b.one("disk_free_bytes", "gauge", "Room on the disk of the cache.", float64(p.Space.Free))
	}
	b.head("account_online", "gauge", "Whether the account's vendor answers.")
	for _, a := range p.Accounts {
		if a.Known {
			b.value("account_online", truth(a.Online), "account", a.Account, "vendor", string(a.Vendor))
		}
	}
	b.head("account_read_seconds", "gauge", "Age of the last whole reading of the account.")
	for _, a := range p.Accounts {
		if !a.SyncedAt.IsZero() {
			b.value("account_read_seconds", p.At.Sub(a.SyncedAt).Seconds(), "account", a.Account, "vendor",
				string(a.Vendor))
		}
	}
	return b.String()
}

func truth(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// exposition is a text in Prometheus format.
type exposition struct{ strings.Builder }

// head starts a figure.
func (b *exposition) head(name, kind, help string) {
	_, _ = fmt.Fprintf(b, "# HELP viberdeck_%s %s\n# TYPE viberdeck_%s %s\n", name, help, name, kind)
}

// value writes a value; the names and values of labels alternate.
func (b *exposition) value(name string, value float64, labels ...string) {
	escape := strings.NewReplacer("\\", `\\`, `"`, `\"`, "\n", `\n`)
	var pairs []string
	for i := 0; i+1 < len(labels); i += 2 {
		pairs = append(pairs, labels[i]+`="`+escape.Replace(labels[i+1])+`"`)
	}
	all := ""
	if len(pairs) > 0 {
		all = "{" + strings.Join(pairs, ",") + "}"
	}
	_, _ = fmt.Fprintf(b, "viberdeck_%s%s %g\n", name, all, value)
}

// one writes a figure with one value.
func (b *exposition) one(name, kind, help string, value float64, labels ...string) {
	b.head(name, kind, help)
	b.value(name, value, labels...)
}

// age writes how long ago something happened.
func (b *exposition) age(name, help string, now, then time.Time) {
	var seconds float64
	if !then.IsZero() {
		seconds = now.Sub(then).Seconds()
	}
	b.one(name, "gauge", help, seconds)
}
