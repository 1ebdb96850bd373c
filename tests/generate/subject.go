package generate

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/boxp/dindify/fn/cli"
)

// outcome is what one call of dindify gave.
type outcome struct {
	out, err string
	status   int
}

// dindify calls the command line as a process would be called.
func dindify(stdin string, args ...string) outcome {
	var out, err bytes.Buffer
	status := cli.Run(cli.Streams{In: strings.NewReader(stdin), Out: &out, Err: &err}, "test", append([]string{}, args...))
	return outcome{out.String(), err.String(), status}
}

var idAtEnd = regexp.MustCompile(`(?m)^dindify: error: .*\[([a-z-]+)\]$`)

// errors are the ids of what the call refused.
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
