package audit

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// Baseline holds known rows. It identifies a row by what it names, not by its line, and the other mentions that rows
// cover: a new one may be a new use.
type Baseline struct {
	Version int           `json:"version"`
	Rows    []baselineRow `json:"rows"`

	known    map[string]bool
	mentions map[named]map[string]bool // of a path in an object or file
}

type baselineRow struct {
	Fingerprint string   `json:"fingerprint"`
	File        string   `json:"file,omitempty"`
	Object      string   `json:"object,omitempty"`
	HostPath    string   `json:"hostPath"`
	Mentions    []string `json:"mentions,omitempty"` // that the row covers
}

const baselineVersion = 2

// ReadBaseline reads a baseline written by WriteBaseline.
func ReadBaseline(r io.Reader) (b Baseline, err error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return b, err
	}
	var head struct{ Version int }
	if err := json.Unmarshal(text, &head); err == nil && head.Version != baselineVersion {
		return b, fmt.Errorf("has version %d, but this dindify supports %d: write a new one", head.Version,
			baselineVersion)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&b); err != nil {
		return b, fmt.Errorf("is not a baseline of dindify: %w", err)
	}
	b.known, b.mentions = map[string]bool{}, map[named]map[string]bool{}
	for _, row := range b.Rows {
		b.known[row.Fingerprint] = true
		at := row.named()
		if b.mentions[at] == nil {
			b.mentions[at] = map[string]bool{}
		}
		for _, m := range row.Mentions {
			b.mentions[at][m] = true
		}
	}
	return b, nil
}

// WriteBaseline writes the rows of an audit, which Identify has named.
func WriteBaseline(w io.Writer, rows []Row) error {
	b := Baseline{Version: baselineVersion, Rows: []baselineRow{}}
	for _, r := range rows {
		b.Rows = append(b.Rows, baselineOf(r))
	}
	slices.SortStableFunc(b.Rows, func(x, y baselineRow) int {
		return cmp.Or(strings.Compare(x.File, y.File), strings.Compare(x.Object, y.Object))
	})
	return report.EncodeJSON(w, b)
}

func baselineOf(r Row) baselineRow {
	return baselineRow{r.fingerprint, r.name, r.Object, r.HostPath, slices.Sorted(maps.Keys(r.covered.lines))}
}

// named returns what the mentions of a row are known by: rows of several containers share them.
func (r baselineRow) named() named {
	return named{r.File + "\x00" + r.Object, socket.Normalize(r.HostPath)}
}

// acknowledge gives the rows that the baseline knows the class Acknowledged. A row that covers a mention that the
// baseline does not know keeps its class.
func (b Baseline) acknowledge(rows []Row) {
	for i := range rows {
		r := &rows[i]
		if !b.known[r.fingerprint] {
			continue
		}
		added := b.added(*r)
		if len(added) == 0 {
			r.Class, r.Reason = Acknowledged, "in the baseline; "+r.Reason
			continue
		}
		r.Reason = fmt.Sprintf("in the baseline, but another mention of the path is new or was changed (%s); %s",
			lines(added), r.Reason)
	}
}

// added returns the lines of the mentions that a row covers and the baseline does not know.
func (b Baseline) added(r Row) (all []int) {
	known := b.mentions[baselineOf(r).named()]
	for name, line := range r.covered.lines {
		if !known[name] {
			all = append(all, line)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// lines names lines of a file.
func lines(numbers []int) string {
	names := make([]string, len(numbers))
	for i, n := range numbers {
		names[i] = fmt.Sprintf("line %d", n)
	}
	return strings.Join(names, ", ")
}
