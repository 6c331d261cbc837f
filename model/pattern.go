package model

import (
	"regexp"
	"sync"
)

// Pattern is a regular expression that is compiled when it is first used: a command that starts
// needs few of them.
type Pattern func() *regexp.Regexp

// NewPattern makes the pattern of an expression, which must be valid.
func NewPattern(expression string) Pattern {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// MatchString reports whether the pattern occurs in s.
func (p Pattern) MatchString(s string) bool { return p().MatchString(s) }

// Matcher recognises a text: a Pattern or a regular expression.
type Matcher interface {
	MatchString(s string) bool
}
