package audit

import (
	"fmt"
	"io"
	"strings"

	"github.com/boxp/dindify/fn/report"
)

// github prints workflow commands, which GitHub Actions shows at the lines of a change:
// a warning for a row that makes the audit fail, a notice for another one.
func github(out io.Writer, a Account, _ string) error {
	for _, r := range a.Rows {
		level := "notice"
		if r.fails {
			level = "warning"
		}
		_, err := fmt.Fprintf(out, "::%s file=%s,line=%d,title=dindify::%s\n", level, property(r.File), max(r.Line, 1),
			message(r.sentence()))
		if err != nil {
			return err
		}
	}
	return nil
}

// Values of workflow commands are plain and escaped, so that a name in a manifest cannot end one and begin another
// (actions/toolkit packages/core/src/command.ts).
var (
	messages   = strings.NewReplacer("%", "%25")
	properties = strings.NewReplacer("%", "%25", ":", "%3A", ",", "%2C")
)

func message(s string) string  { return messages.Replace(report.Plain(s)) }
func property(s string) string { return properties.Replace(report.Plain(s)) }
