package cache

// exists tells whether the process lives.
func (p process) exists() bool {
	state, born, ok := p.look()
	return ok && born == p.born && state != "Z" && state != "X"
}

// stopped tells whether a signal or a debugger has stopped the process.
func (p process) stopped() bool {
	state, born, ok := p.look()
	return ok && born == p.born && (state == "T" || state == "t")
}
