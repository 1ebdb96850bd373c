// Package corpus holds dindify against real public manifests, where they are: DINDIFY_CORPUS names their folder.
package corpus

import (
	"cmp"
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
	"github.com/boxp/dindify/fn/socket"
	"github.com/boxp/dindify/fn/stream"
	"github.com/boxp/dindify/tests/laws"
)

// judged are the files, by number, in which dindify's class is not the index's, and why it is right all the same. The
// index has no class for other runtimes and none for doubt.
var judged = map[string]struct {
	class convert.Class
	why   string
}{
	"005": {convert.OwnedClass, "a Pod that a controller made, read from a cluster"},
	"025": {convert.OtherRuntime, "containerd's socket: no Docker API"},
	"029": {convert.OtherRuntime, "cri-dockerd's socket: no Docker API"},
	"030": {convert.OtherRuntime, "CRI-O's socket: no Docker API"},
	"059": {convert.OtherRuntime, "dockershim's socket: no Docker API"},
	"110": {convert.OtherRuntime, "Podman's socket: a client, but of podman, whose images and pods dockerd does not have"},
	"120": {convert.OtherRuntime, "containerd's socket: no Docker API"},
	"121": {convert.OtherRuntime, "mounts /var/run/docker, below which dockerd's own containerd has its socket"},
	"156": {convert.OtherRuntime, "prunes containerd, which a new Docker daemon cannot stand for"},
	"170": {convert.OtherRuntime, "a Windows pipe: DinD is for Linux"},
	"054": {convert.ObserverClass, "a DaemonSet that also reads the node's /run/runc, cgroups and container logs"},
	"079": {convert.ObserverClass, "mounts the node's root beside the socket"},
	"116": {convert.ObserverClass, "a DaemonSet whose image only sleeps: nothing says client"},
	"032": {convert.UnsureClass, "no container mounts the volume"},
	"072": {convert.UnsureClass, "no container mounts the volume"},
	"073": {convert.UnsureClass, "no container mounts the volume"},
	"141": {convert.UnsureClass, "mounts all of /var/run"},
	"168": {convert.UnsureClass, "mounts the socket read-only, in an image that is not known"},
	"208": {"", "the path ends in a stray quote: no socket"},
	"210": {"", "a values file of a chart, which holds no pod"},
	"231": {convert.UnsureClass, "has a daemon of its own in the pod beside the socket"},
	"238": {"", "a values file of a chart, which holds no pod"},
	"258": {convert.UnsureClass, "Cluster API's Docker provider, whose machines others must reach on the node"},
	"261": {"", "a template that parses, with no volumes that do"},
}

type entry struct{ file, class string }

func (e entry) number() string { return e.file[:3] }

// word is the class without what the index says about it in parentheses.
func (e entry) word() string {
	word, _, _ := strings.Cut(e.class, " ")
	return word
}

// wanted is the class of the file's uses; "" where it has none to be found.
func (e entry) wanted() convert.Class {
	switch {
	case judged[e.number()].why != "":
		return judged[e.number()].class
	case e.word() == "none" || e.word() == "already-dind":
		return ""
	}
	return convert.Class(e.word())
}

func TestCorpus(t *testing.T) {
	dir := folder(t)
	converted := 0
	for _, e := range index(t, dir) {
		t.Run(e.file, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join(dir, e.file))
			require.NoError(t, err)
			file, err := stream.ReadFile(e.file, string(text))
			if err != nil {
				if strings.Contains(string(text), "{{") || strings.Contains(string(text), "{%") {
					return // a template: no YAML until it is rendered
				}
				require.Equal(t, "135", e.number(), "%v", err)
				require.Empty(t, socket.Mentions(string(text)), "only its comments name the socket")
				return
			}
			got := class(find(file))
			require.Equal(t, e.wanted(), got, judged[e.number()].why)
			out, rep := laws.Check(t, text, nil)
			require.Empty(t, rep.Errors())
			if string(out) != string(text) {
				require.Equal(t, convert.ClientClass, got, "only clients are converted")
				converted++
			}
		})
	}
	t.Logf("%d converted", converted)
}

func folder(t *testing.T) string {
	dir := cmp.Or(os.Getenv("DINDIFY_CORPUS"), "../../../shared/corpus")
	if _, err := os.Stat(filepath.Join(dir, "INDEX.tsv")); err != nil {
		t.Skipf("no corpus: DINDIFY_CORPUS names a folder with an INDEX.tsv, and %v", err)
	}
	return dir
}

func index(t *testing.T, dir string) []entry {
	f, err := os.Open(filepath.Join(dir, "INDEX.tsv"))
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	rows, err := r.ReadAll()
	require.NoError(t, err)
	var all []entry
	for _, row := range rows[1:] {
		all = append(all, entry{file: row[0], class: row[len(row)-1]})
	}
	return all
}

func find(file *stream.File) []*convert.Use {
	_, found := function.Convert(file.Items, &report.Report{}, func() (config.Spec, []string) {
		spec := config.New()
		spec.Mode = config.Audit
		return spec, nil
	})
	return found.Uses
}

// class is the one class of all uses in a file; several are joined.
func class(uses []*convert.Use) convert.Class {
	var all []string
	for _, u := range uses {
		if !slices.Contains(all, string(u.Class)) {
			all = append(all, string(u.Class))
		}
	}
	return convert.Class(strings.Join(all, ","))
}
