package checks

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"

	"github.com/boxp/dindify/tests/cluster/binaries"
)

// Results are the columns of all runs with the same parts: a run of some columns keeps the others.
type Results struct {
	Versions string
	Columns  map[string]Column // by variant
}

// Save adds a column to those of the parts. If the column exists, its rows that were not checked again stay.
func Save(versions string, column Column) error {
	file, err := resultsFile()
	if err != nil {
		return err
	}
	unlock, err := binaries.Lock("results") // nodes run in parallel
	if err != nil {
		return err
	}
	defer unlock()
	results, err := LastResults()
	if err != nil {
		return err
	}
	if results.Versions != versions {
		results = Results{Versions: versions, Columns: map[string]Column{}}
	}
	findings := map[string]Finding{}
	maps.Copy(findings, results.Columns[column.Variant].Findings)
	maps.Copy(findings, column.Findings)
	column.Findings = findings
	results.Columns[column.Variant] = column
	content, err := json.MarshalIndent(results, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, content, 0o644)
}

// LastResults returns those of the selected parts, or the zero value if there are none.
func LastResults() (results Results, err error) {
	file, err := resultsFile()
	if err != nil {
		return results, err
	}
	content, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return results, nil
	}
	if err != nil {
		return results, err
	}
	return results, json.Unmarshal(content, &results)
}

// of returns the columns of the variants with results, in their order.
func (r Results) of(variants []string) (columns []Column) {
	for _, name := range variants {
		if column, ok := r.Columns[name]; ok {
			columns = append(columns, column)
		}
	}
	return columns
}

func resultsFile() (string, error) {
	dir, err := binaries.CacheDir("results")
	return filepath.Join(dir, binaries.Selected().Name+".json"), err
}
