package verify

import "time"

// How long a run waits for what takes time. Tests shorten it.
var (
	pollInterval   = time.Second
	canaryPatience = 4 * time.Minute  // until a Job's client works
	canaryGrace    = 90 * time.Second // from the end of a client to that of its Job; from a killed daemon to the next
)

const (
	removeTimeout = time.Minute
	jobDeadline   = 10 * time.Minute // after which the cluster ends a Job whose run was killed
	kubeletSlack  = 5 * time.Second  // what the kubelet takes beside the grace period
)
