package kube

import (
	"strings"

	"github.com/boxp/dindify/fn/pattern"
)

var ordinal = pattern.Lazy(`^-\d+$`)

// HasOrdinal reports whether a name is that of a pod or a claim of a StatefulSet: base, and the ordinal that the
// StatefulSet adds. A claim's base is CLAIM-STATEFULSET, a pod's is the StatefulSet's name.
func HasOrdinal(name, base string) bool {
	rest, ok := strings.CutPrefix(name, base)
	return ok && ordinal().MatchString(rest)
}
