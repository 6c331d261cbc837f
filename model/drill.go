package model

// DrillStep is one thing that has gone wrong in the fire drill, and whether the operator has dealt
// with it.
type DrillStep struct {
	Name  Text // what has gone wrong
	Story Text // what happened and what there is to do
	Well  Text // why it was done well
	Done  bool
}
