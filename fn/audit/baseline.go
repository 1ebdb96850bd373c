package audit

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/socket"
)

// Baseline holds known rows. It identifies a row by what it names, not by its line, and counts the other mentions that
// rows cover: a new one may be a new use.
type Baseline struct {
	Version int           `json:"version"`
	Rows    []baselineRow `json:"rows"`

	known    map[string]bool
	mentions map[named]int // of a path in an object or file
}

type baselineRow struct {
	Fingerprint string `json:"fingerprint"`
	File        string `json:"file,omitempty"`
	Object      string `json:"object,omitempty"`
	HostPath    string `json:"hostPath"`
	Mentions    int    `json:"mentions,omitempty"` // see Row
}

const baselineVersion = 1

// ReadBaseline reads a baseline written by WriteBaseline.
func ReadBaseline(r io.Reader) (b Baseline, err error) {
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	if err := d.Decode(&b); err != nil {
		return b, fmt.Errorf("is not a baseline of dindify: %w", err)
	}
	if b.Version != baselineVersion {
		return b, fmt.Errorf("has version %d, but this dindify supports %d: write a new one", b.Version, baselineVersion)
	}
	b.known, b.mentions = map[string]bool{}, map[named]int{}
	for _, row := range b.Rows {
		b.known[row.Fingerprint] = true
		b.mentions[row.named()] += row.Mentions
	}
	return b, nil
}

// WriteBaseline writes the rows of an audit.
func WriteBaseline(w io.Writer, rows []Row) error {
	b := Baseline{Version: baselineVersion, Rows: []baselineRow{}}
	for i, print := range Fingerprints(rows) {
		b.Rows = append(b.Rows, baselineOf(print, rows[i]))
	}
	slices.SortStableFunc(b.Rows, func(x, y baselineRow) int {
		return cmp.Or(strings.Compare(x.File, y.File), strings.Compare(x.Object, y.Object))
	})
	return encode(w, b)
}

func baselineOf(fingerprint string, r Row) baselineRow {
	return baselineRow{fingerprint, filepath.ToSlash(r.File), r.Object, r.HostPath, r.Mentions}
}

// named returns what the mentions of a row are counted by: rows of several containers share them.
func (r baselineRow) named() named {
	return named{r.File + "\x00" + r.Object, socket.Normalize(r.HostPath)}
}

// acknowledge gives the rows that the baseline knows the class Acknowledged. A row that covers more mentions than the
// baseline counts keeps its class.
func (b Baseline) acknowledge(rows []Row) {
	mentions := map[named]int{}
	for _, r := range rows {
		mentions[baselineOf("", r).named()] += r.Mentions
	}
	for i := range rows {
		r := &rows[i]
		id := baselineOf("", *r).named()
		switch {
		case !b.known[r.fingerprint]:
		case mentions[id] > b.mentions[id] && r.Mentions > 0:
			r.Reason = fmt.Sprintf("in the baseline, but one of the other mentions of the path is new (%s); %s",
				lines(r.Covers), r.Reason)
		default:
			r.Class, r.Reason = Acknowledged, "in the baseline; "+r.Reason
		}
	}
}

// lines names lines of a file.
func lines(numbers []int) string {
	names := make([]string, len(numbers))
	for i, n := range numbers {
		names[i] = fmt.Sprintf("line %d", n)
	}
	return strings.Join(names, ", ")
}

// Fingerprints returns names of rows that do not depend on line numbers: the hash of file, object, field and path.
// Equal rows are numbered.
func Fingerprints(rows []Row) []string {
	seen := map[string]int{}
	prints := make([]string, len(rows))
	for i, r := range rows {
		id := strings.Join([]string{filepath.ToSlash(r.File), r.Object, r.Container, r.Field, r.HostPath}, "\x00")
		seen[id]++
		sum := sha256.Sum256(fmt.Appendf([]byte(id), "\x00%d", seen[id]))
		prints[i] = hex.EncodeToString(sum[:8])
		rows[i].fingerprint = prints[i]
	}
	return prints
}
