package model

// DrillStep is one thing that has gone wrong in the fire drill, and whether the operator has dealt
// with it.
type DrillStep struct {
	Name  Text // what has gone wrong
	Story Text // what happened and what to do
	Well  Text // why the response was right
	Done  bool
}
