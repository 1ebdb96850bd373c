package config

import (
	"fmt"
	"strings"
)

// What Kubernetes takes for a name (k8s.io/apimachinery/pkg/util/validation), and says of what is none.
const (
	labelLength     = 63
	subdomainLength = 253
	// CronJobNameLength is how long the name of a CronJob may be: its Jobs get eleven characters more, and those are labels
	// (k8s.io/kubernetes, pkg/apis/batch/validation, ValidateCronJobName).
	CronJobNameLength = 52
	labelFormat       = `[a-z0-9]([-a-z0-9]*[a-z0-9])?`
	notALabel         = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an " +
		"alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '" + labelFormat + "')"
	notASubdomain = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an " +
		"alphanumeric character (e.g. 'example.com', regex used for validation is '" + labelFormat + `(\.` + labelFormat + ")*')"
)

// wrongLabel says what is wrong with a name without dots, such as a container's; "" for nothing.
func wrongLabel(name string) string {
	switch {
	case len(name) > labelLength:
		return tooLong(labelLength)
	case isLabel(name):
		return ""
	case isSubdomain(name):
		return "must not contain dots"
	}
	return notALabel
}

// wrongSubdomain says what is wrong with a name that may have dots, such as an object's; "" for nothing.
func wrongSubdomain(name string) string {
	switch {
	case len(name) > subdomainLength:
		return tooLong(subdomainLength)
	case isSubdomain(name):
		return ""
	}
	return notASubdomain
}

func tooLong(most int) string { return fmt.Sprintf("must be no more than %d characters", most) }

// isLabel is labelFormat without a regular expression, which would be compiled in every run: defaults are checked too.
func isLabel(s string) bool {
	const inside = "abcdefghijklmnopqrstuvwxyz0123456789-"
	return s != "" && strings.Trim(s, inside) == "" && strings.Trim(s, "-") == s
}

func isSubdomain(s string) bool {
	for label := range strings.SplitSeq(s, ".") {
		if !isLabel(label) {
			return false
		}
	}
	return true
}
