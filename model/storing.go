package model

import "sync/atomic"

// StoreProgress shows how far a campaign's people have been stored during Submit: the store counts,
// a screen reads. A nil one counts nothing.
type StoreProgress struct{ steps, people atomic.Int64 }

// storingSteps is how often a person is counted: when stored, and when put into the order.
const storingSteps = 2

// Begin sets how many people there are.
func (s *StoreProgress) Begin(people int) {
	if s != nil {
		s.people.Store(int64(people))
	}
}

// Add counts one step for the given number of people.
func (s *StoreProgress) Add(people int) {
	if s != nil {
		s.steps.Add(int64(people))
	}
}

// Progress returns how many people are stored of how many; both are 0 before that is known.
func (s *StoreProgress) Progress() (stored, people int64) {
	return s.steps.Load() / storingSteps, s.people.Load()
}
