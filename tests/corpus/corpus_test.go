package corpus

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/cli"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/discover"
	"github.com/boxp/dindify/fn/function"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/stream"
	"github.com/boxp/dindify/tests/laws"
)

// judged has the files, by number, in which dindify's class differs from the index's, and why dindify is right or
// wrong. The index has no class for other runtimes, and unsure for a few only.
var judged = map[string]struct {
	class discover.Class
	why   string
}{
	"005": {discover.OwnedClass, "a Pod that a controller made, read from a cluster"},
	"025": {discover.OtherRuntime, "containerd's socket: no Docker API"},
	"029": {discover.OtherRuntime, "cri-dockerd's socket: no Docker API"},
	"030": {discover.OtherRuntime, "CRI-O's socket: no Docker API"},
	"032": {discover.UnsureClass, "no container mounts the volume"},
	"054": {discover.UnsureClass, "a DaemonSet that also reads the node's /run/runc, cgroups and container logs"},
	"059": {discover.OtherRuntime, "dockershim's socket: no Docker API"},
	"072": {discover.UnsureClass, "no container mounts the volume"},
	"073": {discover.UnsureClass, "no container mounts the volume"},
	"079": {discover.ObserverClass, "mounts the node's root beside the socket"},
	"110": {discover.OtherRuntime, "Podman's socket: a client of podman, whose images and pods dockerd does not have"},
	"116": {discover.ObserverClass, "a DaemonSet whose image only sleeps: nothing says client"},
	"120": {discover.OtherRuntime, "containerd's socket: no Docker API"},
	"121": {discover.OtherRuntime, "mounts /var/run/docker, below which dockerd's own containerd has its socket"},
	"141": {discover.UnsureClass, "mounts all of /var/run"},
	"156": {discover.OtherRuntime, "prunes containerd, which a new Docker daemon cannot stand for"},
	"168": {discover.UnsureClass, "mounts the socket read-only, in an image that is not known"},
	"170": {discover.OtherRuntime, "a Windows pipe: DinD is for Linux"},
	"208": {"", "the path ends in a stray quote: no socket"},
	"210": {"", "a values file of a chart, which holds no pod: audit names the line"},
	"238": {"", "a values file of a chart, which holds no pod: audit names the line"},
}

// reported has the files, by number, whose clients are reported and not converted, although the class is the index's.
var reported = map[string]string{
	"002": "a Tekton Task",
	"003": "pods in the text of a ConfigMap",
	"102": "a pod without a kind",
	"108": "a RunnerDeployment, whose controller makes the pod",
	"137": "Jenkins' configuration as code, in a text",
	"139": "an Argo WorkflowTemplate",
	"140": "a RunnerDeployment, whose controller makes the pod",
	"201": "a RunnerDeployment, whose controller makes the pod",
	"221": "an Argo Workflow",
}

// missed has the files, by number, with a socket that audit does not find.
var missed = map[string]string{
	"249": "a Helm template whose path is a value of the chart",
}

// told has the files, by number, in which audit finds something although the index counts no use.
var told = map[string]string{
	"019": "Marathon's JSON, which mounts the socket all the same",
	"107": "pods in a document that is no Kubernetes object",
	"121": "a folder of dockerd's own, with its containerd's socket",
	"208": "the socket with a stray quote behind it",
	"214": "a value of a chart, for a use that is switched off",
}

var update = flag.Bool("update", false, "write the figures into docs/detection.md")

// finding is dindify's result for a file.
type finding struct {
	class   discover.Class // of all uses; several are joined
	isFound bool           // by audit
	isText  bool           // not YAML: searched line by line, and never converted
	output  string
}

// usesSocket reports whether the index counts a use of a runtime's socket.
func (f File) usesSocket() bool { return f.Class != "none" && f.Class != "already-dind" }

// wanted returns the class of the file's uses, or "" if it has none to find.
func (f File) wanted() discover.Class {
	switch {
	case judged[f.Number()].why != "":
		return judged[f.Number()].class
	case f.Class == "none" || f.Class == "already-dind":
		return ""
	}
	return discover.Class(f.Class)
}

// read returns the text of a corpus file; the test is skipped if the file does not exist.
func (f File) read(t *testing.T) []byte {
	text, err := os.ReadFile(filepath.Join(Dir(), f.Name))
	if os.IsNotExist(err) {
		t.Skipf("MISSING: %s/%s at %s; make corpus fetches it", f.Repository, f.Path, f.Commit)
	}
	require.NoError(t, err)
	return text
}

// look runs dindify on a file, and checks the laws.
func (f File) look(t *testing.T, text []byte) finding {
	file, err := stream.ReadFile(f.Name, string(text))
	if err != nil {
		return finding{isText: true, isFound: isFound(t, f)}
	}
	uses := find(file)
	out, rep := laws.Check(t, text, nil)
	require.Empty(t, rep.Errors())
	return finding{class: class(uses), isFound: isFound(t, f), output: string(out)}
}

