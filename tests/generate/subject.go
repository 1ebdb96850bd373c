package generate

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/boxp/dindify/fn/cli"
)

// outcome is the result of one call of dindify.
type outcome struct {
	out, err string
	status   int
}

// dindify runs the command line as in a process.
func dindify(stdin string, args ...string) outcome {
	var out, err bytes.Buffer
	status := cli.Run(cli.Streams{In: strings.NewReader(stdin), Out: &out, Err: &err}, "test", append([]string{}, args...))
	return outcome{out.String(), err.String(), status}
}

var idAtEnd = regexp.MustCompile(`(?m)^dindify: error: .*\[([a-z-]+)\]$`)

// errors returns the ids of the errors of the call.
func (o outcome) errors() []string {
	var ids []string
	for _, m := range idAtEnd.FindAllStringSubmatch(o.err, -1) {
		ids = append(ids, m[1])
	}
	if len(ids) == 0 && o.status != 0 {
		ids = append(ids, "other")
	}
	return ids
}
