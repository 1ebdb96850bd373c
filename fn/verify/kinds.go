package verify

import (
	"path"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/kube"
)

// kind describes how to find and read workloads of one kind.
type kind struct {
	name, version, resource string
	aliases                 []string
}

var kinds = []kind{
	{"Deployment", "apps/v1", "deployments", []string{"deploy"}},
	{"StatefulSet", "apps/v1", "statefulsets", []string{"sts"}},
	{"DaemonSet", "apps/v1", "daemonsets", []string{"ds"}},
	{"ReplicaSet", "apps/v1", "replicasets", []string{"rs"}},
	{"ReplicationController", "v1", "replicationcontrollers", []string{"rc"}},
	{"CronJob", "batch/v1", "cronjobs", []string{"cj"}},
	{"Job", "batch/v1", "jobs", nil},
	{"Pod", "v1", "pods", []string{"po"}},
}

// findKind finds the kind of an argument as kubectl does: the name of the kind in any case, its resource or a short
// form, each with or without its group, or its version and group: deploy, deployments.apps, deployment.v1.apps.
func findKind(name string) (kind, bool) {
	name, of, qualified := strings.Cut(strings.ToLower(name), ".")
	for _, k := range kinds {
		if name != strings.ToLower(k.name) && name != k.resource && !slices.Contains(k.aliases, name) {
			continue
		}
		group := kube.GroupOf(k.version)
		if !qualified || of == group || of == path.Base(k.version)+"."+group {
			return k, true
		}
	}
	return kind{}, false
}

// kindOfObject returns the kind of an object, or of an owner. Groups of others have kinds with the same names, such as
// the Job of Volcano. Deployments, DaemonSets and ReplicaSets were in the group extensions before they were in apps.
func kindOfObject(apiVersion, name string) (kind, bool) {
	group := kube.GroupOf(apiVersion)
	if group == "extensions" {
		group = "apps"
	}
	for _, k := range kinds {
		if k.name == name && kube.GroupOf(k.version) == group {
			return k, true
		}
	}
	return kind{}, false
}

// kindOf returns the kind with a name that is one of kinds.
func kindOf(name string) kind {
	k, _ := findKind(name)
	return k
}

func (k kind) path(namespace string, parts ...string) string {
	return group(k.version, namespace, append([]string{k.resource}, parts...)...)
}

func (k kind) right(verb string) Right {
	return Right{verb, kube.GroupOf(k.version), k.resource, false}
}
