package model

import "time"

// The bounds of how long a reply may wait.
const (
	shortestWait = time.Minute
	longestWait  = 30 * 24 * time.Hour
)

// WaitingConfig says how long people may wait for an answer.
type WaitingConfig struct {
	Limit *Duration `toml:"limit"` // an open reply is marked from this age on; absent: 4 h, 0: never
}

// Long says that an open reply has waited for so long that it is marked.
func (w WaitingConfig) Long(age time.Duration) bool {
	if w.Limit == nil {
		return age >= 4*time.Hour
	}
	return w.Limit.Duration > 0 && age >= w.Limit.Duration
}

func (w WaitingConfig) validate() error {
	if w.Limit == nil || w.Limit.Duration == 0 {
		return nil
	}
	if w.Limit.Duration < shortestWait || w.Limit.Duration > longestWait {
		return Invalid("waiting.limit",
			"%s is not between 1 minute and 30 days; write it like 4h, or 0 to mark no reply", w.Limit.Duration)
	}
	return nil
}

// NoticeConfig says how the dashboard calls for a person when replies arrive.
type NoticeConfig struct {
	Bell    bool `toml:"bell"`    // the terminal's bell
	Desktop bool `toml:"desktop"` // a notification of the desktop, which the terminal shows
}
