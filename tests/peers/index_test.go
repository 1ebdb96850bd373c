package peers

import (
	"cmp"
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// manifest is a file of the corpus, with its entry in the index.
type manifest struct {
	name, kinds, variant, features, class string
}

// category is a group of files. Each file belongs to the first that matches.
type category struct {
	name string
	uses bool // a runtime's socket
	fits func(m manifest) bool
}

var (
	builtIn = regexp.MustCompile(
		`\b(Pod|Deployment|DaemonSet|StatefulSet|ReplicaSet|ReplicationController|Job|CronJob)\b`)
	dockerSock = regexp.MustCompile(`docker\.sock`)
	unmounted  = regexp.MustCompile(`NOT mounted|unmounted|mounted by no`)
)

var categories = []category{
	{
		"nothing: the socket only in comments, policies, other formats", false,
		func(m manifest) bool { return m.class == "none" },
	},
	{"nothing: a Docker daemon of its own already", false, func(m manifest) bool { return m.class == "already-dind" }},
	{"files 201 and up, of which the index describes no kind", true, func(m manifest) bool { return m.kinds == "" }},
	{"a pod in a text, or in a document without a kind", true, func(m manifest) bool {
		return slices.Contains([]string{"(none)", "ConfigMap"}, m.kinds)
	}},
	{"a custom resource", true, func(m manifest) bool {
		return !builtIn.MatchString(m.kinds) || strings.HasPrefix(m.kinds,
			"Template")
	}},
	{"a persistent volume claim", true, func(m manifest) bool { return strings.HasPrefix(m.variant, "PV:") }},
	{"a folder that holds the socket", true, func(m manifest) bool {
		return strings.Contains(m.variant, "(dir)") && !strings.Contains(m.variant, ".sock")
	}},
	{
		"another runtime's socket, or a Windows pipe", true,
		func(m manifest) bool { return !dockerSock.MatchString(m.variant) },
	},
	{"a volume that no container mounts", true, func(m manifest) bool { return unmounted.MatchString(m.features) }},
	{"the socket itself, mounted", true, func(manifest) bool { return true }},
}

// corpus copies only the manifests to a new folder.
func corpus(t *testing.T) (dir string, all []manifest) {
	from := cmp.Or(os.Getenv("DINDIFY_CORPUS"), "../../../shared/corpus")
	index, err := os.Open(filepath.Join(from, "INDEX.tsv"))
	if err != nil {
		t.Skipf("no corpus: DINDIFY_CORPUS names a folder with an INDEX.tsv, and %v", err)
	}
	defer func() { require.NoError(t, index.Close()) }()
	r := csv.NewReader(index)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	rows, err := r.ReadAll()
	require.NoError(t, err)
	dir, judged := t.TempDir(), classes(t)
	for _, row := range rows[1:] {
		text, err := os.ReadFile(filepath.Join(from, row[0]))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, row[0]), text, 0o644))
		all = append(all, manifest{row[0], row[5], row[6], row[7], judged[row[0]]})
	}
	return dir, all
}

// classes returns those of tests/corpus, by file name.
func classes(t *testing.T) map[string]string {
	text, err := os.ReadFile("../corpus/index.tsv")
	require.NoError(t, err)
	all := map[string]string{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		all[cells[0]] = cells[len(cells)-1]
	}
	return all
}

func (m manifest) category() int {
	return slices.IndexFunc(categories, func(c category) bool { return c.fits(m) })
}
