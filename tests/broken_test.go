package tests

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const pruningJob = `---
apiVersion: batch/v1
kind: CronJob
metadata:
  name: prune
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
          - name: prune
            image: docker:28-cli
            command: [docker, system, prune, --force]
            volumeMounts:
            - name: sock
              mountPath: /var/run/docker.sock
          volumes:
          - name: sock
            hostPath:
              path: /var/run/docker.sock
`

// TestAuditFindsBrokenConversions changes a conversion as overlays and editors do. In the cluster these errors appear
// only when a job's kubectl runs, or in the API server.
func TestAuditFindsBrokenConversions(t *testing.T) {
	converted, errs, status := verb(t, deployment+pruningJob, "convert", "-")
	require.Equal(t, 0, status, errs)
	for name, tt := range map[string]struct {
		old, new string // replaced text and its replacement in the conversion
		field    string // field of the row
	}{
		"intact":                {"", "", ""},
		"another tag of docker": {"image: docker:28.5.2-dind", "image: docker:28", ""},
		"the workload was renamed": {"kind: Deployment\nmetadata:\n  name: app\n", "kind: Deployment\nmetadata:\n  " +
			"name: dev-app\n", "spec.jobTemplate.spec.template.spec"},
		"another namespace": {"kind: Deployment\nmetadata:\n  name: app\n", "kind: Deployment\nmetadata:\n  " +
			"name: app\n  namespace: other\n", "spec.jobTemplate.spec.template.spec"},
		"the daemon was renamed": {"- name: dind-daemon\n", "- name: engine\n", "spec.jobTemplate.spec.template.spec"},
		"the daemon has no dockerd": {
			"image: docker:28.5.2-dind", "image: mirror.example.com/docker:28-cli",
			"spec.template.spec.initContainers",
		},
		"the daemon is another image": {
			"image: docker:28.5.2-dind\n        args:\n        - dockerd\n",
			"image: example.com/sleep:1\n        args:\n        - sleep\n", "spec.template.spec.initContainers",
		},
		"the client has no DOCKER_HOST": {"name: DOCKER_HOST", "name: OTHER", "spec.template.spec.containers"},
		"DOCKER_HOST is another daemon": {
			"value: unix:///var/run/docker.sock", "value: tcp://10.0.0.1:2375", "spec.template.spec.containers",
		},
		"DOCKER_HOST is another socket": {
			"value: unix:///var/run/docker.sock", "value: unix:///run/node.sock", "spec.template.spec.containers",
		},
		"DOCKER_HOST has another source": {
			"value: unix:///var/run/docker.sock", "valueFrom: {configMapKeyRef: {name: a, key: b}}",
			"spec.template.spec.containers",
		},
		"DOCKER_HOST is the other name of the folder": {
			"value: unix:///var/run/docker.sock", "value: unix:///run/docker.sock", "",
		},
		"the client has no mount of the socket": {
			"        - name: dind-socket\n          mountPath: /var/run\n", "", "spec.template.spec.containers",
		},
		"the daemon has no mount of the socket": {
			"        - name: dind-socket\n          mountPath: /run/dind\n", "", "spec.template.spec.containers",
		},
		"the daemon is not privileged": {
			"privileged: true", "privileged: false", "spec.template.spec.initContainers[name=dind-daemon].securityContext",
		},
		"the daemon is a plain init container": {
			"        restartPolicy: Always\n", "", "spec.template.spec.initContainers[name=dind-daemon]",
		},
		"the socket is mounted again": {"      volumes:\n      - name: dind", "      volumes:\n      - name: again\n     " +
			"   hostPath: {path: /run/k3s/docker.sock}\n      - name: dind", ""},
		"the daemon runs another command": {
			"        args:\n        - dockerd\n", "        command: [sleep]\n        args:\n        - dockerd\n",
			"spec.template.spec.initContainers[name=dind-daemon].command",
		},
		"the daemon runs through a shell": {
			"        args:\n        - dockerd\n", "        command: [sh, -c, 'exec dockerd-entrypoint.sh \"$@\"', --]\n" +
				"        args:\n        - dockerd\n", "",
		},
		"the daemon has no socket for the client": {
			"        - --host=unix:///run/dind/docker.sock\n", "", "spec.template.spec.containers[name=app]",
		},
		"the daemon has no default socket": {
			"        - --host=unix:///var/run/docker.sock\n", "", "initContainers[name=dind-daemon].args",
		},
		"the arguments are without dockerd": {
			"        - dockerd\n", "", "spec.template.spec.initContainers[name=dind-daemon].args",
		},
		"another group for the socket": {"--group=2375", "--group=999", "initContainers[name=dind-daemon].args"},
		"the pod is in the node's network": {
			"    spec:\n      containers:\n      - name: app", "    spec:\n      hostNetwork: true\n      containers:\n" +
				"      - name: app", "spec.template.spec.hostNetwork",
		},
		"the daemon has no security context": {
			"        securityContext:\n          privileged: true\n", "", "initContainers[name=dind-daemon].securityContext",
		},
		"the daemon is an ordinary user": {
			"          privileged: true\n", "          privileged: true\n          runAsUser: 1000\n",
			"initContainers[name=dind-daemon].securityContext",
		},
		"nothing waits for the daemon": {
			"        startupProbe:\n", "        livenessProbe:\n", "spec.template.spec.initContainers[name=dind-daemon]",
		},
		"the data is elsewhere": {
			"mountPath: /var/lib/docker\n", "mountPath: /data\n", "spec.template.spec.initContainers[name=dind-daemon]",
		},
		"the data has no volume": {
			"      - name: dind-data\n        emptyDir: {}\n", "", "spec.template.spec.volumes",
		},
		"the pod lost the socket's group": {
			"        - 2375\n", "        - 1000\n", "spec.template.spec.securityContext.supplementalGroups",
		},
		"host.docker.internal is lost": {"- host.docker.internal", "- other.internal", "spec.template.spec.hostAliases"},
		"a job runs another command": {
			"- kubectl\n            - exec\n", "- echo\n            - exec\n", "spec.jobTemplate.spec.template.spec",
		},
		"the binding names another": {
			"- kind: ServiceAccount\n  name: app-docker-cleanup-sa\n",
			"- kind: ServiceAccount\n  name: other\n", "spec.jobTemplate.spec.template.spec.serviceAccountName",
		},
		"the job has another account": {
			"serviceAccountName: app-docker-cleanup-sa\n---", "serviceAccountName: other\n---",
			"spec.jobTemplate.spec.template.spec.serviceAccountName",
		},
		"the role was renamed": {
			"kind: Role\nmetadata:\n  name: app-docker-cleanup-exec\n",
			"kind: Role\nmetadata:\n  name: gone\n", "spec.jobTemplate.spec.template.spec.serviceAccountName",
		},
		"the role names another": {"resourceNames:\n  - app\n", "resourceNames:\n  - other\n", "rules"},
	} {
		t.Run(name, func(t *testing.T) {
			changed := strings.Replace(converted, tt.old, tt.new, 1)
			require.Equal(t, tt.old == "", changed == converted, "%s is not in\n%s", tt.old, converted)
			if strings.Contains(name, "mounted again") {
				changed = strings.Replace(changed, "        volumeMounts:\n", "        volumeMounts:\n        - {name: again, "+
					"mountPath: /again.sock}\n", 1)
				tt.field = "volumeMounts"
			}
			out, errs, status := verb(t, changed, "audit", "-o", "json", "-")
			var rows []struct {
				Class, Object, Field, Reason string
				Line                         int
			}
			require.NoError(t, json.Unmarshal([]byte(out), &rows), errs)
			var fields []string
			for _, r := range rows {
				if r.Class == "broken" {
					require.NotEmpty(t, r.Object)
					require.NotZero(t, r.Line)
					fields = append(fields, r.Field)
				}
			}
			if tt.field == "" {
				require.Empty(t, fields, out)
				return
			}
			require.Equal(t, 1, status)
			require.Len(t, fields, 1, out)
			require.Contains(t, fields[0], tt.field)
		})
	}
}

