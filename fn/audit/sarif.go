package audit

import (
	"cmp"
	"fmt"
	"io"
	"net/url"
	"path/filepath"

	"github.com/boxp/dindify/fn/report"
)

// SARIF 2.1.0 (OASIS), the subset that code scanning reads.
type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool    sarifTool     `json:"tool"`
	Results []sarifResult `json:"results"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name           string      `json:"name"`
	Version        string      `json:"version"`
	InformationURI string      `json:"informationUri"`
	Rules          []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID               string    `json:"id"`
	ShortDescription sarifText `json:"shortDescription"`
	Help             sarifText `json:"help"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifResult struct {
	RuleID    string          `json:"ruleId"`
	Level     string          `json:"level"`
	Message   sarifText       `json:"message"`
	Locations []sarifLocation `json:"locations"`
	// PartialFingerprints identify a result for code scanning when its line changes.
	PartialFingerprints map[string]string  `json:"partialFingerprints"`
	Suppressions        []sarifSuppression `json:"suppressions,omitempty"`
}

type sarifSuppression struct {
	Kind string `json:"kind"`
}

type sarifLocation struct {
	PhysicalLocation sarifPhysical `json:"physicalLocation"`
}

type sarifPhysical struct {
	ArtifactLocation sarifArtifact `json:"artifactLocation"`
	Region           sarifRegion   `json:"region"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifRegion struct {
	StartLine int `json:"startLine"`
}

const ruleID = "container-runtime-socket"

func sarif(out io.Writer, a Account, version string) error {
	run := sarifRun{
		Tool: sarifTool{sarifDriver{
			Name: "dindify", Version: version, InformationURI: "https://github.com/boxp/dindify",
			Rules: []sarifRule{{
				ID:               ruleID,
				ShortDescription: sarifText{"A workload reaches the node's container runtime"},
				Help: sarifText{"A process that can use the socket is root on the node. dindify convert gives Docker " +
					"clients their own daemon."},
			}},
		}},
		Results: []sarifResult{},
	}
	for _, r := range a.Rows {
		result := sarifResult{
			RuleID: ruleID, Level: "warning",
			Message:             sarifText{r.sentence()},
			Locations:           []sarifLocation{{sarifPhysical{sarifArtifact{r.uri()}, sarifRegion{max(r.Line, 1)}}}},
			PartialFingerprints: map[string]string{"dindify/v1": r.fingerprint},
		}
		if r.Class == Acknowledged {
			result.Suppressions = []sarifSuppression{{"external"}}
		}
		run.Results = append(run.Results, result)
	}
	return report.EncodeJSON(out, sarifLog{
		Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run},
	})
}

// uri returns the file as code scanning expects it: relative to the repository's root if the audit ran there.
func (r Row) uri() string {
	name := filepath.ToSlash(cmp.Or(r.File, "stdin"))
	return (&url.URL{Path: name}).String()
}

func (r Row) sentence() string {
	s := fmt.Sprintf("%s leads to the node's %s (%s: %s). %s", r.HostPath, r.Runtime, r.Class, r.Reason, r.Advice)
	if r.Object == "" {
		return s
	}
	return r.Object + " " + r.Field + ": " + s
}
