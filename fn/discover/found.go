package discover

import (
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// Client is a workload to convert.
type Client struct {
	At       kube.Address
	Ref      report.Object
	Location *kube.PodSpecLocation
	Named    bool // not only a generateName: it has this name in a cluster
	Idle     bool // scaled to zero, so there is nothing to clean
}

// Job is a CronJob that prunes the node's daemon.
type Job struct {
	At   kube.Address
	Left report.Finding // the finding if it serves no client
}

// Result is the result for a set.
type Result struct {
	Clients   []Client
	Jobs      []Job
	Uses      []*Use // in mode Audit
	Workloads []Workload
}
