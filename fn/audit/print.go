package audit

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
)

// Formats are the ways to print, by the name that -o has for them.
var Formats = map[string]func(out io.Writer, rows []Row, version string) error{
	"table": table,
	"json":  asJSON,
	"sarif": sarif,
}

func table(out io.Writer, rows []Row, _ string) error {
	if len(rows) == 0 {
		return nil
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "WHERE\tOBJECT\tCONTAINER\tPATH ON THE NODE\tCLASS\tREASON")
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", r.where(), r.Object, r.Container, r.HostPath, r.Class, r.Reason)
	}
	return w.Flush()
}

func (r Row) where() string {
	if r.File == "" {
		return "-"
	}
	return fmt.Sprintf("%s:%d", r.File, r.Line)
}

func asJSON(out io.Writer, rows []Row, _ string) error {
	return encode(out, rows)
}

func encode(out io.Writer, v any) error {
	enc := json.NewEncoder(out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
