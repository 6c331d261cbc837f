package cache

// exists reports whether the process lives.
func (p process) exists() bool {
	state, born, ok := p.look()
	return ok && born == p.born && state != "Z" && state != "X"
}

// stopped reports whether a signal or a debugger has stopped the process.
func (p process) stopped() bool {
	state, born, ok := p.look()
	return ok && born == p.born && (state == "T" || state == "t")
}
