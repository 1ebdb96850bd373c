package config

import (
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"
)

// CronJobNameLength limits the name of a CronJob: its Jobs' names have eleven more characters and are used as labels
// (k8s.io/kubernetes, pkg/apis/batch/validation, ValidateCronJobName).
const CronJobNameLength = 52

// notALabel returns why a name without dots, such as a container's, is invalid, or "".
func notALabel(name string) string { return first(validation.IsDNS1123Label(name)) }

// notASubdomain returns why a name that may have dots, such as an object's, is invalid, or "".
func notASubdomain(name string) string { return first(validation.IsDNS1123Subdomain(name)) }

// notAResource applies the rule of the API server for the resources of a container: a name without a domain is one of
// Kubernetes' own.
func notAResource(name string) string {
	own := []string{"cpu", "memory", "ephemeral-storage"}
	if !strings.Contains(name, "/") && !slices.Contains(own, name) && !strings.HasPrefix(name, "hugepages-") {
		return "must be cpu, memory, ephemeral-storage, hugepages-SIZE, or a name with a domain such as example.com/gpu"
	}
	return first(validation.IsQualifiedName(name))
}

func first(problems []string) string {
	if len(problems) == 0 {
		return ""
	}
	return problems[0]
}
