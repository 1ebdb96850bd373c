package audit_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/audit"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/function"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/stream"
)

// BenchmarkManyMentions shows that the time of an audit is linear in its input: go test -bench Mentions ./fn/audit.
func BenchmarkManyMentions(b *testing.B) {
	for name, form := range map[string]struct{ head, line string }{
		"text": {"kind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: |\n", "    test -S /x%d/docker.sock\n"},
		"keys": {"kind: ConfigMap\nmetadata: {name: a}\ndata:\n", "  k%[1]d: /x%[1]d/docker.sock\n"},
		"rows": {"values:\n", "- hostPath: /x%d/docker.sock\n"},
		"flow": {"kind: ConfigMap\nmetadata: {name: a}\ndata: {", "k%[1]d: /x%[1]d/docker.sock, "},
	} {
		for _, n := range []int{5_000, 10_000} {
			var text strings.Builder
			text.WriteString(form.head)
			for i := range n {
				fmt.Fprintf(&text, form.line, i)
			}
			if name == "flow" {
				text.WriteString("}\n")
			}
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				for b.Loop() {
					file, err := stream.ReadFile("", text.String())
					require.NoError(b, err)
					set, found := function.Convert(file.Items, &report.Report{}, func() (config.Spec, []string) {
						spec := config.New()
						spec.Mode = config.Audit
						return spec, nil
					})
					a := audit.Of(set, found.Uses)
					require.Equal(b, n, len(a.Rows)+len(a.Mentions))
				}
			})
		}
	}
}
