package starter

import (
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/boxp/dindify/fn/api"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/report"
)

// choice is a field of the configuration that the workloads at hand need, and why.
type choice struct {
	lines []string // in spec, indented below it
	set   func(*config.Spec)
}

const sizeLimit = "20Gi"

// choose goes by what was said of the conversion.
func choose(said *report.Report) []choice {
	all := []choice{{
		lines: []string{
			"daemon:",
			"  storage:",
			"    emptyDir:",
			"      sizeLimit: " + sizeLimit + " # images and containers; above it this pod is evicted, and not its neighbours",
		},
		set: func(s *config.Spec) {
			limit := resource.MustParse(sizeLimit)
			s.Daemon.Storage.EmptyDir = &api.EmptyDirVolumeSource{SizeLimit: &limit}
		},
	}}
	if why := needsPruner(said); why != "" {
		all = append(all, choice{
			lines: []string{"cleanup:", "  mode: Sidecar # " + why},
			set:   func(s *config.Spec) { s.Cleanup.Mode = config.CleanupSidecar },
		})
	}
	return all
}

// needsPruner says why the CronJob that was rewritten for a workload does not reach every daemon; "" where it does, and where
// there is none.
func needsPruner(said *report.Report) string {
	for _, f := range said.All() {
		if f.ID == report.CleanupReplicas {
			return f.Object.Kind + "/" + f.Object.Name + " has several pods, and the CronJob of the input reaches one"
		}
	}
	return ""
}
