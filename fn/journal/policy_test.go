package journal

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// converted has the marks of a conversion; %s is replaced by its journal.
const converted = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: agent
  namespace: ci
  annotations:
    dindify.dev/journal: %s
spec:
  template:
    spec:
      runtimeClassName: gvisor
      serviceAccountName: agent
      hostAliases:
      - ip: 10.0.0.1
        hostnames: [db]
      containers:
      - name: agent
        image: docker:cli
        env:
        - {name: DOCKER_HOST, value: "unix:///var/run/docker.sock"}
        volumeMounts:
        - {name: dind-socket, mountPath: /var/run}
        - {name: cache, mountPath: /cache}
      - name: auth
        image: example.com/auth
        env:
        - {name: MODE, value: strict}
      initContainers:
      - name: dind-daemon
        image: docker:dind
        securityContext: {privileged: true}
        volumeMounts:
        - {name: dind-data, mountPath: /var/lib/docker}
        - {name: extra, mountPath: /extra}
      volumes:
      - {name: cache, emptyDir: {}}
      - {name: extra, emptyDir: {}}
      - {name: dind-socket, emptyDir: {}}
      - {name: dind-data, emptyDir: {}}
`

// rewritten is a job that cleans the daemon of another workload.
const rewritten = `apiVersion: batch/v1
kind: CronJob
metadata:
  name: prune
  annotations:
    dindify.dev/journal: %s
spec:
  schedule: "0 0 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          containers:
          - name: prune
            image: registry.k8s.io/kubectl:v1
            command: [kubectl, exec, deployment/agent, -c, dind-daemon, --, sh, -c, cleanup-all]
