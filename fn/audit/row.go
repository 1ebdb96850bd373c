// Package audit prints the ways from workloads to a container runtime's socket: as a table for people, as JSON, and as
// SARIF for code scanning.
package audit

import (
	"strings"

	"github.com/boxp/dindify/fn/convert"
	"github.com/boxp/dindify/fn/report"
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
	Covers    []int  `json:"covers,omitempty"` // other lines of the file that are about the same use

	fingerprint string // see Fingerprints
}

// Rows lists uses.
func Rows(uses []*convert.Use) []Row {
	rows := make([]Row, 0, len(uses))
	for _, u := range uses {
		object := u.Pod.Object()
		row := Row{
			File: object.Ref().File, Line: u.Field().FileLine(), Object: object.Ref().String(), Field: u.Field().Path(),
			HostPath: strings.TrimSpace(u.HostPath), Runtime: string(u.Runtime), Class: string(u.Class), Reason: u.Evidence,
			Advice: u.Advice(),
		}
		if u.OptedOut() {
			row.Class = Acknowledged
		}
		if u.Mounted() {
			row.Container = u.Container.Name()
		}
		rows = append(rows, row)
	}
	return rows
}

// Broken is the class of rows about conversions that do not work any more.
const Broken = "broken"

// BrokenRows lists what is wrong with conversions that were carried out before.
func BrokenRows(broken []convert.Broken) []Row {
	rows := make([]Row, 0, len(broken))
	for _, b := range broken {
		rows = append(rows, Row{
			File: b.Object.File, Line: b.Line, Object: b.Object.String(), Field: b.Path,
			Class: Broken, Reason: b.Why, Advice: "see dindify explain " + report.ConversionBroken,
		})
	}
	return rows
}
