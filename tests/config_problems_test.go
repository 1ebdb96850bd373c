package tests

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/yamldoc"
)

// TestEachFieldOfAConfigurationIsChecked gives each field values around the limit between valid and invalid. A problem
// is identified by the path of its field; "" is none.
func TestEachFieldOfAConfigurationIsChecked(t *testing.T) {
	for _, test := range []struct{ fields, problem string }{
		{"daemon: {mtu: 67}", "spec.daemon.mtu"},
		{"daemon: {mtu: 68}", ""},
		{"daemon: {mtu: 65535}", ""},
		{"daemon: {mtu: 65536}", "spec.daemon.mtu"},
		{"daemon: {mtu: 0}", ""},
		{"daemon: {name: Dind}", "spec.daemon.name"},
		{"daemon: {name: dind}", ""},
		{"daemon: {image: 'docker: dind'}", "spec.daemon.image"},
		{"daemon: {image: '$(id)'}", "spec.daemon.image"},
		{"daemon: {image: Docker:28-dind}", "spec.daemon.image"},
		{"cleanup: {mode: CronJob, image: 'https://example.com/kubectl:1'}", "spec.cleanup.image"},
		{"daemon: {imagePullPolicy: Sometimes}", "spec.daemon.imagePullPolicy"},
		{"daemon: {imagePullPolicy: Never}", ""},
		{"daemon: {runtimeClassName: 'a_b'}", "spec.daemon.runtimeClassName"},
		{"daemon: {registryMirrors: ['https://mirror.example.com', mirror.example.com]}", "spec.daemon.registryMirrors[1]"},
		{"daemon: {registryMirrors: ['ftp://mirror.example.com']}", "spec.daemon.registryMirrors[0]"},
		{"daemon: {registryMirrors: ['http://mirror:5000']}", ""},
		{"daemon: {insecureRegistries: ['http://registry:5000']}", "spec.daemon.insecureRegistries[0]"},
		{"daemon: {insecureRegistries: ['registry:5000', '10.0.0.0/8']}", ""},
		{"daemon: {insecureRegistries: ['']}", "spec.daemon.insecureRegistries[0]"},
		{"daemon: {bip: 10.200.0.1}", "spec.daemon.bip"},
		{"daemon: {bip: 10.200.0.1/24}", ""},
		{"daemon: {defaultAddressPools: [{base: 10.201.0.0/16, size: 15}]}", "spec.daemon.defaultAddressPools[0]"},
		{"daemon: {defaultAddressPools: [{base: 10.201.0.0/16, size: 16}]}", ""},
		{"daemon: {defaultAddressPools: [{base: 10.201.0.0/16, size: 32}]}", ""},
		{"daemon: {defaultAddressPools: [{base: 10.201.0.0/16, size: 33}]}", "spec.daemon.defaultAddressPools[0]"},
		{"daemon: {env: [{value: x}]}", "spec.daemon.env[0].name"},
		{"daemon: {env: [{name: DOCKER_HOST, value: x}]}", "spec.daemon.env[0].name"},
		{"daemon: {extraArgs: [--debug, --host=tcp://0.0.0.0:2375]}", "spec.daemon.extraArgs[1]"},
		{"daemon: {extraArgs: [-H, 'tcp://0.0.0.0']}", "spec.daemon.extraArgs[0]"},
		{"daemon: {extraArgs: ['-H0.0.0.0:2375']}", "spec.daemon.extraArgs[0]"},
		{"daemon: {extraArgs: [-H, 'tcp://:2375']}", ""},
		{"daemon: {extraArgs: [--host=tcp://127.0.0.1:4243]}", ""},
		{"daemon: {extraArgs: [--data-root=/data]}", "spec.daemon.extraArgs[0]"},
		{"daemon: {extraArgs: [debug]}", "spec.daemon.extraArgs[0]"},
		{"daemon: {extraArgs: [--debug, --validate]}", "spec.daemon.extraArgs[1]"},
		{"daemon: {extraArgs: [--host, 'fd://']}", "spec.daemon.extraArgs[0]"},
		{"daemon: {storage: {emptyDir: {medium: Disk}}}", "spec.daemon.storage.emptyDir.medium"},
		{"daemon: {storage: {emptyDir: {medium: Memory}}}", ""},
		{"daemon: {storage: {ephemeral: {size: '0'}}}", "spec.daemon.storage.ephemeral.size"},
		{"daemon: {storage: {ephemeral: {size: 1Gi}}}", ""},
		{
			"daemon: {storage: {ephemeral: {size: 1Gi, storageClassName: A_}}}",
			"spec.daemon.storage.ephemeral.storageClassName",
		},
		{"daemon: {storage: {persistentVolumeClaim: {}}}", "spec.daemon.storage.persistentVolumeClaim.claimName"},
		{"daemon: {storage: {emptyDir: {}, persistentVolumeClaim: {claimName: a}}}", "spec.daemon.storage"},
		{"daemon: {resources: {requests: {cpu: 2}, limits: {cpu: 1}}}", "spec.daemon.resources.requests.cpu"},
		{"daemon: {resources: {requests: {cpu: 1}, limits: {cpu: 1}}}", ""},
		{`daemon: {resources: {limits: {"": 1Gi}}}`, "spec.daemon.resources.limits"},
		{`client: {resources: {requests: {"a b": 1}}}`, "spec.client.resources.requests"},
		{`cleanup: {resources: {limits: {gpu: 1}}}`, "spec.cleanup.resources.limits"},
		{`daemon: {resources: {limits: {"example.com/gpu": 1, hugepages-2Mi: 2Mi, ephemeral-storage: 1Gi}}}`, ""},
		{"daemon: {resources: {requests: {memory: 1Gi}, limits: {memory: 2GB}}}", "spec.daemon.resources.limits.memory"},
		{"daemon: {resources: {requests: {memory: 2GB}, limits: {memory: 2Gi}}}", "spec.daemon.resources.requests.memory"},
		{"daemon: {storage: {persistentVolumeClaim: {name: a}}}", "spec.daemon.storage.persistentVolumeClaim.name"},
		{"client: {hostAliases: ['a_b']}", "spec.client.hostAliases[0]"},
		{"client: {env: [{name: DOCKER_HOST, value: x}]}", "spec.client.env[0].name"},
		{"client: {env: [{name: A}], unsetEnv: [A]}", "spec.client.env[0].name"},
		{"client: {env: [{name: A}], unsetEnv: [B]}", ""},
		{"client: {env: [{value: a}]}", "spec.client.env[0].name"},
		{"client: {transport: TCP, socketMount: File}", "spec.client.socketMount"},
		{"client: {transport: Unix, socketMount: File}", ""},
		{"pod: {hostNetwork: Keep}", "spec.pod.hostNetwork"},
		{"{mode: DooD, pod: {hostNetwork: Keep}}", ""},
		{"cleanup: {mode: Sidecar, interval: 59s}", "spec.cleanup.interval"},
		{"cleanup: {mode: Sidecar, interval: 60s}", ""},
		{"cleanup: {mode: Sidecar, interval: daily}", "spec.cleanup.interval"},
		{"cleanup: {mode: CronJob, schedule: '0 0 * *'}", "spec.cleanup.schedule"},
		{"cleanup: {mode: CronJob, schedule: '61 * * * *'}", "spec.cleanup.schedule"},
		{"cleanup: {mode: CronJob, schedule: '@daily'}", ""},
		{"cleanup: {mode: CronJob, schedule: '0 0 * * *'}", ""},
		{"cleanup: {mode: CronJob, schedule: '@daily'}", ""},
		{"cleanup: {mode: Sidecar, schedule: '0 0 * * *'}", "spec.cleanup.schedule"},
		{"cleanup: {mode: None, schedule: '0 0 * * *'}", "spec.cleanup.schedule"},
		{"cleanup: {mode: CronJob, interval: 24h}", "spec.cleanup.interval"},
		{"cleanup: {mode: Sidecar, name: a}", "spec.cleanup.name"},
		{"cleanup: {mode: CronJob, name: a}", ""},
		{"cleanup: {mode: CronJob, name: A_}", "spec.cleanup.name"},
		{"cleanup: {mode: Sidecar, serviceAccountName: a}", "spec.cleanup.serviceAccountName"},
		{"cleanup: {mode: CronJob, serviceAccountName: A_}", "spec.cleanup.serviceAccountName"},
		{"cleanup: {mode: Sidecar, roleName: a}", "spec.cleanup.roleName"},
		{"cleanup: {mode: CronJob, roleName: A_}", "spec.cleanup.roleName"},
		{"cleanup: {mode: Sidecar, roleBindingName: a}", "spec.cleanup.roleBindingName"},
		{"cleanup: {mode: CronJob, roleBindingName: A_}", "spec.cleanup.roleBindingName"},
		{"cleanup: {mode: None, command: [docker]}", "spec.cleanup.command"},
		{"cleanup: {mode: Sidecar, command: [docker]}", ""},
		{"cleanup: {mode: CronJob, command: [docker]}", ""},
		{"cleanup: {mode: Auto, command: [docker], schedule: '@daily', interval: 24h}", ""},
		{"cleanup: {mode: None, resources: {requests: {cpu: 1}}}", "spec.cleanup.resources"},
		{"cleanup: {mode: Sidecar, resources: {requests: {cpu: 1}}}", ""},
		{"cleanup: {mode: CronJob, resources: {requests: {cpu: 1}}}", ""},
		{"cleanup: {mode: CronJob, resources: {requests: {cpu: 2}, limits: {cpu: 1}}}", "spec.cleanup.resources.requests"},
		{"cleanup: {mode: CronJob, image: 'docker:cli'}", "spec.cleanup.image"},
		{"cleanup: {mode: CronJob, image: 'example.com/kubectl:1'}", ""},
		{"cleanup: {mode: CronJob, image: 'a b'}", "spec.cleanup.image"},
		{"cleanup: {mode: Sidecar, image: 'docker:cli'}", ""},
		{"cleanup: {mode: Sidecar, image: 'example.com/kubectl:1'}", "spec.cleanup.image"},
		{"cleanup: {mode: CronJob, name: a2345678901234567890123456789012345678901234567890-2}", ""},
		{"cleanup: {mode: CronJob, name: a2345678901234567890123456789012345678901234567890-23}", "spec.cleanup.name"},
		{"cleanup: {mode: CronJob, serviceAccountName: a, roleName: b, roleBindingName: c}", ""},
		{"daemon: {image: \"docker:dind\\t\"}", "spec.daemon.image"},
		{"daemon: {image: \"docker:dind\\n\"}", "spec.daemon.image"},
		{"daemon: {image: ''}", "spec.daemon.image"},
		{"daemon: {image: 'docker:28-cli'}", "spec.daemon.image"},
		{"daemon: {imagePullPolicy: Always}", ""},
		{"daemon: {imagePullPolicy: IfNotPresent}", ""},
		{"daemon: {registryMirrors: ['https://']}", "spec.daemon.registryMirrors[0]"},
		{"daemon: {storage: {ephemeral: {size: 1Gi}, persistentVolumeClaim: {claimName: a}}}", "spec.daemon.storage"},
		{"daemon: {storage: {emptyDir: {}, ephemeral: {size: 1Gi}}}", "spec.daemon.storage"},
		{"daemon: {storage: {ephemeral: {size: a lot}}}", "spec.daemon.storage.ephemeral.size"},
		{"daemon: {defaultAddressPools: [{base: nowhere, size: 24}]}", "spec.daemon.defaultAddressPools[0]"},
		{"daemon: {runtimeClassName: sysbox-runc}", "spec.daemon.runtimeClassName"},
		{"daemon: {runtimeClassName: gvisor}", "spec.daemon.runtimeClassName"},
		{"daemon: {runtimeClassName: runsc}", "spec.daemon.runtimeClassName"},
		{"daemon: {runtimeClassName: kata-qemu}", "spec.daemon.runtimeClassName"},
		{"daemon: {runtimeClassName: runc}", ""},
		{"daemon: {isolation: Sysbox, runtimeClassName: sysbox-runc}", ""},
		{"daemon: {isolation: Sysbox, runtimeClassName: gvisor}", "spec.daemon.runtimeClassName"},
		{"daemon: {isolation: Rootless, runtimeClassName: gvisor}", "spec.daemon.runtimeClassName"},
		{"daemon: {isolation: Rootless, runtimeClassName: sysbox-runc}", "spec.daemon.runtimeClassName"},
		{"daemon: {isolation: UserNamespace, runtimeClassName: kata-qemu}", "spec.daemon.runtimeClassName"},
		{"daemon: {isolation: UserNamespace, runtimeClassName: crun}", ""},
		{"daemon: {isolation: Kata, runtimeClassName: runsc}", "spec.daemon.runtimeClassName"},
		{"daemon: {isolation: Kata, runtimeClassName: kata-clh}", ""},
		{
			"{daemon: {isolation: GVisor, runtimeClassName: kata-fc}, client: {transport: TCP}}",
			"spec.daemon.runtimeClassName",
		},
		{"{daemon: {isolation: GVisor, runtimeClassName: runsc-debug}, client: {transport: TCP}}", ""},
		{"{daemon: {isolation: GVisor}, client: {transport: Unix}}", "spec.client.transport"},
		{"{daemon: {isolation: GVisor}, client: {transport: TCP}}", ""},
		{"{daemon: {isolation: GVisor, storage: {emptyDir: {}}}, client: {transport: TCP}}", "spec.daemon.storage"},
		{
			"{daemon: {isolation: GVisor, storage: {ephemeral: {size: 1Gi}}}, client: {transport: TLS}}",
			"spec.daemon.storage",
		},
		{"{daemon: {isolation: GVisor, storage: {emptyDir: {medium: Memory}}}, client: {transport: TCP}}", ""},
		{"daemon: {isolation: Kata, storage: {ephemeral: {size: 1Gi}}}", ""},
		{"{mode: Audit, pod: {hostNetwork: Keep}}", ""},
		{"client: {transport: TLS, socketMount: File}", "spec.client.socketMount"},
		{"targets: [{labelSelector: 'a in'}]", "spec.targets[0].labelSelector"},
		{"targets: [{annotationSelector: 'a in'}]", "spec.targets[0].annotationSelector"},
		{"targets: [{kind: Deployment}, {kind: '('}]", "spec.targets[1]"},
		{"podSpecPaths: [{path: spec}]", "spec.podSpecPaths[0]"},
		{"{daemon: {startup: PostStart}, cleanup: {mode: Sidecar}}", "spec.cleanup.mode"},
		{"{daemon: {startup: Sidecar}, cleanup: {mode: Sidecar}}", ""},
		{"daemon: {isolation: Rootless, image: 'docker:28-dind'}", "spec.daemon.isolation"},
		{"daemon: {isolation: Rootless, image: 'docker:28-dind-rootless'}", ""},
		{"daemon: {image: 'docker:28-dind-rootless'}", "spec.daemon.image"},
		{"daemon: {isolation: Kata, storage: {emptyDir: {}}}", "spec.daemon.storage.emptyDir.medium"},
		{"daemon: {isolation: Kata, storage: {emptyDir: {medium: Memory}}}", ""},
		{"targets: [{name: '('}]", "spec.targets[0]"},
		{"podSpecPaths: [{kind: Widget}]", "spec.podSpecPaths[0]"},
		{"podSpecPaths: [{kind: Widget, path: spec}]", ""},
	} {
		checkField(t, test.fields, test.problem)
	}
}

