package convert

import (
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// discoverInTexts finds what the texts of an object name: configuration that is not YAML, such as GitLab Runner's. What the
// program that reads them makes of it is not known.
func (c *Conversion) discoverInTexts(s *discovery, o *kube.Object) {
	for _, text := range o.Texts() {
		for _, m := range socket.Mentions(text.Text()) {
			line := text.Line(m.Line)
			u := &Use{Use: m.Use, Pod: kube.Pod{Field: line, Location: &kube.PodSpecLocation{}}, Volume: line, HostPath: m.Path, Class: UnsureClass, Evidence: "named in a text, and what reads it is not known"}
			if u.Runtime != socket.Docker {
				u.Class, u.Evidence = OtherRuntime, otherRuntime(u)
			}
			switch {
			case c.Mode == config.Audit:
				s.uses = append(s.uses, u)
			case m.Role == socket.HostPath: // a bind mount's path is the daemon's, which is the pod's own then
				line.Warn(report.Because(report.KindUnknown, "names %s, which leads to the node's %s, in a text: left alone; change it there", m.Path, m.Runtime))
			}
		}
	}
}
