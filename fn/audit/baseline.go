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

// Baseline is what was known when it was written. It knows a row by what it names, whatever line that stands on.
type Baseline struct {
	Version int           `json:"version"`
	Rows    []baselineRow `json:"rows"`

	known map[string]bool
}

type baselineRow struct {
	Fingerprint string `json:"fingerprint"`
	File        string `json:"file,omitempty"` // this and what follows is for people
	Object      string `json:"object,omitempty"`
	HostPath    string `json:"hostPath"`
}

const baselineVersion = 1

// ReadBaseline reads a baseline that WriteBaseline wrote.
func ReadBaseline(r io.Reader) (b Baseline, err error) {
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	if err := d.Decode(&b); err != nil {
		return b, fmt.Errorf("is no baseline of dindify's: %w", err)
	}
	if b.Version != baselineVersion {
		return b, fmt.Errorf("has version %d, and this dindify knows %d: write it anew", b.Version, baselineVersion)
	}
	b.known = map[string]bool{}
	for _, row := range b.Rows {
		b.known[row.Fingerprint] = true
	}
	return b, nil
}

// WriteBaseline writes the rows that an audit found.
func WriteBaseline(w io.Writer, rows []Row) error {
	b := Baseline{Version: baselineVersion, Rows: []baselineRow{}}
	for i, print := range Fingerprints(rows) {
		b.Rows = append(b.Rows, baselineRow{print, filepath.ToSlash(rows[i].File), rows[i].Object, rows[i].HostPath})
	}
	slices.SortStableFunc(b.Rows, func(x, y baselineRow) int { return strings.Compare(x.File+x.Object, y.File+y.Object) })
	return encode(w, b)
}

func (b Baseline) has(r *Row) bool { return b.known[r.fingerprint] }

// Fingerprints are names of rows that stay the same when lines move: the hash of file, object, field and path. Rows
// that are equal in all of these are counted.
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
