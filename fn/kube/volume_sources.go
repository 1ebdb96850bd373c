package kube

import "slices"

// FileSources lists the sources of volumes whose files the kubelet writes, with a mode for each. Containers cannot
// write to them.
var FileSources = []string{"secret", "configMap", "downwardAPI", "projected"}

// HasSource reports whether a volume has one of some sources.
func HasSource(volume Field, sources []string) bool {
	return slices.ContainsFunc(sources, func(name string) bool { return volume.Get(name).Exists() })
}
