package verify

import (
	"net/url"
	"strings"

	"github.com/boxp/dindify/fn/kube"
)

// core returns a path of the core group: core("ns", "pods", "name"). An empty namespace means all namespaces, or a
// cluster-scoped resource.
func core(namespace string, parts ...string) string { return group("v1", namespace, parts...) }

// group returns a path of any group: group("apps/v1", "ns", "deployments", "name").
func group(version, namespace string, parts ...string) string {
	var b strings.Builder
	if kube.GroupOf(version) == "" {
		b.WriteString("/api/" + version)
	} else {
		b.WriteString("/apis/" + version)
	}
	if namespace != "" {
		parts = append([]string{"namespaces", namespace}, parts...)
	}
	for _, p := range parts {
		b.WriteString("/" + url.PathEscape(p))
	}
	return b.String()
}

// withQuery adds a query: pairs of key and value.
func withQuery(path string, pairs ...string) string {
	query := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		query.Add(pairs[i], pairs[i+1])
	}
	return path + "?" + query.Encode()
}

// dryRun is the query of a create that changes nothing. Unknown and duplicate fields are refused, as for kubectl
// apply.
const dryRun = "?dryRun=All&fieldValidation=Strict"
