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

// TestOnlyLinesThatTheConversionConcernsChange: the lines that go from OpenHands' manifests are those that its journals
// put back, and no other.
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

// lines are the lines of a text that say something.
func lines(text string) []string {
	var all []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// without is what is left of lines when others are taken away one by one.
func without(all, others []string) []string {
	left := slices.Clone(all)
	for _, line := range others {
		if i := slices.Index(left, line); i >= 0 {
			left = slices.Delete(left, i, i+1)
		}
	}
	return left
}
