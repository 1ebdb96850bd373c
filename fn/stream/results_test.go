package stream

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/kustomize/kyaml/fn/framework"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/document"
)

func TestResultsArePrintedAsTheEncoderPrintsThem(t *testing.T) {
	ref := &yaml.ResourceIdentifier{
		TypeMeta: yaml.TypeMeta{APIVersion: "apps/v1", Kind: "Deployment"}, NameMeta: yaml.NameMeta{Name: "on", Namespace: "1e3"},
	}
	tags := map[string]string{"id": "x"}
	for name, r := range map[string]*framework.Result{
		"about everything":   {Message: "why: because", Severity: framework.Error, Tags: tags},
		"about an object":    {Message: `a "word" # no comment`, Severity: framework.Info, ResourceRef: ref, Tags: tags},
		"about a field":      {Message: "it's", Severity: framework.Warning, ResourceRef: ref, Field: &framework.Field{Path: "spec.a[name=b]", CurrentValue: "yes", ProposedValue: "12"}, Tags: tags},
		"in a file":          {Message: "x", Severity: framework.Info, ResourceRef: ref, File: &framework.File{Path: "a: b.yaml", Index: 3}, Tags: tags},
		"in the first place": {Message: "x", Severity: framework.Info, File: &framework.File{Path: "a.yaml"}, Tags: tags},
		"several lines":      {Message: "a\nb\n", Severity: framework.Info, Tags: tags},
		"a number":           {Message: "a", Severity: framework.Info, Field: &framework.Field{Path: "a", CurrentValue: 3}, Tags: tags},
		"no name":            {Message: "a", Severity: framework.Info, ResourceRef: &yaml.ResourceIdentifier{}, Tags: tags},
		"no tags":            {Message: "a", Severity: framework.Info},
		"control characters": {Message: "a\x01é\u2028", Severity: framework.Info, Tags: tags},
		"nothing":            {},
	} {
		t.Run(name, func(t *testing.T) {
			var got bytes.Buffer
			require.NoError(t, printResults(&got, framework.Results{r}))
			want, err := document.Encode([]*framework.Result{r}, false)
			require.NoError(t, err)
			require.Equal(t, string(want), got.String())
		})
	}
}
