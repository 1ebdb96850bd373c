package tests

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/yaml"

	"github.com/boxp/dindify/fn/stream"
	"github.com/boxp/dindify/fn/yamldoc"
	"github.com/boxp/dindify/tests/laws"
)

// TestOnlyLinesThatTheConversionConcernsChange checks that the lines removed from OpenHands' manifests are exactly
// those that its journals restore.
func TestOnlyLinesThatTheConversionConcernsChange(t *testing.T) {
	input, err := os.ReadFile("cases/openhands/input.yaml")
	require.NoError(t, err)
	output, _ := laws.Apply(input, nil)
	var wanted, journals []string
	file, err := stream.ReadFile("", string(output))
	require.NoError(t, err)
	for _, item := range file.Items {
		var journal struct {
			Edits []struct{ Put []struct{ Text string } }
		}
		text := yamldoc.Text(item.Document().Root(), "metadata", "annotations", "dindify.dev/journal")
		journals = append(journals, lines(text)...)
		require.NoError(t, yaml.Unmarshal([]byte(text), &journal))
		for _, e := range journal.Edits {
			for _, p := range e.Put {
				wanted = append(wanted, lines(p.Text)...)
			}
		}
	}
	gone := without(lines(string(input)), without(lines(string(output)), journals))
	require.Empty(t, without(gone, wanted))
	t.Logf("%d lines went, all of them for the conversion", len(gone))
}

// lines returns the lines of a text that are not blank.
func lines(text string) []string {
	var all []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// without returns the lines that remain after removing others one by one.
func without(all, others []string) []string {
	left := slices.Clone(all)
	for _, line := range others {
		if i := slices.Index(left, line); i >= 0 {
			left = slices.Delete(left, i, i+1)
		}
	}
	return left
}
