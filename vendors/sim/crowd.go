package sim

import (
	"maps"
	"sync"
)

// crowd counts the concurrent calls of each vendor.
type crowd struct {
	mu   sync.Mutex
	now  map[string]int
	most map[string]int
}

// enter counts a call in and returns the number of concurrent calls including it; leave counts it
// out, once.
func (c *crowd) enter(vendor string) (atOnce int, leave func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.now == nil {
		c.now, c.most = map[string]int{}, map[string]int{}
	}
	c.now[vendor]++
	c.most[vendor] = max(c.most[vendor], c.now[vendor])
	return c.now[vendor], sync.OnceFunc(func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.now[vendor]--
	})
}

// peaks returns the highest number of concurrent calls of each vendor.
func (c *crowd) peaks() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	peaks := map[string]int{}
	maps.Copy(peaks, c.most)
	return peaks
}
