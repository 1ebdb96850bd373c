package controlplane_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/controlplane"
)

const sidecar = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: app-%d, namespace: openhands}
spec:
  selector: {matchLabels: {app: app}}
  template:
    metadata: {labels: {app: app}}
    spec:
      initContainers:
      - {name: dind-daemon, image: docker:28.5.2-dind, restartPolicy: Always, imagePullPolicy: %s}
      containers:
      - {name: app, image: app}
---
apiVersion: v1
kind: Pod
metadata: {name: bare, namespace: openhands}
spec: {containers: [{name: app, image: app}]}
`

func TestDryRun(t *testing.T) {
	cp := controlplane.Start(t)
	cp.CreateNamespace(t, "openhands")

	begin := time.Now()
	const runs = 100
	for i := range runs {
		require.NoError(t, cp.DryRun(t.Context(), fmt.Appendf(nil, sidecar, i, "Always")))
	}
	t.Logf("%d documents in %s", 2*runs, time.Since(begin))

	require.ErrorContains(t, cp.DryRun(t.Context(), fmt.Appendf(nil, sidecar, 0, "Sometimes")), `Deployment app-0: `)
	require.ErrorContains(t, cp.DryRun(t.Context(),
		[]byte(`{apiVersion: v1, kind: ConfigMap, metadata: {name: x}, dta: {}}`)), ".dta: field not declared in schema")
}
