// Package audit prints the ways from workloads to a container runtime's socket: as a table for people, as JSON, and as
// SARIF for code scanning.
package audit

import (
	"github.com/boxp/dindify/fn/convert"
	"github.com/boxp/dindify/fn/socket"
)

// Row is one way to a socket.
type Row struct {
	File      string `json:"file,omitempty"`
	Line      int    `json:"line,omitempty"` // of the field in the file, from 1; 0 where unknown
	Object    string `json:"object"`         // Kind/namespace/name; "" in a file that is not YAML
	Container string `json:"container,omitempty"`
	Field     string `json:"field"` // "" in a file that is not YAML
	HostPath  string `json:"hostPath"`
	Runtime   string `json:"runtime"`
	Class     string `json:"class"`
	Reason    string `json:"reason"`
	Advice    string `json:"advice"`
}

// Rows lists uses.
func Rows(uses []*convert.Use) []Row {
	rows := make([]Row, 0, len(uses))
	for _, u := range uses {
		object := u.Pod.Object()
		row := Row{
			File: object.Ref().File, Object: object.Ref().String(), Field: u.Field().Path(), HostPath: u.HostPath,
			Runtime: string(u.Runtime), Class: string(u.Class), Reason: u.Evidence, Advice: u.Advice(),
		}
		if start := object.Item().Line; start > 0 && u.Field().Node() != nil {
			row.Line = start + u.Field().Node().Line - 1
		}
		if u.Mounted() {
			row.Container = u.Container.Name()
		}
		rows = append(rows, row)
	}
	return rows
}

// TextRows lists what the lines of a file name that no YAML parser reads.
func TextRows(file, text string) []Row {
	var rows []Row
	for _, m := range socket.Mentions(text) {
		row := Row{
			File: file, Line: m.Line, HostPath: m.Path, Runtime: string(m.Runtime), Class: string(convert.UnsureClass),
			Reason: "found by its text: the file is not YAML",
			Advice: "audit what the template renders to, or mend the file",
		}
		if m.Runtime != socket.Docker {
			row.Class = string(convert.OtherRuntime)
		}
		rows = append(rows, row)
	}
	return rows
}
