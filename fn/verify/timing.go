package verify

import "time"

// Time limits of a run. Tests shorten them.
var (
	pollInterval   = time.Second
	readPatience   = 20 * time.Second // for a command that only reads
	canaryPatience = 4 * time.Minute  // until a Job's client works
	canaryGrace    = 90 * time.Second // from the end of a client to that of its Job; from a killed daemon to the next
)

const (
	removeTimeout = time.Minute
	jobDeadline   = 10 * time.Minute // after which the cluster ends the Job of a killed run
	kubeletSlack  = 5 * time.Second  // what the kubelet takes in addition to the grace period
)
