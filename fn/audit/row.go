// Package audit prints the uses of a container runtime's socket: as a table for people, as JSON, as SARIF for code
// scanning, and in formats of CI systems.
package audit

import (
	"strings"

	"github.com/boxp/dindify/fn/broken"
	"github.com/boxp/dindify/fn/discover"
	"github.com/boxp/dindify/fn/report"
)

// Row is one use of a socket, or one broken conversion.
type Row struct {
	File      string `json:"file,omitempty"`
	Line      int    `json:"line,omitempty"` // 1-based line of the field in the file; 0 if unknown
	Object    string `json:"object"`         // Kind/namespace/name; "" in a file that is not YAML
	Container string `json:"container,omitempty"`
	Field     string `json:"field"` // "" in a file that is not YAML
	HostPath  string `json:"hostPath"`
	Runtime   string `json:"runtime"`
	Class     string `json:"class"`
	Reason    string `json:"reason"`
	Advice    string `json:"advice"`
	Covers    []int  `json:"covers,omitempty"` // other lines of the file about the same use

	covered mentions // other mentions that the row covers, besides its own fields
	before  string   // the word before the path, in a text

	name        string        // of the file; see Identify
	fingerprint string        // see Identify
	fails       bool          // see Gate
	ambiguous   bool          // parsers read the object differently
	mounted     report.Object // the object, unless it is a pod or a PersistentVolume, or only a daemon reads the path
}

// cover adds a mention to those that the row covers.
func (r *Row) cover(line int, identity string) {
	r.Covers = append(r.Covers, line)
	r.covered.put(r.covered.numbered(identity), line)
}

// Rows returns the rows of uses.
func Rows(uses []*discover.Use) []Row {
	rows := make([]Row, 0, len(uses))
	for _, u := range uses {
		object := u.Pod.Object()
		row := Row{
			File: object.Ref().File, Line: u.Field().FileLine(), Object: object.Ref().String(), Field: u.Field().Path(),
			HostPath: strings.TrimSpace(u.HostPath), Runtime: string(u.Runtime), Class: string(u.Class), Reason: u.Evidence,
			Advice: u.Advice(), before: wordBefore(u.HostPath, u.Line),
		}
		if u.OptedOut() || u.Class == discover.DinDClass {
			row.Class = Acknowledged
		}
		if u.Mounted() {
			row.Container = u.Container.Name()
		}
		rows = append(rows, row)
	}
	return rows
}

// Broken is the class of rows about conversions that no longer work.
const Broken = "broken"

// BrokenRows returns the rows of broken conversions.
func BrokenRows(conversions []broken.Conversion) []Row {
	rows := make([]Row, 0, len(conversions))
	for _, b := range conversions {
		rows = append(rows, Row{
			File: b.Object.File, Line: b.Line, Object: b.Object.String(), Field: b.Path,
			Class: Broken, Reason: b.Why, Advice: "see dindify explain " + report.ConversionBroken,
		})
	}
	return rows
}
