package config

import "k8s.io/apimachinery/pkg/util/validation"

// CronJobNameLength is how long the name of a CronJob may be: its Jobs get eleven characters more, and those are labels
// (k8s.io/kubernetes, pkg/apis/batch/validation, ValidateCronJobName).
const CronJobNameLength = 52

// notALabel says why a name without dots, such as a container's, is none; "" where it is one.
func notALabel(name string) string { return first(validation.IsDNS1123Label(name)) }

// notASubdomain says why a name that may have dots, such as an object's, is none; "" where it is one.
func notASubdomain(name string) string { return first(validation.IsDNS1123Subdomain(name)) }

func first(problems []string) string {
	if len(problems) == 0 {
		return ""
	}
	return problems[0]
}
