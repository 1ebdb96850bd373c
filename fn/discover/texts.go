package discover

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// discoverInTexts finds uses in the texts of an object: configuration that is not YAML, such as GitLab Runner's.
// Their effect depends on the program that reads them.
func (f *Finder) discoverInTexts(s *discovery, o *kube.Object) {
	for _, text := range o.Texts() {
		if IsDescription(text) {
			continue
		}
		for _, m := range socket.Mentions(text.Text()) {
			line := text.Line(m.Line)
			u := &Use{
				Use: m.Use, Pod: kube.Pod{Field: line, Location: &kube.PodSpecLocation{}}, Volume: line, HostPath: m.Path,
				Line: m.Text, Class: UnsureClass, Evidence: readerOf(text),
			}
			if u.Runtime != socket.Docker {
				u.Class, u.Evidence = OtherRuntime, otherRuntime(u)
			}
			switch {
			case f.Mode == config.Audit && m.Role == socket.Bind && f.isOwnText(o):
				u.Class, u.Evidence = DinDClass, "a bind mount, which the Docker daemon of the pod that mounts this text resolves"
				s.Uses = append(s.Uses, u)
			case f.Mode == config.Audit:
				s.Uses = append(s.Uses, u)
			case m.Role == socket.HostPath: // a bind mount's path is resolved by the daemon, which will be the pod's own
				line.Warn(report.Because(report.KindUnknown, "names %s, which leads to the node's %s, in a text: not converted; "+
					"change it there", m.Path, m.Runtime))
			}
		}
	}
}

// descriptions lists keys whose texts are for people.
var descriptions = []string{"description", "message", "statement", "summary"}

// IsDescription reports whether a text is for people, by its key: description, README.md. It mounts nothing.
func IsDescription(text kube.Field) bool {
	name := text.Name()
	return slices.Contains(descriptions, name) || strings.HasPrefix(name, "README") || strings.HasSuffix(name, ".md")
}

// textReaders lists texts whose reader is known, by a word in them or by their key, and how it uses a path of the
// node.
var textReaders = []struct{ word, key, does string }{
	{"[runners.kubernetes.", "", "GitLab Runner's configuration: it mounts the path into the containers of every job"},
	{"[runners.docker]", "", "GitLab Runner's configuration: its Docker executor mounts the path into every job"},
	{"", "workflowDefaults", "defaults of Argo Workflows, which apply to every workflow"},
	{"", "patch", "a patch, whose result is unknown"},
	{"", "values", "values of a chart, whose use in the chart is unknown"},
	{"", "default-pod-template", "the pod template that Tekton uses for every run without one"},
}

// readerOf returns the evidence for a path in a text.
func readerOf(text kube.Field) string {
	for _, r := range textReaders {
		if r.word != "" && strings.Contains(text.Text(), r.word) || r.key != "" && text.Name() == r.key {
			return r.does
		}
	}
	return "named in a text, whose reader is unknown"
}
