package convert

import (
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// foundClient is a workload to convert.
type foundClient struct {
	at       kube.Address
	ref      report.Object
	location *kube.PodSpecLocation
	named    bool // not only a generateName: it has this name in a cluster
	idle     bool // scaled to zero, so there is nothing to clean
}

// foundJob is a CronJob that prunes the node's daemon.
type foundJob struct {
	at   kube.Address
	left report.Finding // the finding if it serves no client
}

// foundAll is the result for a set.
type foundAll struct {
	clients   []foundClient
	jobs      []foundJob
	uses      []*Use // in mode Audit
	workloads []Workload
}
