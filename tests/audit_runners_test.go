package tests

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/audit"
)

// TestAdviceForARunnerFitsItsFields: actions-runner-controller adds a daemon, unless a field of the runner says
// otherwise. The advice names that field.
func TestAdviceForARunnerFitsItsFields(t *testing.T) {
	const runner = `apiVersion: actions.summerwind.dev/v1alpha1
kind: %s
metadata: {name: a}
spec:
%s
`
	const volumes = "volumes: [{name: s, hostPath: {path: /var/run/docker.sock}}]"
	const mounted = volumes + ", volumeMounts: [{name: s, mountPath: /var/run/docker.sock}]"
	for name, c := range map[string]struct{ kind, spec, container, class, advice string }{
		"adds a daemon": {"Runner", "{" + mounted + "}", "runner", "client", "adds a Docker daemon by itself"},
		"none":          {"Runner", "{dockerEnabled: false, " + mounted + "}", "runner", "client", "dockerEnabled"},
		"template": {
			"RunnerDeployment", "{template: {spec: {dockerEnabled: false, " + mounted + "}}}", "runner", "client",
			"dockerEnabled",
		},
		"within": {
			"RunnerDeployment", "{template: {spec: {dockerdWithinRunnerContainer: true, dockerEnabled: false, " + mounted +
				"}}}", "runner", "client", "dockerdWithinRunnerContainer",
		},
		"hooks": {"Runner", "{containerMode: kubernetes, " + mounted + "}", "runner", "client", "containerMode"},
		"set": {
			"RunnerSet", "{dockerEnabled: false, template: {spec: {" + volumes + ", containers: [{name: runner, " +
				"volumeMounts: [{name: s, mountPath: /s}]}]}}}", "runner", "client", "dockerEnabled",
		},
		"mounts of the daemon": {
			"Runner", "{" + volumes + ", dockerVolumeMounts: [{name: s, mountPath: /s}]}", "docker", "unsure",
			"dockerVolumeMounts",
		},
		"mounts of no daemon": {
			"Runner", "{dockerEnabled: false, " + volumes + ", dockerVolumeMounts: [{name: s, mountPath: /s}]}", "", "unsure",
			"remove the volume",
		},
	} {
		t.Run(name, func(t *testing.T) {
			out, errs, status := verb(t, fmt.Sprintf(runner, c.kind, "  "+c.spec), "audit", "-o", "json")
			require.Equal(t, 1, status, errs)
			var rows []audit.Row
			require.NoError(t, json.Unmarshal([]byte(out), &rows))
			require.Len(t, rows, 1, out)
			require.Equal(t, []string{c.container, c.class}, []string{rows[0].Container, rows[0].Class}, out)
			require.Contains(t, rows[0].Advice, c.advice)
		})
	}
}
