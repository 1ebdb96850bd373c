package discover

import (
	"fmt"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
	"github.com/boxp/dindify/fn/yamldoc"
)

// discoverInData reports host paths in a document that is not an object: a JSON patch (RFC 6902), as used by
// kustomize's patches and kubectl patch, or the values of a chart. Its use is unknown.
func (s *discovery) discoverInData(item *kube.Item) {
	if item.Objects() > 0 || len(s.Workloads) > 0 || len(s.report.All()) > 0 {
		return
	}
	isData := false
	item.Document().View(func(root *yaml.Node) { isData = root != nil && yamldoc.Text(root, "kind") == "" })
	if !isData {
		return
	}
	for _, m := range socket.Mentions(item.Document().Text()) {
		if m.Role != socket.HostPath {
			continue
		}
		line := max(item.Line, 1) + m.Line - 1
		s.report.Add(report.Finding{
			Severity: report.Warning, Object: report.Object{File: item.File, Index: item.Index, Line: line},
			Path: strings.TrimSpace(fmt.Sprintf("%s line %d", item.File, line)),
			Reason: report.Because(report.KindUnknown, "names %s, which leads to the node's %s, in a document that is not an "+
				"object, such as a patch or the values of a chart: not converted; change it there", m.Path, m.Runtime),
		})
	}
}