// isFound reports whether the audit verb finds something in a file.
func isFound(t *testing.T, f File) bool {
	var out, errs bytes.Buffer
	status := cli.Run(cli.Streams{In: strings.NewReader(""), Out: &out, Err: &errs}, "test", []string{
		"audit",
		filepath.Join(Dir(), f.Name),
	})
	require.Contains(t, []int{0, 1, 2}, status, "%s", errs.String()) // 2: the file is not readable, which is reported
	return status == 1
}

func TestCorpus(t *testing.T) {
	total := figures{}
	for _, f := range Files() {
		t.Run(f.Name, func(t *testing.T) {
			text := f.read(t)
			got := f.look(t, text)
			if !got.isText {
				require.Equal(t, f.wanted(), got.class, judged[f.Number()].why)
			}
			isConverted := !got.isText && got.output != string(text)
			if isConverted {
				require.Equal(t, discover.ClientClass, got.class, "only clients are converted")
			}
			if f.Class == "client" && !got.isText && !isConverted {
				require.NotEmpty(t, reported[f.Number()]+judged[f.Number()].why, "a client is left, and no table says why")
			} else {
				require.Empty(t, reported[f.Number()], "is converted")
			}
			if uses := f.usesSocket(); uses && !got.isFound {
				require.NotEmpty(t, missed[f.Number()], "audit finds nothing, and no table says why")
			} else if !uses && got.isFound {
				require.NotEmpty(t, told[f.Number()], "audit finds something, and no table says why")
			} else {
				require.Empty(t, missed[f.Number()]+told[f.Number()], "is as the index says")
			}
			total.add(f, text, got)
		})
	}
	if total.files == 0 {
		fmt.Fprintf(os.Stderr, "CORPUS MISSING: none of the %d public manifests is in %s; nothing was held against them. "+
			"make corpus fetches them.\n", len(Files()), Dir())
		t.Skip("corpus missing")
	}
	t.Logf("\n%s", total)
	require.Zero(t, total.wrong, "converted, and neither a client nor judged to be one")
	if total.files == len(Files()) && total.changed == 0 {
		comparePage(t, total.String())
	}
}

// comparePage compares the figures with those of the page.
func comparePage(t *testing.T, figures string) {
	const page, begin, end = "../../docs/detection.md", "<!-- measured by tests/corpus -->\n",
		"<!-- end of tests/corpus -->"
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	before, rest, ok := strings.Cut(string(text), begin)
	require.True(t, ok)
	had, after, ok := strings.Cut(rest, end)
	require.True(t, ok)
	if *update {
		require.NoError(t, os.WriteFile(page, []byte(before+begin+figures+end+after), 0o644))
		return
	}
	require.Equal(t, had, figures, "go test ./tests/corpus -update writes them")
}

// figures has the figures of the page docs/detection.md.
type figures struct {
	files, changed      int // available; of them, those whose text differs from the classified one
	use, found, nothing int // those that use a socket; of them found; those that use none but are reported
	clients, converted  int // those with a client of a convertible kind; of them converted
	wrong               int // converted although they are not clients
	agree, explained    int // with the index; against it, with a reason in the table
}

func (s *figures) add(f File, text []byte, got finding) {
	s.files++
	if !f.Matches(text) {
		s.changed++
	}
	uses := f.usesSocket()
	converted := !got.isText && got.output != string(text)
	switch {
	case uses && got.isFound:
		s.use, s.found = s.use+1, s.found+1
	case uses:
		s.use++
	case got.isFound:
		s.nothing++
	}
	if f.Class == "client" && !got.isText {
		s.clients++
	}
	if converted {
		s.converted++
		if f.Class != "client" {
			s.wrong++
		}
	}
	if judged[f.Number()].why != "" {
		s.explained++
	} else {
		s.agree++
	}
}

func (s figures) String() string {
	rows := []string{
		"| | files |", "| --- | --- |",
		fmt.Sprintf("| public manifests | %d |", s.files),
		fmt.Sprintf("| use a runtime's socket; found by `audit` | %d; %d |", s.use, s.found),
		fmt.Sprintf("| use none, and are reported | %d |", s.nothing),
		fmt.Sprintf("| clients by the index; converted by `convert` | %d; %d |", s.clients, s.converted),
		fmt.Sprintf("| converted, and no client | %d |", s.wrong),
		fmt.Sprintf("| class as in the index; another, with the reason in `tests/corpus` | %d; %d |", s.agree, s.explained),
	}
	return strings.Join(rows, "\n") + "\n"
}

func find(file *stream.File) []*discover.Use {
	_, found := function.Convert(file.Items, &report.Report{}, func() (config.Spec, []string) {
		spec := config.New()
		spec.Mode = config.Audit
		return spec, nil
	})
	return found.Uses
}

// class returns the one class of all uses in a file; several are joined.
func class(uses []*discover.Use) discover.Class {
	var all []string
	for _, u := range uses {
		if !slices.Contains(all, string(u.Class)) {
			all = append(all, string(u.Class))
		}
	}
	return discover.Class(strings.Join(all, ","))
}
