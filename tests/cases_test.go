// Package tests runs dindify on cases that are data: tests/cases/NAME has an input, an optional functionConfig, and
// the expected output. go test ./tests -update writes the expected output; read the diff.
package tests

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/yaml"

	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/tests/laws"
)

var update = flag.Bool("update", false, "write what the cases should give")

// result is the part of a finding that a case records: not its text.
type result struct {
	ID       string `json:"id"`
	Severity string `json:"severity"`
	Object   string `json:"object,omitempty"`
	Path     string `json:"path,omitempty"`
}

type testCase struct{ name, dir string }

func cases(t testing.TB) []testCase {
	dirs, err := filepath.Glob("cases/*")
	require.NoError(t, err)
	require.NotEmpty(t, dirs)
	var all []testCase
	for _, dir := range dirs {
		all = append(all, testCase{filepath.Base(dir), dir})
	}
	return all
}

func (c testCase) read(t testing.TB, file string) []byte {
	text, err := os.ReadFile(filepath.Join(c.dir, file))
	if os.IsNotExist(err) {
		return nil
	}
	require.NoError(t, err)
	return text
}

func TestCases(t *testing.T) {
	for _, c := range cases(t) {
		t.Run(c.name, func(t *testing.T) {
			output, rep := laws.Check(t, c.read(t, "input.yaml"), c.read(t, "config.yaml"))
			results, err := yaml.Marshal(resultsOf(rep))
			require.NoError(t, err)
			c.compare(t, "output.yaml", output)
			c.compare(t, "results.yaml", results)
			c.compare(t, "audit.txt", c.auditOf(t))
		})
	}
}

// TestEveryCaseSaysWhyItExists reads the first line of the input, or of the configuration if the input cannot have a
// comment.
func TestEveryCaseSaysWhyItExists(t *testing.T) {
	for _, c := range cases(t) {
		input, config := strings.TrimPrefix(string(c.read(t, "input.yaml")), "\ufeff"), string(c.read(t, "config.yaml"))
		require.True(t, strings.HasPrefix(input, "# ") || strings.HasPrefix(config, "# "), "%s: the first line says why "+
			"the case exists", c.name)
	}
}

func resultsOf(rep *report.Report) []result {
	var all []result
	for _, f := range rep.All() {
		all = append(all, result{f.ID, string(f.Severity), f.Object.String(), f.Path})
	}
	return all
}

func (c testCase) compare(t *testing.T, file string, got []byte) {
	if *update {
		if name := filepath.Join(c.dir, file); len(got) > 0 || c.read(t, file) != nil {
			require.NoError(t, os.WriteFile(name, got, 0o644))
		}
		return
	}
	require.Equal(t, string(c.read(t, file)), string(got), "%s; go test ./tests -update rewrites it", file)
}

// TestConfigurationReplacesAnEarlierOne switches every case to the configuration of every other case.
func TestConfigurationReplacesAnEarlierOne(t *testing.T) {
	all := cases(t)
	for _, a := range all {
		if strings.HasPrefix(a.name, "revert-") {
			continue // the input is a conversion with a configuration that the case does not have
		}
		t.Run(a.name, func(t *testing.T) {
			for _, b := range all {
				laws.CheckSwitch(t, a.read(t, "input.yaml"), a.read(t, "config.yaml"), b.read(t, "config.yaml"))
			}
		})
	}
}