// checkField checks that the fields of a configuration have one problem, or none if the path is "".
func checkField(t *testing.T, fields, problem string) {
	t.Helper()
	t.Run(fields, func(t *testing.T) {
		doc, err := yamldoc.Parse(spec(fields))
		require.NoError(t, err)
		_, problems := config.Load(doc.Root())
		if problem == "" {
			require.Empty(t, problems)
			return
		}
		require.Len(t, problems, 1)
		require.Contains(t, problems[0], problem)
	})
}

// TestDefaultsFollowFromOtherFields checks the defaults that depend on another field.
func TestDefaultsFollowFromOtherFields(t *testing.T) {
	load := func(fields string) config.Spec {
		doc, err := yamldoc.Parse(spec(fields))
		require.NoError(t, err)
		s, problems := config.Load(doc.Root())
		require.Empty(t, problems)
		return s
	}
	require.Equal(t, config.New().Daemon.Resources, load("mode: DinD").Daemon.Resources)
	limited := load("daemon: {resources: {limits: {memory: 4Gi}}}").Daemon.Resources
	require.Len(t, limited.Limits, 1, "limits of the user's own replace the default's")
	require.Equal(t, config.New().Daemon.Resources.Requests, limited.Requests, "and requests stay")
	require.Equal(t, config.RootlessImage, load("daemon: {isolation: Rootless}").Daemon.Image)
	require.Equal(t, config.DaemonImage, load("daemon: {isolation: Sysbox}").Daemon.Image)
	require.Equal(t, "Memory", load("daemon: {isolation: Kata}").Daemon.Storage.EmptyDir.Medium)
	require.Empty(t, load("mode: DinD").Daemon.Storage.EmptyDir.Medium)
}