`

var paths = map[role]string{client: "spec.template.spec", cleanup: "spec.jobTemplate.spec.template.spec"}

// examples holds, by a row's place, verb and entry, values that the row allows (yes) and refuses (no).
var examples = map[string]struct{ yes, no []string }{
	"container drop command":   {yes: []string{"[kubectl]"}},
	"container drop resources": {yes: []string{"{limits: {cpu: 1}}"}, no: []string{"{other: {}}", "text"}},
	"container put args": {
		yes: []string{"[sh, -c, cleanup-all]", "[docker, system, prune]"},
		no:  []string{"[sh, -c, id]", "[cleanup-al]"},
	},
	"container put command": {yes: []string{"[sh]", "[docker, rmi, x]"}, no: []string{
		"[id]",
		"[bash, -c, 'curl evil']",
	}},
	"container put env":       {yes: []string{"[{name: A, value: b}]"}, no: []string{"[{name: A, other: b}]", "{}"}},
	"container put image":     {yes: []string{"docker:cli"}, no: []string{"'a b'", "''", "[a]"}},
	"container put resources": {yes: []string{"{requests: {memory: 1Gi}}"}, no: []string{"{limits: [a]}", "[a]"}},
	"container put volumeMounts": {yes: []string{"[{name: sock, mountPath: /x}]"}, no: []string{"[{name: cache, " +
		"mountPath: /x}]"}},
	"container.env drop *":          {yes: []string{"{name: A, value: b}"}, no: []string{"{name: 'a b'}", "text"}},
	"container.env put *":           {yes: []string{"{name: A, valueFrom: {}}"}, no: []string{"{name: A, exec: b}"}},
	"container.env[] drop value":    {yes: []string{"x"}, no: []string{"[x]"}},
	"container.env[] put value":     {yes: []string{"x"}, no: []string{"{a: b}"}},
	"container.env[] put valueFrom": {yes: []string{"{fieldRef: {}}"}, no: []string{"x"}},
	"container.volumeMounts drop *": {yes: []string{"{name: dind-socket}"}, no: []string{"{name: cache}"}},
	"container.volumeMounts put *": {
		yes: []string{"{name: sock, mountPath: /s}"},
		no: []string{
			"{name: cache, mountPath: /s}", "{name: sock, other: x}", "{name: sock, mountPath: /s, subPath: ../../etc}",
			"{name: sock, mountPath: /s, subPathExpr: ../../etc}", "{name: sock, mountPath: /s, subPath: {a: b}}",
		},
	},
	"handler put host": {yes: []string{"localhost"}, no: []string{"169.254.169.254"}},
	"metadata.annotations drop istio.io/reroute-virtual-interfaces": {
		yes: []string{"docker0"},
		no:  []string{"eth0"},
	},
	"metadata.annotations drop config.linkerd.io/skip-subnets": {
		yes: []string{"172.17.0.0/16"},
		no:  []string{"x"},
	},
	"metadata.annotations drop traffic.kuma.io/exclude-inbound-ips": {
		yes: []string{"172.17.0.0/16"},
		no:  []string{"x"},
	},
	"template.metadata.annotations drop istio.io/reroute-virtual-interfaces": {
		yes: []string{"docker0"},
		no:  []string{"eth0"},
	},
	"template.metadata.annotations drop config.linkerd.io/skip-subnets": {
		yes: []string{"172.17.0.0/16"},
		no:  []string{"x"},
	},
	"template.metadata.annotations drop traffic.kuma.io/exclude-inbound-ips": {
		yes: []string{"172.17.0.0/16"},
		no:  []string{"x"},
	},
	"metadata.annotations drop dindify.dev/serves": {yes: []string{"x"}, no: []string{"[x]"}},
	"pod drop hostUsers":                           {yes: []string{"false"}, no: []string{"true"}},
	"pod drop runtimeClassName": {yes: []string{"kata-qemu", "mine"}, no: []string{
		"gvisor", "runsc",
		"sysbox-runc", "[x]",
	}},
	"pod drop serviceAccountName":            {yes: []string{"agent-sa"}, no: []string{"'a b'", "[x]"}},
	"pod drop terminationGracePeriodSeconds": {yes: []string{"45"}, no: []string{"-1", "x"}},
	"pod put affinity": {
		yes: []string{"{nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: " +
			"[{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [a]}]}]}}}"},
		no: []string{"{nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: " +
			"[{matchExpressions: [{key: zone, operator: In, values: [a]}]}]}}}", "{podAntiAffinity: {}}"},
	},
	"pod put dnsPolicy": {
		yes: []string{"ClusterFirstWithHostNet"},
		no:  []string{"None", "Default"},
	},
	"pod put hostNetwork": {yes: []string{"true", "True", "yes"}, no: []string{"{a: b}", "'yes'", "false", "no"}},
	"pod put nodeSelector": {
		yes: []string{"{kubernetes.io/hostname: a}"},
		no:  []string{"{kubernetes.io/os: windows}"},
	},
	"pod put serviceAccountName":            {yes: []string{"old-sa"}, no: []string{"'a\\n'", "[x]"}},
	"pod put terminationGracePeriodSeconds": {yes: []string{"30", "0x1E"}, no: []string{"[30]", "-1"}},
	"pod put volumes": {yes: []string{"[{name: s, hostPath: {path: " +
		"/var/run/docker.sock}}]"}, no: []string{"[{name: s, hostPath: {path: /etc}}]", "[{name: s, secret: " +
		"{secretName: x}}]"}},
	"pod.containers drop *": {
		yes: []string{"dind-daemon=", "dind-cleanup="},
		no:  []string{"auth="},
	},
	"pod.hostAliases drop 127.0.0.1": {
		yes: []string{"{ip: 127.0.0.1, hostnames: [a]}"},
		no:  []string{"{ip: 127.0.0.1, hostnames: ['a b']}", "{ip: 127.0.0.1, x: y}"},
	},
	"pod.hostAliases[] drop hostnames": {yes: []string{"[a, b.c]"}, no: []string{"a", "['a b']"}},
	"pod.hostAliases[].hostnames drop *": {yes: []string{"host.docker.internal"}, no: []string{
		"[a]",
		"'a b'",
	}},
	"pod.initContainers drop *": {
		yes: []string{"dind-daemon=", "dind-cleanup="},
		no:  []string{"policy="},
	},
	"pod.initContainers drop wait-for-target":       {yes: []string{"{name: wait-for-target}"}, no: []string{"x"}},
	"pod.nodeSelector put kubernetes.io/hostname":   {yes: []string{"a"}, no: []string{"[a]"}},
	"pod.resources.limits put *":                    {no: []string{"1"}},
	"pod.resources.requests put *":                  {no: []string{"1"}},
	"pod.securityContext drop fsGroup":              {yes: []string{"1000"}, no: []string{"0", "2000"}},
	"pod.securityContext drop fsGroupChangePolicy":  {yes: []string{"Always"}, no: []string{"x"}},
	"pod.securityContext.supplementalGroups drop *": {yes: []string{"2375", "1000"}, no: []string{"0"}},
	"pod.volumes drop *": {
		yes: []string{"dind-data=", "extra="},
		no:  []string{"cache="},
	},
	"pod.volumes put *": {yes: []string{"{name: s, hostPath: {path: /run, type: " +
		"Directory}}", "{name: s, hostPath: {path: /run}, emptyDir: null}", "{name: s, persistentVolumeClaim: " +
		"{claimName: sock}}"}, no: []string{"{name: s, hostPath: {path: /etc}}", "{name: s, persistentVolumeClaim: " +
		"{claimName: secrets}}", "{name: s, hostPath: {path: /run}, secret: {}}"}},
	"spec drop suspend": {yes: []string{"true"}, no: []string{"false"}},
	"spec put schedule": {yes: []string{"'0 3 * * *'", "'@daily'", "'@every 6h'", "' 0  3 * * * '"}, no: []string{
		"now",
		"[x]",
	}},
	"spec put suspend": {yes: []string{"false", "no"}, no: []string{"true", "yes"}},
	"template.metadata.annotations drop dindify.dev/target": {yes: []string{"agent"}, no: []string{"'a b'", "[x]"}},
	"template.metadata.annotations drop kubectl.kubernetes.io/default-container": {
		yes: []string{"agent"},
		no:  []string{"x"},
	},
}

func TestEachRowOfThePolicyAllowsAndRefuses(t *testing.T) {
	for _, row := range policy {
		for verb, list := range map[string]entries{"drop": row.drop, "put": row.put} {
			for name, ok := range list {
				key := fmt.Sprintf("%s %s %s", row.place, verb, name)
				example, listed := examples[key]
				require.True(t, listed, "add examples of the row %q: a value that it allows, and one that it refuses", key)
				for _, r := range row.of {
					c := conversionOf(t, r)
					for _, text := range example.yes {
						require.True(t, ok(c, valueOf(t, r, row.place, name, text)), "%s: %s is allowed", key, text)
					}
					for _, text := range example.no {
						require.False(t, ok(c, valueOf(t, r, row.place, name, text)), "%s: %s is refused", key, text)
					}
				}
			}
		}
	}
}

func TestThePolicyIsSorted(t *testing.T) {
	require.True(t, slices.IsSortedFunc(policy, func(a, b row) int { return strings.Compare(a.place, b.place) }))
}

func conversionOf(t *testing.T, r role) *Conversion {
	text := converted
	if r == cleanup {
		text = rewritten
	}
	o, _ := object(t, fmt.Sprintf(text, "x"))
	c := newConversion(o, journal{Version: version, Object: o.Title(), Mark: Mark{Daemon: "dind-daemon"}}, leadsToSock)
	require.Equal(t, r, c.role)
	c.onNode["sock"] = []string{"/var/run/docker.sock"}
	return c
}

func leadsToSock(_, claim string) string {
	if claim == "sock" {
		return "/var/run/docker.sock"
	}
	return ""
}

func object(t *testing.T, text string) (*kube.Object, *report.Report) {
	item, err := kube.ReadItem(text)
	require.NoError(t, err)
	set := &kube.Set{Items: []*kube.Item{item}, Report: &report.Report{}, Locations: kube.PodSpecLocations}
	return set.Objects()[0], set.Report
}

// valueOf parses an example; "name=" gives an entry of that name.
func valueOf(t *testing.T, r role, place, name, text string) value {
	in := strings.Replace(place, "pod", paths[r], 1)
	in = strings.Replace(in, "container", paths[r]+".containers["+map[role]string{
		client:  "name=agent",
		cleanup: "name=prune",
	}[r]+"]", 1)
	if named, ok := strings.CutSuffix(text, "="); ok {
		name, text = named, "{name: "+named+"}"
	}
	var n yaml.Node
	require.NoError(t, yaml.Unmarshal([]byte(text), &n))
	return value{name, in, n.Content[0]}
}

// TestForgedJournalsAreRefused gives objects with the marks of a conversion journals that ask for more than a
// conversion does.
func TestForgedJournalsAreRefused(t *testing.T) {
	const pod = "spec.template.spec"
	for name, edits := range map[string]string{
		"a service account":        "{in: " + pod + ", put: [{at: 0, text: 'serviceAccountName: cluster-admin'}]}",
		"the sandbox":              "{in: " + pod + ", drop: {runtimeClassName: gvisor}}",
		"the sandbox, for nothing": "{in: " + pod + ", put: [{at: 0, text: 'runtimeClassName: null', now: gvisor}]}",
		"a field, for nothing":     "{in: " + pod + ", put: [{at: 0, text: 'hostAliases: null'}]}",
		"an item that is nothing":  "{in: '" + pod + ".containers[name=agent].env', put: [{at: 0, text: '- null'}]}",
		"the service account":      "{in: " + pod + ", drop: {serviceAccountName: agent}}",
		"another container":        "{in: " + pod + ".containers, drop: {auth: ''}}",
		"env of another container": "{in: '" + pod + ".containers[name=auth].env', drop: {MODE: strict}}",
		"an image":                 "{in: '" + pod + ".containers[name=agent]', put: [{at: 0, text: 'image: evil'}]}",
		"a command":                "{in: '" + pod + ".containers[name=agent]', put: [{at: 0, text: 'command: [id]'}]}",
		"a name of another host":   "{in: " + pod + ".hostAliases, drop: {10.0.0.1: ''}}",
		"a volume": "{in: " + pod + ".volumes, put: [{at: 0, text: '- {name: x, hostPath: " +
			"{path: /etc}}'}]}",
		"a claim that has no socket": "{in: " + pod + ".volumes, put: [{at: 0, text: '- {name: x, persistentVolumeClaim: " +
			"{claimName: y}}'}]}",
		"a volume that others mount": "{in: " + pod + ".volumes, drop: {cache: ''}}",
		"a mount":                    "{in: '" + pod + ".containers[name=agent].volumeMounts', drop: {/cache: ''}}",
		"another place":              "{in: spec, put: [{at: 0, text: 'replicas: 0'}]}",
		"two documents":              "{in: " + pod + ", put: [{at: 0, text: \"hostNetwork: true\\n---\\nkind: X\"}]}",
		"a carriage return":          "{in: " + pod + ", put: [{at: 0, text: \"hostNetwork: true\\r---\\rkind: X\"}]}",
		"a line separator": "{in: " + pod + ", put: [{at: 0, text: \"hostNetwork: " +
			"true\\u2028---\\u2028kind: X\"}]}",
		"two entries":                "{in: " + pod + ", put: [{at: 0, text: \"hostNetwork: true\\nhostPID: true\"}]}",
		"what stood without a value": "{in: " + pod + ".securityContext, made: true, was: 'hostPID: true'}",
		"the node's root":            "{in: " + pod + ".volumes, put: [{at: 0, text: '- {name: x, hostPath: {path: /}}'}]}",
		"a binary value": "{in: " + pod + ".volumes, put: [{at: 0, text: '- {name: x, hostPath: " +
			"{path: !!binary /run/docker.sock}}'}]}",
		"a tag of an application": "{in: " + pod + ", put: [{at: 0, text: 'hostNetwork: !x true'}]}",
		"too many":                strings.Repeat("{in: metadata},", maxEdits) + "{in: metadata}",
		"an unknown field":        "{in: metadata, exec: id}",
	} {
		t.Run(name, func(t *testing.T) {
			j := fmt.Sprintf("{version: 2, object: Deployment/agent, daemon: dind-daemon, edits: [%s]}", edits)
			o, rep := object(t, fmt.Sprintf(converted, "'"+strings.ReplaceAll(j, "'", "''")+"'"))
			_, ok := Read(o, leadsToSock)
			require.False(t, ok)
			require.Equal(t, []string{report.JournalDamaged}, idsOfErrors(rep))
		})
	}
}

func idsOfErrors(rep *report.Report) (ids []string) {
	for _, f := range rep.Errors() {
		ids = append(ids, f.ID)
	}
	return ids
}

func TestJournalWithoutTheMarksOfAConversionIsRefused(t *testing.T) {
	for name, replace := range map[string][2]string{
		"no daemon":             {"name: dind-daemon", "name: other"},
		"no mount of its data":  {"{name: dind-data, mountPath: /var/lib/docker}", "{name: extra, mountPath: /x}"},
		"no volume of its data": {"{name: dind-data, emptyDir: {}}", "{name: other, emptyDir: {}}"},
	} {
		t.Run(name, func(t *testing.T) {
			j := `"{version: 2, object: Deployment/agent, daemon: dind-daemon, edits: []}"`
			o, rep := object(t, strings.Replace(fmt.Sprintf(converted, j), replace[0], replace[1], 1))
			_, ok := Read(o, leadsToSock)
			require.False(t, ok)
			require.Equal(t, []string{report.JournalDamaged}, idsOfErrors(rep))
		})
	}
}
