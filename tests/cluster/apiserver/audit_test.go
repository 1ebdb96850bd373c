package apiserver

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/binaries"
	"github.com/boxp/dindify/tests/cluster/controlplane"
)

const live = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: builders.ci.example.org
spec:
  group: ci.example.org
  scope: Namespaced
  names: {kind: Builder, listKind: BuilderList, plural: builders, singular: builder}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema: {type: object, description: may mount /var/run/docker.sock, x-kubernetes-preserve-unknown-fields: true}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: agent, namespace: one}
spec:
  selector: {matchLabels: {app: agent, pod-template-hash: 6d4}}
  template:
    metadata: {labels: {app: agent, pod-template-hash: 6d4}}
    spec:
      containers:
      - name: agent
        image: docker:28.5.2-cli
        command: [docker, build, .]
        volumeMounts: [{name: docker, mountPath: /var/run/docker.sock}]
      volumes: [{name: docker, hostPath: {path: /var/run/docker.sock}}]
`

const owned = `apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: agent-6d4
  namespace: one
  labels: {pod-template-hash: 6d4}
  ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: agent, uid: UID, controller: true}]
spec:
  selector: {matchLabels: {app: agent, pod-template-hash: 6d4}}
  template:
    metadata: {labels: {app: agent, pod-template-hash: 6d4}}
    spec:
      containers:
      - name: agent
        image: docker:28.5.2-cli
        command: [docker, build, .]
        volumeMounts: [{name: docker, mountPath: /var/run/docker.sock}]
      volumes: [{name: docker, hostPath: {path: /var/run/docker.sock}}]
---
apiVersion: ci.example.org/v1
kind: Builder
metadata: {name: app, namespace: two}
spec: {volumes: [{hostPath: /run/docker.sock}]}
`

// TestAuditOfALiveCluster runs the commands of docs/detection.md for a cluster: one row for a workload and the objects
// that it owns, with namespaces, and in the second command custom resources.
func TestAuditOfALiveCluster(t *testing.T) {
	root, err := binaries.RepositoryRoot(t.Context())
	require.NoError(t, err)
	cp := controlplane.Start(t)
	cp.CreateNamespace(t, "one")
	cp.CreateNamespace(t, "two")
	s := shell{dir: t.TempDir(), env: append(os.Environ(), "KUBECONFIG="+cp.Kubeconfig, "PATH="+programs(t,
		root)+":"+os.Getenv("PATH"))}
	for name, text := range map[string]string{"live.yaml": live, "owned.yaml": owned} {
		require.NoError(t, os.WriteFile(filepath.Join(s.dir, name), []byte(text), 0o644))
	}
	s.run(t, "kubectl apply -f live.yaml && kubectl wait --for=condition=established crd/builders.ci.example.org")
	s.run(t, `sed "s/UID/$(kubectl -n one get deployment agent -o 'jsonpath={.metadata.uid}')/" owned.yaml | kubectl apply -f -`)
	page, err := os.ReadFile(filepath.Join(root, "docs/detection.md"))
	require.NoError(t, err)
	commands := regexp.MustCompile(`(?m)^kubectl .*\| dindify audit -$`).FindAllString(string(page), -1)
	require.Len(t, commands, 2)
	for i, want := range [][]string{
		{"Deployment/one/agent"},
		{"Deployment/one/agent", "Builder/two/app"},
	} {
		var rows []struct{ Object string }
		require.NoError(t, json.Unmarshal([]byte(s.run(t, commands[i]+" -o json || test $? = 1")), &rows))
		var objects []string
		for _, r := range rows {
			objects = append(objects, r.Object)
		}
		require.ElementsMatch(t, want, objects, commands[i])
	}
}
