package verify

// Report is the outcome of a run.
type Report struct {
	APIVersion string    `json:"apiVersion"`
	Server     string    `json:"server"` // version of the API server; "" if unknown
	Checks     []Outcome `json:"checks"` // of the cluster
	Workloads  []*Looked `json:"workloads"`
	Made       []string  `json:"made"` // what the run created, and whether it is gone
}

// Looked is a workload, checked through one of its pods.
type Looked struct {
	Ref       string    `json:"ref"` // Kind/namespace/name
	Pod       string    `json:"pod,omitempty"`
	Node      string    `json:"node,omitempty"`
	About     string    `json:"about,omitempty"` // of the node: versions of kubelet, runtime and kernel
	Converted bool      `json:"converted"`       // by dindify, or else by hand
	Checks    []Outcome `json:"checks"`
}

// Outcome is the result of a check of a workload.
type Outcome struct {
	ID       string   `json:"id"`
	Level    Level    `json:"level"`
	Result   Result   `json:"result"`
	Evidence Evidence `json:"evidence"`
	Text     string   `json:"text"`
	Hint     string   `json:"hint,omitempty"`
	Took     string   `json:"took"` // as Go prints a duration
}
