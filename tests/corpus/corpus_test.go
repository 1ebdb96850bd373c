// Package corpus holds dindify against real public manifests, where they are: DINDIFY_CORPUS names their folder.
package corpus

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/convert"
	"github.com/boxp/dindify/fn/function"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/stream"
	"github.com/boxp/dindify/tests/laws"
)

func folder(t *testing.T) string {
	dir := os.Getenv("DINDIFY_CORPUS")
	if dir == "" {
		dir = "../../../shared/corpus"
	}
	if _, err := os.Stat(filepath.Join(dir, "INDEX.tsv")); err != nil {
		t.Skipf("no corpus: DINDIFY_CORPUS names a folder with an INDEX.tsv, and %v", err)
	}
	return dir
}

func TestCorpus(t *testing.T) {
	dir := folder(t)
	index, err := os.ReadFile(filepath.Join(dir, "INDEX.tsv"))
	require.NoError(t, err)
	r := csv.NewReader(bytes.NewReader(index))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	rows, err := r.ReadAll()
	require.NoError(t, err)
	converted, left, unread := 0, 0, 0
	for _, row := range rows[1:] {
		text, err := os.ReadFile(filepath.Join(dir, row[0]))
		require.NoError(t, err)
		file, err := stream.ReadFile(row[0], text)
		if err != nil {
			unread++
			t.Logf("%-50s %s", row[0], err)
			continue
		}
		_, found := function.Convert(file.Items, &report.Report{}, func() (config.Spec, []string) {
			spec := config.New()
			spec.Mode = config.Audit
			return spec, nil
		})
		out, rep := laws.Check(t, text, nil)
		changed := string(out) != string(text)
		if changed {
			converted++
		} else {
			left++
		}
		want := row[len(row)-1]
		t.Logf("%-50s want %-12s got %-30s converted %-5v errors %v", row[0], want, classes(found), changed, rep.Errors())
		if want != "none" && want != "already-dind" && strings.Contains(row[6], "/") {
			require.NotEmpty(t, found.Uses, "%s: the socket was not found", row[0])
		}
		require.False(t, changed && slices.Contains([]string{"observer", "none", "already-dind"}, want), "%s: %s was converted", row[0], want)
	}
	t.Logf("%d files: %d converted, %d left alone, %d that no YAML parser reads", len(rows)-1, converted, left, unread)
}

func classes(c *convert.Conversion) string {
	var all []string
	for _, u := range c.Uses {
		if !slices.Contains(all, string(u.Class)) {
			all = append(all, string(u.Class))
		}
	}
	return strings.Join(all, ",")
}
