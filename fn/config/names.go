package config

import "k8s.io/apimachinery/pkg/util/validation"

// CronJobNameLength limits the name of a CronJob: its Jobs' names have eleven more characters and are used as labels
// (k8s.io/kubernetes, pkg/apis/batch/validation, ValidateCronJobName).
const CronJobNameLength = 52

// notALabel returns why a name without dots, such as a container's, is invalid, or "".
func notALabel(name string) string { return first(validation.IsDNS1123Label(name)) }

// notASubdomain returns why a name that may have dots, such as an object's, is invalid, or "".
func notASubdomain(name string) string { return first(validation.IsDNS1123Subdomain(name)) }

func first(problems []string) string {
	if len(problems) == 0 {
		return ""
	}
	return problems[0]
}
