package cache

import (
	"time"

	"pgregory.net/rapid"

	"viberdeck/model"
)

// jump moves the clock, forwards or back.
func (w *world) jump(rt *rapid.T) {
	d := rapid.SampledFrom([]time.Duration{11 * time.Second, time.Minute, 20 * time.Minute, 2 * time.Hour,
		-30 * time.Minute}).
		Draw(rt, "by")
	rt.Logf("the clock jumps by %s", d)
	w.clock.Advance(d)
}

// backUp copies the file while no process has it open.
func (w *world) backUp(rt *rapid.T) {
	rt.Log("everything ends, the file is copied away, everything starts again")
	w.between(func() { copyFile(w.t, w.path, w.path+".old") })
	saved := w.stops.clone()
	w.saved = &saved
}

// restore puts the copy in the file's place, and a person adopts it. What the program knew since is
// lost with the file; what it sent is not.
func (w *world) restore(rt *rapid.T) {
	rt.Log("everything ends, the copy is put back, everything starts again")
	w.between(func() { copyFile(w.t, w.path+".old", w.path) })
	w.stops = w.saved.clone()
	for _, id := range w.campaigns(w.procs[0].db) { // nothing leaves before a person allows it
		if _, ok, err := w.procs[0].db.ClaimBatch(w.t.Context(), id, model.Claim{PerCall: 3}, w.clock.Now()); ok ||
			err != nil {
			rt.Fatalf("a restored file sends %s: %v", id, err)
		}
	}
	w.do("p adopts it", func() error {
		_, err := w.procs[0].db.Adopt(w.t.Context(), "anna")
		return err
	})
}

// between does something to the file while no process has it open.
func (w *world) between(fn func()) {
	for _, p := range w.procs {
		w.die(p)
	}
	fn()
	for _, p := range w.procs {
		w.open(p)
	}
}
