package convert

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// TestConversionThatDoesNotGiveBackTheInputIsRefused proves conversions against other texts than their originals.
func TestConversionThatDoesNotGiveBackTheInputIsRefused(t *testing.T) {
	input, err := os.ReadFile("../../tests/cases/job/input.yaml")
	require.NoError(t, err)
	output, err := os.ReadFile("../../tests/cases/job/output.yaml")
	require.NoError(t, err)
	for name, c := range map[string]struct {
		before string
		want   []string
	}{
		"the input": {before: string(input)},
		"another text": {
			before: strings.Replace(string(input), "integration-test", "other", 1),
			want:   []string{report.NotReversible},
		},
		"the output too": {before: string(output), want: []string{report.NotReversible}},
	} {
		t.Run(name, func(t *testing.T) {
			item, err := kube.ReadItem(string(output))
			require.NoError(t, err)
			set := &kube.Set{Items: []*kube.Item{item}, Locations: kube.PodSpecLocations}
			run := &converter{Outcome: Outcome{Set: set}}
			w := &work{item: item, before: c.before, converted: map[string]bool{"": true}}
			run.Journal = config.JournalAnnotation
			require.NoError(t, run.Set.EditAndCheck(item, func([]*kube.Object) error { return nil },
				func(objects []*kube.Object) { run.check(w, objects) }))
			run.prove(w)
			var got []string
			for _, f := range w.report.Errors() {
				got = append(got, f.ID)
				require.Equal(t, "Job", f.Object.Kind)
			}
			require.Equal(t, c.want, got)
		})
	}
}
