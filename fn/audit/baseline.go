package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
)

// Baseline holds known rows. It identifies a row by what it names, not by its line.
type Baseline struct {
	Version int           `json:"version"`
	Rows    []baselineRow `json:"rows"`

	known map[string]bool
}

type baselineRow struct {
	Fingerprint string `json:"fingerprint"`
	File        string `json:"file,omitempty"` // this and the following fields are for people
	Object      string `json:"object,omitempty"`
	HostPath    string `json:"hostPath"`
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
	b.known = map[string]bool{}
	for _, row := range b.Rows {
		b.known[row.Fingerprint] = true
	}
	return b, nil
}

// WriteBaseline writes the rows of an audit.
func WriteBaseline(w io.Writer, rows []Row) error {
	b := Baseline{Version: baselineVersion, Rows: []baselineRow{}}
	for i, print := range Fingerprints(rows) {
		b.Rows = append(b.Rows, baselineRow{print, filepath.ToSlash(rows[i].File), rows[i].Object, rows[i].HostPath})
	}
	slices.SortStableFunc(b.Rows, func(x, y baselineRow) int { return strings.Compare(x.File+x.Object, y.File+y.Object) })
	return encode(w, b)
}

func (b Baseline) has(r *Row) bool { return b.known[r.fingerprint] }

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
