package model

import "time"

// LeadTerm is the time during which one process leads: it runs the engine of a cache file.
type LeadTerm struct {
	// Number is greater than that of every earlier term. Each claim carries it.
	Number int64
	// Lost is closed when another process may lead although the term was not ended: then nothing
	// more may begin.
	Lost <-chan struct{}
	// End lets another process lead.
	End func() error
}

// EngineLife is the condition of an engine's process.
type EngineLife string

// The conditions of an engine's process.
const (
	EngineWorks   EngineLife = "works"   // it gave a sign of life a moment ago
	EngineSilent  EngineLife = "silent"  // no sign of life: its disk or its host hangs
	EngineStopped EngineLife = "stopped" // a signal has stopped it
	EngineEnded   EngineLife = "ended"
)

// EngineRun is the process that runs the engine of a cache file, or ran it last.
type EngineRun struct {
	Term    int64 // 0: no engine has ever run
	Host    string
	Process int
	Began   time.Time
	Seen    time.Time // its last sign of life
	Life    EngineLife
}

// Blocks reports whether the process does not work and keeps every other one from working.
func (e EngineRun) Blocks() bool { return e.Life == EngineSilent || e.Life == EngineStopped }

// Text names the process.
func (e EngineRun) Text() Text { return Say("process %d on %s", e.Process, e.Host) }

// Describe says which process runs the engine and in what condition it is.
func (e EngineRun) Describe(now time.Time) Text {
	heard := Say("its last sign of life was %s ago", now.Sub(e.Seen).Round(time.Second))
	switch e.Life {
	case EngineWorks:
		return Say("%s runs it; %s", e.Text(), heard)
	case EngineStopped:
		return Say("%s runs it and was stopped by a signal: nothing is sent until it goes on (kill -CONT %d) "+
			"or is ended (kill -9 %d); %s", e.Text(), e.Process, e.Process, heard)
	case EngineSilent:
		return Say("%s runs it and does not respond, its disk or its host may hang: nothing is sent until it goes "+
			"on or is ended (kill -9 %d); %s", e.Text(), e.Process, heard)
	}
	return Say("no process runs it: what waits is sent by a dashboard or by `viberdeck work`")
}

// Trouble says why nothing can leave although processes exist to send it; it is empty if nothing is
// wrong.
func (o Overview) Trouble(now time.Time) Text {
	switch {
	case !o.Standing.MaySend():
		return o.Standing.Text()
	case o.Engine.Blocks():
		return Say("the engine: %s", o.Engine.Describe(now))
	}
	return Text{}
}

// StandingKind says whether a cache file is the one that sends, and if not, what it appears to be.
type StandingKind string

// What a cache file may be. All but the first send nothing.
const (
	StandingRight    StandingKind = ""
	StandingMoved    StandingKind = "moved"
	StandingCopied   StandingKind = "copied"
	StandingRestored StandingKind = "restored"
	StandingGone     StandingKind = "gone" // removed or replaced while it was open
)

// FileStanding is what the records outside of a cache file say about it.
type FileStanding struct {
	Kind   StandingKind
	Here   string    // the path of the file
	Path   string    // its path according to the records; "" if there are none
	Host   string    // the host on which they were last written
	Seen   time.Time // when they were last written
	Behind int64     // how many changes in the records are missing from the file
}

// MaySend reports whether messages may leave from the file.
func (s FileStanding) MaySend() bool { return s.Kind == StandingRight }

// Text says why nothing leaves from the file and what to do; it is empty if the file is the one
// that sends.
func (s FileStanding) Text() Text {
	adopt := Say("it sends nothing until `viberdeck cache adopt` says that it is the one")
	switch {
	case s.Kind == StandingGone:
		return Say("the cache %s, or the -wal beside it, was removed or replaced while it was open: nothing is sent "+
			"any more; "+
			"end the program and start it again", s.Here)
	case s.Kind == StandingMoved:
		return Say("the cache %s was moved here from %s; %s", s.Here, s.Path, adopt)
	case s.Kind == StandingCopied && s.Path == "":
		return Say("the cache %s is a copy: nothing on this host knows it; %s", s.Here, adopt)
	case s.Kind == StandingCopied:
		return Say("the cache %s is a copy of %s on %s; %s", s.Here, s.Path, s.Host, adopt)
	case s.Kind == StandingRestored && s.Behind > 0:
		return Say("the cache %s is older than what was here and lacks %s; %s", s.Here,
			Counted(s.Behind, "change that came last", "changes that came last"), adopt)
	case s.Kind == StandingRestored:
		return Say("the cache %s was put in the place of another; %s", s.Here, adopt)
	}
	return Text{}
}

// Stakes counts what waits in a file that may not send, or waits for an answer.
type Stakes struct {
	Standing  FileStanding
	Campaigns int64
	People    int64 // waiting people of these campaigns
	InFlight  int64 // claimed batches without an outcome
}
