package tests

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestContradictionsNameBothFields: with both names the user can choose which of the two to change.
func TestContradictionsNameBothFields(t *testing.T) {
	edited := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(deployment) }
	job := edited("apps/v1", "batch/v1", "Deployment", "Job")
	inPod := func(field string) string {
		return edited("    spec:\n      containers:", "    spec:\n      "+field+"\n      containers:")
	}
	convert := func(workload string) string {
		return strings.Replace(workload, "  name: app\n", "  name: app\n  annotations: {dindify.dev/convert: \"true\"}\n", 1)
	}
	tests := map[string]struct {
		spec, workload string
		fields         [2]string
	}{
		"host network of a daemon": {"pod: {hostNetwork: Keep}", deployment, [2]string{
			"spec.pod.hostNetwork",
			"spec.mode",
		}},
		"socket file over TCP": {
			"client: {transport: TCP, socketMount: File}", deployment,
			[2]string{"spec.client.socketMount", "spec.client.transport"},
		},
		"socket file over TLS": {
			"client: {transport: TLS, socketMount: File}", deployment,
			[2]string{"spec.client.socketMount", "spec.client.transport"},
		},
		"schedule of a pruner": {
			`cleanup: {mode: Sidecar, schedule: "0 3 * * *"}`, deployment,
			[2]string{"spec.cleanup.schedule", "spec.cleanup.mode"},
		},
		"schedule of nothing": {
			`cleanup: {mode: None, schedule: "0 3 * * *"}`, deployment,
			[2]string{"spec.cleanup.schedule", "spec.cleanup.mode"},
		},
		"interval of a CronJob": {
			"cleanup: {mode: CronJob, interval: 24h}", deployment,
			[2]string{"spec.cleanup.interval", "spec.cleanup.mode"},
		},
		"interval of nothing": {
			"cleanup: {mode: None, interval: 24h}", deployment,
			[2]string{"spec.cleanup.interval", "spec.cleanup.mode"},
		},
		"command of nothing": {
			"cleanup: {mode: None, command: [docker, system, prune, -f]}",
			deployment,
			[2]string{"spec.cleanup.command", "spec.cleanup.mode"},
		},
		"kubectl in a pruner": {
			"cleanup: {mode: Sidecar, image: r.example/kubectl:1}", deployment,
			[2]string{"spec.cleanup.image", "spec.cleanup.mode"},
		},
		"docker in a CronJob": {
			"cleanup: {mode: CronJob, image: docker:28-cli}", deployment,
			[2]string{"spec.cleanup.image", "kubectl"},
		},
		"account of a pruner": {
			"cleanup: {mode: Sidecar, serviceAccountName: x}", deployment,
			[2]string{"spec.cleanup.serviceAccountName", "spec.cleanup.mode"},
		},
		"role of nothing": {
			"cleanup: {mode: None, roleName: x}", deployment,
			[2]string{"spec.cleanup.roleName", "spec.cleanup.mode"},
		},
		"pruner before the daemon": {
			"{daemon: {startup: PostStart}, cleanup: {mode: Sidecar}}", deployment,
			[2]string{"spec.cleanup.mode", "spec.daemon.startup"},
		},
		"two kinds of storage": {"daemon: {storage: {emptyDir: {}, persistentVolumeClaim: " +
			"{claimName: x}}}", deployment, [2]string{"spec.daemon.storage: emptyDir", "persistentVolumeClaim"}},
		"rootless with a rootful image": {
			`daemon: {isolation: Rootless, image: "docker:28-dind"}`, deployment,
			[2]string{"spec.daemon.isolation", "spec.daemon.image"},
		},
		"rootful with a rootless image": {
			`daemon: {image: "docker:28-dind-rootless"}`, deployment,
			[2]string{"spec.daemon.image", "spec.daemon.isolation"},
		},
		"Kata on virtiofs": {
			"daemon: {isolation: Kata, storage: {emptyDir: {sizeLimit: 1Gi}}}",
			deployment,
			[2]string{"spec.daemon.storage.emptyDir.medium", "spec.daemon.isolation"},
		},
		"privileged in sysbox": {
			"daemon: {runtimeClassName: sysbox-runc}", deployment,
			[2]string{"spec.daemon.runtimeClassName", "spec.daemon.isolation"},
		},
		"a socket between gVisor's containers": {
			"daemon: {isolation: GVisor}", deployment,
			[2]string{"spec.client.transport", "spec.daemon.isolation"},
		},
		"an overlay on gVisor's disk": {"{daemon: {isolation: GVisor, storage: {emptyDir: {sizeLimit: 1Gi}}}, " +
			"client: {transport: TCP}}", deployment, [2]string{"spec.daemon.storage", "spec.daemon.isolation"}},
		"privileged in gVisor": {
			"daemon: {runtimeClassName: gvisor}", deployment,
			[2]string{"spec.daemon.runtimeClassName", "spec.daemon.isolation"},
		},
		"gVisor's class for sysbox": {
			"daemon: {isolation: Sysbox, runtimeClassName: gvisor}", deployment,
			[2]string{"spec.daemon.runtimeClassName", "spec.daemon.isolation"},
		},
		"a class of its own in sysbox": {
			"daemon: {isolation: Sysbox}", inPod("runtimeClassName: mine"),
			[2]string{"spec.template.spec.runtimeClassName", "spec.daemon.isolation"},
		},
		"a block device in a user namespace": {
			"daemon: {isolation: UserNamespace}", edited("      containers:\n      - ",
				"      containers:\n      - volumeDevices: [{name: x, devicePath: /dev/xvda}]\n        "),
			[2]string{"volumeDevices", "spec.daemon.isolation"},
		},
		"a pod in gVisor": {
			"daemon: {}", inPod("runtimeClassName: gvisor"),
			[2]string{"spec.template.spec.runtimeClassName", "spec.daemon.isolation"},
		},
		"variable set and removed": {
			"client: {env: [{name: A, value: b}], unsetEnv: [A]}", deployment,
			[2]string{"spec.client.env[0].name", "spec.client.unsetEnv"},
		},
		"address and transport": {
			"client: {env: [{name: DOCKER_HOST, value: b}]}", deployment,
			[2]string{"spec.client.env[0].name", "spec.client.transport"},
		},
		"a Job whose daemon never ends": {"daemon: {startup: PostStart}", job, [2]string{
			"Job/app",
			"spec.daemon.startup",
		}},
		"replicas on one claim": {
			"daemon: {storage: {persistentVolumeClaim: {claimName: x}}}",
			edited("spec:\n  template", "spec:\n  replicas: 2\n  template"),
			[2]string{
				"spec.replicas",
				"spec.daemon.storage.persistentVolumeClaim",
			},
		},
		"a rolling update on one claim": {
			"daemon: {storage: {persistentVolumeClaim: {claimName: x}}}", deployment,
			[2]string{"spec.strategy", "spec.daemon.storage.persistentVolumeClaim"},
		},
		"pods of a Job on one claim": {
			"daemon: {storage: {persistentVolumeClaim: {claimName: x}}}",
			strings.Replace(job, "spec:\n", "spec:\n  parallelism: 3\n", 1),
			[2]string{
				"spec.parallelism",
				"spec.daemon.storage.persistentVolumeClaim",
			},
		},
		"another runtime class": {
			"daemon: {isolation: Sysbox}", inPod("runtimeClassName: gvisor"),
			[2]string{"spec.template.spec.runtimeClassName", "spec.daemon.isolation"},
		},
		"the node's processes in a user namespace": {
			"daemon: {isolation: UserNamespace}", convert(inPod("hostPID: true")),
			[2]string{"spec.template.spec.hostPID", "spec.daemon.isolation"},
		},
		"the node's users in a user namespace": {
			"daemon: {isolation: Sysbox}", inPod("hostUsers: true"),
			[2]string{"spec.template.spec.hostUsers", "spec.daemon.isolation"},
		},
		"a privileged client in sysbox": {"daemon: {isolation: Sysbox}", edited("image: example.com/app",
			"image: example.com/app\n        securityContext: {privileged: true}"), [2]string{
			"securityContext.privileged",
			"spec.daemon.isolation",
		}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			in := list(spec(tt.spec), tt.workload)
			out, errs, status := run(in)
			require.Equal(t, 1, status, errs)
			for line := range strings.Lines(errs) {
				if strings.Contains(line, tt.fields[0]) && strings.Contains(line, tt.fields[1]) {
					require.True(t, strings.HasPrefix(out, in), "items unchanged")
					return
				}
			}
			require.Fail(t, "no message names both", "%v\n%s", tt.fields, errs)
		})
	}
}
