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

// Results are the columns that were looked at with the same parts: a run of some columns leaves the others as they
// were.
type Results struct {
	Versions string
	Columns  map[string]Column // by variant
}

// Save adds a column to those of the parts. Of a column that was there the rows that were not looked at again stay.
func Save(versions string, column Column) error {
	file, err := resultsFile()
	if err != nil {
		return err
	}
	unlock, err := binaries.Lock("results") // nodes run side by side
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

// LastResults are those of the selected parts; the zero value where nothing was looked at yet.
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

// of are the columns of the variants that were looked at, in their order.
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
