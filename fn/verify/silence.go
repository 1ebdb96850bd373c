package verify

import (
	"errors"
	"slices"
)

var errNoAnswer = errors.New("a command got no answer in time: its program or the node hangs")

// silence remembers commands that got no answer. A daemon or a node that hangs then costs a pod a few time limits, and
// not one for each check.
type silence struct {
	programs []string // those that did not answer, with their container
	last     string   // the program of the last command, if it did not answer
	whole    bool     // nothing in the pod answers
}

// expected reports whether a program need not be asked again.
func (s *silence) expected(container, program string) bool {
	return s.whole || slices.Contains(s.programs, container+" "+program)
}

// note remembers the outcome of a command. After two different programs in a row it is the pod that does not answer.
func (s *silence) note(container, program string, silent bool) {
	if !silent {
		s.last = ""
		return
	}
	s.whole = s.last != "" && s.last != program
	s.programs, s.last = append(s.programs, container+" "+program), program
}