// TestAuditFindsWhatEachTransportNeeds changes what only some conversions have.
func TestAuditFindsWhatEachTransportNeeds(t *testing.T) {
	for _, tt := range []struct{ name, spec, old, new, reason string }{
		{"TLS", "client: {transport: TLS}", "", "", ""},
		{"TLS", "client: {transport: TLS}", "mountPath: /certs/client\n        - name: dind-data", "mountPath: /c\n" +
			"        - name: dind-data", "are not those of the daemon"},
		{
			"TLS", "client: {transport: TLS}", "readOnly: true\n          mountPath: /certs/client", "readOnly: true\n" +
				"          mountPath: /certs/other", "are not those of the daemon",
		},
		{"TLS", "client: {transport: TLS}", "name: DOCKER_TLS_VERIFY", "name: OTHER", "accepts only TLS"},
		{"TLS", "client: {transport: TLS}", "value: /certs\n", "value: \"\"\n", "does not listen"},
		{"TCP", "client: {transport: TCP}", "", "", ""},
		{"TCP", "client: {transport: TCP}", "127.0.0.1:2375", "127.0.0.1:2377", "does not listen"},
		{"rootless", "daemon: {isolation: Rootless}", "", "", ""},
		{"rootless", "daemon: {isolation: Rootless}", "runAsUser: 1000", "runAsUser: 0", "works only as 1000"},
		{"rootless", "daemon: {isolation: Rootless}", "name: XDG_RUNTIME_DIR", "name: OTHER", "XDG_RUNTIME_DIR"},
		{"rootless", "daemon: {isolation: Rootless}", "share/docker/data", "share/docker", "belongs to root"},
		{"user namespace", "daemon: {isolation: UserNamespace}", "", "", ""},
		{"user namespace", "daemon: {isolation: UserNamespace}", "- SYS_ADMIN\n", "", "no longer privileged"},
		{
			"user namespace", "daemon: {isolation: UserNamespace}", "hostUsers: false", "hostUsers: true",
			"no longer privileged",
		},
		{
			"pruner", "cleanup: {mode: Sidecar}", "        restartPolicy: Always\n        volumeMounts:\n" +
				"        - name: dind-socket\n          mountPath: /run/dind\n        securityContext:\n          cap",
			"        volumeMounts:\n        - name: dind-socket\n          mountPath: /run/dind\n        securityContext:\n" +
				"          cap", "keeps the pod from starting",
		},
		{"pruner", "cleanup: {mode: Sidecar}", "- name: dind-cleanup\n", "- name: other\n", "lacks dind-cleanup"},
		{"mirror", "cleanup: {mode: None}", "mountPath: /work\n        - name: dind-socket", "mountPath: /other\n" +
			"        - name: dind-socket", "find another folder"},
	} {
		t.Run(tt.name+" "+tt.reason, func(t *testing.T) {
			folder := t.TempDir()
			put(t, filepath.Join(folder, "config.yaml"),
				"apiVersion: dindify.dev/v1alpha1\nkind: DinD\nmetadata: {name: dind}\nspec: {"+tt.spec+"}\n")
			input := strings.NewReplacer(
				"        volumeMounts:\n", "        volumeMounts:\n        - name: work\n          mountPath: /work\n",
				"      volumes:\n", "      volumes:\n      - name: work\n        emptyDir: {}\n").Replace(deployment)
			out, errs, status := verb(t, input, "convert", "-c", filepath.Join(folder, "config.yaml"), "-")
			require.Equal(t, 0, status, errs)
			require.Contains(t, out, tt.old)
			out, errs, status = verb(t, strings.Replace(out, tt.old, tt.new, 1), "audit", "-o", "json", "-")
			if tt.reason == "" {
				require.Equal(t, 0, status, out+errs)
				return
			}
			require.Equal(t, 1, status, out+errs)
			require.Contains(t, out, tt.reason)
		})
	}
}

