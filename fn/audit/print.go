package audit

import (
	"fmt"
	"io"

	"github.com/boxp/dindify/fn/report"
)

// Formats maps -o to the output formats for machines. Table prints the table.
var Formats = map[string]func(out io.Writer, a Account, version string) error{
	"github": github,
	"json":   asJSON,
	"junit":  junit,
	"sarif":  sarif,
}

func (r Row) where() string { return where(r.File, r.Line) }

func where(file string, line int) string {
	if file == "" {
		return fmt.Sprintf("-:%d", line)
	}
	return fmt.Sprintf("%s:%d", file, line)
}

// mentioned is the class of a mention in the JSON list.
const mentioned = "mentioned"

// asJSON prints a list of rows. Mentions follow as rows of the class "mentioned".
func asJSON(out io.Writer, a Account, _ string) error {
	rows := append([]Row{}, a.Rows...)
	for _, m := range a.Mentions {
		rows = append(rows, Row{
			File: m.File, Line: m.Line, Object: m.Object, Field: m.Field, HostPath: m.Path, Class: mentioned, Reason: m.Reason,
			Advice: "nothing: it is not a use of the node's runtime",
		})
	}
	return report.EncodeJSON(out, rows)
}
