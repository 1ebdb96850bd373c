package stream

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/kustomize/kyaml/fn/framework"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
)

func TestResultsArePrintedAsTheEncoderPrintsThem(t *testing.T) {
	object := report.Object{APIVersion: "apps/v1", Kind: "Deployment", Name: "on", Namespace: "1e3"}
	inFile := func(path string, index int) report.Object {
		o := object
		o.File, o.Index = path, index
		return o
	}
	why := func(text string) report.Reason { return report.Reason{ID: "x", Text: text} }
	for name, f := range map[string]report.Finding{
		"about everything": {Reason: why("why: because"), Severity: report.Error},
		"about an object":  {Reason: why(`a "word" # no comment`), Severity: report.Info, Object: object},
		"about a field": {
			Reason: why("it's"), Severity: report.Warning, Object: object, Path: "spec.a[name=b]",
			Current: "yes", Proposed: "12",
		},
		"in a file":          {Reason: why("x"), Severity: report.Info, Object: inFile("a: b.yaml", 3)},
		"in the first place": {Reason: why("x"), Severity: report.Info, Object: inFile("a.yaml", 0)},
		"several lines":      {Reason: why("a\nb\n"), Severity: report.Info},
		"a value of several": {Reason: why("a"), Severity: report.Info, Object: object, Path: "a", Current: "b\nc"},
		"no name":            {Reason: why("a"), Severity: report.Info, Object: report.Object{Kind: "x"}},
		"no id":              {Reason: report.Reason{Text: "a"}, Severity: report.Info},
		"control characters": {Reason: why("a\x01é\u2028"), Severity: report.Info},
		"nothing":            {},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := printResults([]*report.Finding{&f})
			require.NoError(t, err)
			want, err := yamldoc.Encode([]*report.Result{f.Result()}, yaml.CompactSequenceStyle)
			require.NoError(t, err)
			require.Equal(t, want, strings.Join(got, ""))
			require.Equal(t, want, throughFramework(t, want))
		})
	}
}

// throughFramework reads results as a host built with kyaml's framework does, and prints them again.
func throughFramework(t *testing.T, text string) string {
	t.Helper()
	var results framework.Results
	dec := yaml.NewDecoder(strings.NewReader(text))
	dec.KnownFields(true)
	require.NoError(t, dec.Decode(&results))
	again, err := yamldoc.Encode(results, yaml.CompactSequenceStyle)
	require.NoError(t, err)
	return again
}
