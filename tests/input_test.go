package tests

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/yaml"

	"github.com/boxp/dindify/fn/cli"
	"github.com/boxp/dindify/fn/function"
)

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
spec:
  template:
    spec:
      containers:
      - name: app
        image: example.com/app
        volumeMounts:
        - name: sock
          mountPath: /var/run/docker.sock
      volumes:
      - name: sock
        hostPath:
          path: /var/run/docker.sock
`

func list(functionConfig string, items ...string) string {
	out := "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n"
	if functionConfig != "" {
		out += "functionConfig:\n" + indented(functionConfig, "  ", "  ")
	}
	out += "items:\n"
	for _, item := range items {
		out += indented(item, "- ", "  ")
	}
	return out
}

func indented(text, first, rest string) string {
	lines := strings.SplitAfter(strings.TrimSuffix(text, "\n"), "\n")
	return first + strings.Join(lines, rest) + "\n"
}

func spec(fields string) string {
	return "apiVersion: dindify.dev/v1alpha1\nkind: DinD\nmetadata:\n  name: x\nspec:\n  " + fields + "\n"
}

func run(in string) (out, errs string, status int) {
	var o, e bytes.Buffer
	status = cli.Run(cli.Streams{In: strings.NewReader(in), Out: &o, Err: &e}, "test", nil)
	return o.String(), e.String(), status
}

// TestBadInputIsRefusedAndComesBackUnchanged: every message names the field and ends in a line break; the status is 1.
func TestBadInputIsRefusedAndComesBackUnchanged(t *testing.T) {
	journal := func(text string) string {
		return strings.Replace(deployment, "  name: app\n", "  name: app\n  annotations:\n    "+
			"dindify.dev/journal: |\n"+indented(text, "      ", "      "), 1)
	}
	tests := map[string]struct{ in, says string }{
		"unknown field": {
			list(spec("deamon: {}"), deployment),
			`spec.deamon: unknown field; did you mean "daemon"?`,
		},
		"part of a field's name": {
			list(strings.Replace(spec("mode: DooD"), "\nspec:", "\nspe:", 1), deployment),
			`spe: unknown field; did you mean "spec"?`,
		},
		"unknown nested field": {
			list(spec("daemon: {storage: {emptydir: {}}}"), deployment),
			`spec.daemon.storage.emptydir: unknown field; did you mean "emptyDir"?`,
		},
		"wrong type": {list(spec("daemon: {mtu: wide}"), deployment), "spec.daemon.mtu: must be a " +
			"whole number"},
		"wrong kind of node": {list(spec("client: [Unix]"), deployment), "spec.client: must be a mapping, got a list"},
		"unknown value": {
			list(spec("client: {transport: UNIX}"), deployment),
			`spec.client.transport: must be Unix, TCP, TLS, got "UNIX"; did you mean "Unix"?`,
		},
		"two storages": {
			list(spec("daemon: {storage: {emptyDir: {}, ephemeral: {size: 1Gi}}}"), deployment),
			"spec.daemon.storage: emptyDir, ephemeral and persistentVolumeClaim are mutually exclusive",
		},
		"empty image": {list(spec(`daemon: {image: ""}`), deployment), "spec.daemon.image: must not be empty"},
		"host network kept": {list(spec("pod: {hostNetwork: Keep}"), deployment), "spec.pod.hostNetwork: Keep " +
			"contradicts spec.mode DinD"},
		"several at once": {list(spec("{mode: Off, daemon: {mtu: -1}}"), deployment), "spec.daemon.mtu: must be 0"},
		"invalid label selector": {
			list(spec("targets: [{labelSelector: 'app in (a'}]"), deployment),
			"spec.targets[0].labelSelector: ",
		},
		"invalid annotations": {
			list(spec("targets: [{kind: Job}, {annotationSelector: '=='}]"), deployment),
			"spec.targets[1].annotationSelector: ",
		},
		"ConfigMap value": {
			list("apiVersion: v1\nkind: ConfigMap\ndata:\n  daemon.mtu: \"1\"", deployment),
			"data.daemon.mtu: must be 0, or from 68",
		},
		"ConfigMap value in YAML": {list("apiVersion: v1\nkind: ConfigMap\ndata:\n  spec.daemon: '{storage: {ephemeral: "+
			"{size: x}}}'", deployment), "data.spec.daemon.storage.ephemeral.size: must be a quantity"},
		"ConfigMap key twice": {list("apiVersion: v1\nkind: ConfigMap\ndata:\n  mode: DinD\n  spec.mode: DooD",
			deployment), "data.spec.mode: data.mode sets the same field"},
		"ConfigMap key above another": {list("apiVersion: v1\nkind: ConfigMap\ndata:\n  daemon.resources.limits.memory: "+
			"1Gi\n  daemon.resources: '{}'", deployment), "data.daemon.resources.limits.memory: data.daemon.resources sets"},
		"ConfigMap entry": {list("apiVersion: v1\nkind: ConfigMap\ndata:\n  daemon.resources.limits.memory: x",
			deployment), "data.daemon.resources.limits.memory: must be a quantity"},
		"another function's": {list("apiVersion: v1\nkind: Secret", deployment), "functionConfig kind: must be DinD of " +
			"dindify.dev/v1alpha1"},
		"unknown ConfigMap key": {
			list("apiVersion: v1\nkind: ConfigMap\ndata:\n  daemon.imgae: x", deployment),
			`unknown field "imgae"; did you mean "image"?`,
		},
		"daemon's name taken": {
			list("", strings.Replace(deployment, "- name: app", "- name: dind-daemon", 1)),
			"spec.daemon.name",
		},
		"volume's name taken": {
			list("", deployment+"      - name: dind-data\n        hostPath: {path: /data}\n"),
			"volumes[name=dind-data]",
		},
		"damaged journal": {list("", journal("version: [1")), "dindify.dev/journal"},
		"unknown journal version": {
			list("", journal("version: 9\nobject: Deployment/app\nedits: []")),
			"version 9 is unknown",
		},
		"forged: foreign volume": {list("", journal("version: 1\nobject: Deployment/app\nedits:\n- in: "+
			"spec.template.spec.volumes\n  drop: {sock: ''}")), "the marks of a conversion"},
		"forged: privileged": {
			list("", journal("version: 1\nobject: Deployment/app\nedits:\n- in: "+
				"spec.template.spec.containers[name=app].securityContext\n  put: [{at: 0, text: 'privileged: true'}]")),
			"the marks of a conversion",
		},
		"forged: host path": {
			list("", journal("version: 1\nobject: Deployment/app\nedits:\n- in: "+
				"spec.template.spec.volumes\n  put: [{at: 0, text: '- {name: etc, hostPath: {path: /etc}}'}]")),
			"the marks of a conversion",
		},
		"forged: replicas": {list("", journal("version: 1\nobject: Deployment/app\nedits:\n- in: spec\n  drop: "+
			"{template: ''}")), "the marks of a conversion"},
		"one job with PostStart": {list(spec("daemon: {startup: PostStart}"), strings.Replace(strings.Replace(deployment,
			"apps/v1", "batch/v1", 1), "Deployment", "Job", 1)), "spec.daemon.startup"},
		"replicas share one claim": {list(spec("daemon: {storage: {persistentVolumeClaim: {claimName: x}}}"),
			strings.Replace(deployment, "spec:\n", "spec:\n  replicas: 2\n", 1)), "persistentVolumeClaim"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			out, errs, status := run(tt.in)
			require.Equal(t, 1, status)
			require.Contains(t, errs, tt.says)
			require.True(t, strings.HasSuffix(errs, "\n"))
			require.True(t, strings.HasPrefix(out, tt.in), "items unchanged:\n%s", out)
			require.Contains(t, out, "\nresults:\n")
		})
	}
}

// TestAllProblemsOfAConfigurationAreToldAtOnce: unknown fields, wrong types and wrong values.
func TestAllProblemsOfAConfigurationAreToldAtOnce(t *testing.T) {
	fields := "{mode: dind, deamon: {}, future: 1, daemon: {mtu: x, isolation: foo, image: '', storage: {emptyDir: " +
		"{sizelimit: 1Gi}}, name: 'a b'}, client: {transport: 3, hostAliases: ['_']}, targets: [{labelSelector: '!'}], " +
		"cleanup: {schedule: often}}"
	_, errs, status := run(list(spec(fields), deployment))
	require.Equal(t, 1, status)
	for _, field := range []string{
		"mode", "deamon", "future", "daemon.mtu", "daemon.isolation", "daemon.image", "daemon.storage.emptyDir.sizelimit",
		"daemon.name",
		"client.transport", "client.hostAliases[0]", "targets[0].labelSelector", "cleanup.schedule",
	} {
		require.Equal(t, 1, strings.Count(errs, "functionConfig spec."+field+": "), "%s in\n%s", field, errs)
	}
	require.Equal(t, 12, strings.Count(errs, "\n"), errs)
}

// TestManifestsWithoutAVerbAreNotPrinted: a pipe into kubectl apply, from which "convert -" was left out, would apply
// them unconverted.
func TestManifestsWithoutAVerbAreNotPrinted(t *testing.T) {
	for name, in := range map[string]string{
		"empty input":        "",
		"plain manifest":     deployment,
		"several":            deployment + "---\n" + deployment,
		"malformed YAML":     "apiVersion: [",
		"another list":       "kind: List\nitems: []\n",
		"binary":             "\x00\x01\x02",
		"a list's name only": deployment + "---\n# converts a ResourceList\nkind: [\n",
	} {
		t.Run(name, func(t *testing.T) {
			out, errs, status := run(in)
			require.Equal(t, 1, status)
			require.Empty(t, out)
			require.Contains(t, errs, "dindify convert")
		})
	}
}

// TestAnUnreadableListComesBackAsItIs: its host gets what it has sent.
func TestAnUnreadableListComesBackAsItIs(t *testing.T) {
	for name, in := range map[string]string{
		"malformed item":            list("", "kind: Deployment\nmetadata: [x\n"),
		"duplicate key":             list("", deployment+"metadata: {}\n"),
		"a tab":                     list("", "kind: Deployment\n\tmetadata: {}\n"),
		"items that are no list":    "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems: {a: b}\n",
		"an alias without its like": "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems: [*x]\n",
	} {
		t.Run(name, func(t *testing.T) {
			out, errs, status := run(in)
			require.Equal(t, 1, status)
			require.Equal(t, in, out)
			require.True(t, strings.HasSuffix(errs, "\n"), errs)
		})
	}
}

func TestNoFunctionConfigIsTheDefault(t *testing.T) {
	out, errs, status := run(list("", deployment))
	require.Equal(t, 0, status, errs)
	require.Contains(t, out, "name: dind-daemon")
}

// TestAListMayHaveQuotedKeys converts lists in JSON, or in YAML with quotes, and reverts them.
func TestAListMayHaveQuotedKeys(t *testing.T) {
	unquoted := list("", deployment)
	compact, err := yaml.YAMLToJSON([]byte(unquoted))
	require.NoError(t, err)
	var wide bytes.Buffer
	require.NoError(t, json.Indent(&wide, compact, "", "    "))
	for name, in := range map[string]string{
		"JSON on a line":   string(compact),
		"JSON on many":     wide.String() + "\n",
		"YAML with quotes": strings.NewReplacer("\nkind: R", "\n'kind': R", "items:", `"items":`).Replace(unquoted),
	} {
		t.Run(name, func(t *testing.T) {
			out, errs, status := run(in)
			require.Equal(t, 0, status, errs)
			require.Contains(t, out, "name: dind-daemon")
			back, errs, status := run("functionConfig:\n" + indented(spec("mode: DooD"), "  ", "  ") + out)
			require.Equal(t, 0, status, errs)
			require.Equal(t, itemsOf(t, unquoted), itemsOf(t, back))
		})
	}
}

func itemsOf(t *testing.T, list string) []any {
	t.Helper()
	var l struct {
		Items []any `json:"items"`
	}
	require.NoError(t, yaml.Unmarshal([]byte(list), &l))
	return l.Items
}

func TestConfigMapHoldsPaths(t *testing.T) {
	out, errs, status := run(list("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  daemon.image: "+
		"example.com/docker:dind\n  client.hostAliases: '[docker.local]'\n  cleanup.mode: None", deployment))
	require.Equal(t, 0, status, errs)
	require.Contains(t, out, "example.com/docker:dind")
	require.Contains(t, out, "docker.local")
	require.NotContains(t, out, "kind: CronJob")
}

// TestGuardIsRemovedInKustomizeOnly: in kpt the functionConfig among the items is a file.
func TestGuardIsRemovedInKustomizeOnly(t *testing.T) {
	for _, mode := range []string{"DooD", "Audit", "DinD"} {
		guard := strings.Replace(spec("{mode: "+mode+"}"), "  name: x\n", "  name: x\n  annotations:\n    "+
			"dindify.dev/fail-closed: \"true\"\n", 1)
		ofKustomize := strings.Replace(guard, "    dindify.dev/fail", "    kustomize.config.k8s.io/id: |\n      kind: "+
			"DinD\n    dindify.dev/fail", 1)
		for in, kustomize := range map[string]bool{guard: false, ofKustomize: true} {
			out, errs, status := run(list(spec("{mode: "+mode+"}"), in, deployment))
			require.Equal(t, 0, status, errs)
			_, items, _ := strings.Cut(out, "items:")
			items, results, _ := strings.Cut(items, "\nresults:")
			require.Equal(t, !kustomize, strings.Contains(items, "kind: DinD"))
			require.Equal(t, kustomize, strings.Contains(results, "not-closed"))
			require.Contains(t, out, "kind: Deployment")
		}
	}
}

// TestTheSameIsSaidOnce has one workload twice: equal findings are one result.
func TestTheSameIsSaidOnce(t *testing.T) {
	noCleanup := spec("cleanup: {mode: None}")
	_, once := function.Run(list(noCleanup, deployment), function.Override{})
	_, twice := function.Run(list(noCleanup, deployment, deployment), function.Override{})
	require.False(t, once.Failed())
	require.Equal(t, once.All(), twice.All())
}
