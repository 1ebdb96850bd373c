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
	results, err := readResults(file, versions)
	if err != nil {
		return err
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

// Saved returns the columns of the variants that were looked at, in their order.
func Saved(versions string, variants ...string) ([]Column, error) {
	file, err := resultsFile()
	if err != nil {
		return nil, err
	}
	results, err := readResults(file, versions)
	var columns []Column
	for _, name := range variants {
		if column, ok := results.Columns[name]; ok {
			columns = append(columns, column)
		}
	}
	return columns, err
}

func resultsFile() (string, error) {
	dir, err := binaries.CacheDir("results")
	return filepath.Join(dir, binaries.Selected().Name+".json"), err
}

// readResults is empty where nothing was looked at yet, or with other versions.
func readResults(file, versions string) (Results, error) {
	fresh := Results{Versions: versions, Columns: map[string]Column{}}
	content, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return fresh, nil
	}
	if err != nil {
		return fresh, err
	}
	var results Results
	if err := json.Unmarshal(content, &results); err != nil {
		return fresh, err
	}
	if results.Versions != versions {
		return fresh, nil
	}
	return results, nil
}
