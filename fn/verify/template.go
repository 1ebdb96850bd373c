package verify

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/kube"
)

// templateOf returns a workload for an object of the files whose kind dindify converts and verify does not read in the
// cluster, such as a Rollout of Argo, or nil. Only its pod is known.
func templateOf(m *Manifest) (*Workload, error) {
	i := slices.IndexFunc(kube.PodSpecLocations, func(l kube.PodSpecLocation) bool {
		return l.Kind == m.Kind && l.Group == kube.GroupOf(m.APIVersion) && l.ReportOnly == ""
	})
	if i < 0 {
		return nil, nil
	}
	raw := m.Raw
	for key := range strings.SplitSeq(strings.TrimSuffix(kube.PodSpecLocations[i].Path, ".spec"), ".") {
		var fields map[string]json.RawMessage
		if err := json.Unmarshal(raw, &fields); err != nil {
			return nil, decodeError(err)
		}
		if raw = fields[key]; len(raw) == 0 {
			return nil, nil // such as a Rollout with workloadRef
		}
	}
	w := &Workload{Kind: m.Kind, Name: m.Name, Labels: m.Labels, Annotations: m.Annotations}
	if err := json.Unmarshal(raw, &w.Template); err != nil {
		return nil, decodeError(err)
	}
	return w, nil
}