// TestAuditFindsNoConversionBroken checks the conversions of all cases. A forged journal is another matter.
func TestAuditFindsNoConversionBroken(t *testing.T) {
	outputs, err := filepath.Glob("cases/*/output.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, outputs)
	for _, file := range outputs {
		if strings.Contains(file, "forged") || strings.Contains(file, "without-marks") {
			continue
		}
		out, _, _ := verb(t, get(t, file), "audit", "-o", "json", "-")
		require.NotContains(t, out, `"broken"`, file)
	}
}

// TestAuditPassesOverACopiedJournal: Tekton copies annotations of a Task to TaskRuns and pods, which are not broken
// conversions.
func TestAuditPassesOverACopiedJournal(t *testing.T) {
	for object, status := range map[string]int{"Task/build": 0, "Pod/build": 1} {
		pod := "apiVersion: v1\nkind: Pod\nmetadata:\n  name: build\n  annotations:\n    dindify.dev/journal: \"version: " +
			"2\\nobject: " + object +
			"\\ndaemon: dind-daemon\"\nspec:\n  containers:\n  - {name: build, image: example.com/build:1}\n"
		out, errs, got := verb(t, pod, "audit")
		require.Equal(t, status, got, out+errs)
	}
}

// TestAuditLooksAtPodsThatWereConverted: an object may have many pods, and each missing part is one row.
func TestAuditLooksAtPodsThatWereConverted(t *testing.T) {
	config := filepath.Join(t.TempDir(), "dindify.yaml")
	require.NoError(t, os.WriteFile(config, []byte("apiVersion: dindify.dev/v1alpha1\nkind: DinD\nmetadata: {name: d}\n"+
		"spec:\n  podSpecPaths: [{group: ci.example.com, kind: Jobs, path: \"spec.jobs[].spec\"}]\n"), 0o644))
	const (
		plain  = "  - spec: {containers: [{name: c, image: nginx}]}\n"
		client = "  - spec:\n      containers: [{name: c, image: docker:cli, volumeMounts: [{name: s, mountPath: " +
			"/var/run/docker.sock}]}]\n      volumes: [{name: s, hostPath: {path: /var/run/docker.sock}}]\n"
		head = "apiVersion: ci.example.com/v1\nkind: Jobs\nmetadata: {name: jobs}\nspec:\n  jobs:\n"
	)
	converted, errs, status := verb(t, head+plain+client+client+client+plain, "convert", "-c", config)
	require.Equal(t, 0, status, errs)
	audited := func(text string) (fields []string) {
		var rows []struct{ Class, Field string }
		out, errs, _ := verb(t, text, "audit", "-c", config, "-o", "json")
		require.NoError(t, json.Unmarshal([]byte(out), &rows), errs)
		for _, r := range rows {
			require.Equal(t, "broken", r.Class)
			fields = append(fields, r.Field)
		}
		return fields
	}
	require.Empty(t, audited(converted), "pods that use no Docker are not broken")
	first := strings.Index(converted, "env: [{name: DOCKER_HOST")
	lost := converted[:first] + strings.Replace(converted[first:], "DOCKER_HOST", "OTHER", 1)
	require.Equal(t, []string{"spec.jobs[1].spec.containers[name=c]"}, audited(lost), "one row for one variable")
	moved := strings.Replace(converted, "  jobs:\n", "  jobs:\n"+plain, 1)
	at := strings.LastIndex(moved, "docker:28.5.2-dind\n        args:")
	require.Positive(t, at)
	moved = moved[:at] + strings.Replace(moved[at:], "docker:28.5.2-dind", "docker:cli", 1)
	require.Contains(t, audited(moved), "spec.jobs[4].spec.initContainers[name=dind-daemon].image", "it was moved")
}
