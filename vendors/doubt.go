package vendors

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"viberdeck/model"
)

// doubt keeps what is not believed of a list of the account, until it is read in full: the
// account's health says so, and the log of who did what when it is news. An error that is nil ends
// it.
func (a *account) doubt(ctx context.Context, list string, err error) {
	text := ""
	if err != nil {
		text = err.Error()
	}
	a.mu.Lock()
	news := a.doubts[list] != text
	if a.doubts == nil {
		a.doubts = map[string]string{}
	}
	if a.doubts[list] = text; text == "" {
		delete(a.doubts, list)
	}
	a.mu.Unlock()
	if !news || text == "" {
		return
	}
	a.warn("a reading does not add up", err)
	if err := a.e.o.Store.AddActivity(ctx, model.Activity{
		At: time.Now(), Action: "not believed", Detail: text}); err != nil {
		a.warn("log what is not believed", err)
	}
}

// doubted says what of the account's lists is not believed, "" if all is. Its mutex is held.
func (a *account) doubted() string {
	var all []string
	for _, list := range slices.Sorted(maps.Keys(a.doubts)) {
		all = append(all, a.doubts[list])
	}
	return strings.Join(all, "; ")
}
