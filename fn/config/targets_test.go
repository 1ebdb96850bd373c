package config

import (
	"testing"

	"github.com/stretchr/testify/require"
	"k8s.io/apimachinery/pkg/labels"

	"github.com/boxp/dindify/fn/kube"
)

func TestSelectorsMatchAsInKubernetes(t *testing.T) {
	sets := []map[string]string{
		nil,
		{},
		{"a": ""},
		{"a": "b"},
		{"a": "null"},
		{"a": "~"},
		{"a": "7"},
		{"a": "b", "c": "d"},
		{"example.com/a": "b"},
		{"x": "# y: z"},
		{"null": "b"},
		{"metadata": "b", "labels": "b"},
	}
	for _, selector := range []string{
		"", " ", ",", "a", "!a", "! a", "a=b", "a==b", "a = b", "a!=b", "a=", "a=,c", "a in (b)", "a in (b, c)", "a in ()",
		"a in (,b)", "a in (b,,c)",
		"a notin (b)", "a notin ()", "a,c", "a,!c", "a=b,c=d", "a=b,c!=d", "a=null", "a=~", "example.com/a=b",
		"example.com/a/b=c", "A_b.c", "-a", "a-",
		"null=b", "labels=b", "=b", "a=b=c", "a=b c", "a b", "a in b", "a in (b", "a in", "in", "notin", "in in (in)", "a=é",
		"é", "a>b", "a>", "a in (b))",
	} {
		for _, set := range sets {
			s, err := labels.Parse(selector)
			want := err == nil && s.Matches(labels.Set(set))
			require.Equal(t, want, kube.MatchesLabels(selector, set), "%q of %v", selector, set)
		}
	}
	// A number is compared with numbers: kyaml would log any other value.
	for selector, want := range map[string]bool{"a>6": true, "a>7": false, "a<8": true, "a<7": false, "b>6": false} {
		require.Equal(t, want, kube.MatchesLabels(selector, map[string]string{"a": "7"}), selector)
	}
}
