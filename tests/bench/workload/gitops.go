package workload

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Input is the input of a program.
type Input interface {
	Name() string // of the file
	Objects() int
	Sockets() int // number of objects that mount the socket
	WriteResourceList(w io.Writer) error
}

// GitOps is a realistic repository: custom resource definitions with long descriptions, dashboards and scripts in
// ConfigMaps, rendered charts, handwritten manifests with comments and in flow style, JSON and CRLF. One object in a
// hundred mounts the socket.
type GitOps struct{ Count int }

// Handwritten is a number of workloads with comments, quotes and flow style, all of which mount the socket.
type Handwritten struct{ Count int }

// Name returns the name of the file.
func (g GitOps) Name() string { return fmt.Sprintf("gitops-%d.yaml", g.Count) }

// Objects returns the number of objects.
func (g GitOps) Objects() int { return g.Count }

// Sockets returns the number of objects that mount the socket.
func (g GitOps) Sockets() int { return (g.Count + 99 - byHandAt) / 100 }

// WriteResourceList writes the objects like a host that calls a function.
func (g GitOps) WriteResourceList(w io.Writer) error { return writeItems(w, g.Count, g.object) }

// Name returns the name of the file.
func (h Handwritten) Name() string { return fmt.Sprintf("handwritten-%d.yaml", h.Count) }

// Objects returns the number of objects.
func (h Handwritten) Objects() int { return h.Count }

// Sockets returns the number of objects that mount the socket.
func (h Handwritten) Sockets() int { return h.Count }

// WriteResourceList writes the objects like a host that calls a function.
func (h Handwritten) WriteResourceList(w io.Writer) error {
	return writeItems(w, h.Count, func(i int) string { return byHand(i, true) })
}

func writeItems(w io.Writer, n int, object func(int) string) error {
	out := bufio.NewWriter(w)
	fmt.Fprint(out, "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n")
	for i := range n {
		text := strings.TrimRight(object(i), "\r\n")
		fmt.Fprint(out, "- ", strings.ReplaceAll(text, "\n", "\n  "), "\n")
	}
	return out.Flush()
}

// byHandAt is the index, within each hundred, of the handwritten manifest that mounts the socket.
const byHandAt = 40

// object returns the object at an index: each hundred has the same kinds.
func (g GitOps) object(i int) string {
	switch at := i % 100; {
	case at < 3:
		return definition(i)
	case at < 4:
		return dashboard(i)
	case at < 8:
		return scripts(i)
	case at < byHandAt:
		return rendered(i)
	case at < 75:
		return byHand(i, at == byHandAt)
	case at < 80:
		return strings.ReplaceAll(byHand(i, false), "\n", "\r\n")
	case at < 90:
		return asJSON(i)
	}
	return Deployments{}.deployment(i)
}

// definition returns a custom resource definition of about 40 KB.
func definition(i int) string {
	var out strings.Builder
	fmt.Fprintf(&out, definitionHead, i)
	for field := range 80 {
		fmt.Fprintf(&out, definitionField, field)
	}
	return out.String()
}

const definitionHead = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  annotations:
    controller-gen.kubebuilder.io/version: v0.16.1
  name: things%[1]d.example.com
spec:
  group: example.com
  names:
    kind: Thing%[1]d
    listKind: Thing%[1]dList
    plural: things%[1]d
    singular: thing%[1]d
  scope: Namespaced
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
`

const definitionField = `          field%[1]d:
            description: |-
              Field%[1]d says how the controller treats what it owns. It may be changed at any time,
              and takes effect with the next reconciliation.

              More info: https://example.com/docs/field%[1]d#what-it-does
            type: object
            properties:
              name:
                description: Name of the thing. Must be unique within a namespace, and
                  is required when creating resources, although some may allow a client
                  to request the generation of an appropriate name automatically.
                type: string
                maxLength: 253
              policy:
                description: 'Policy of the thing: one of Always, Never or IfNotPresent.
                  Defaults to Always if it is not given, and cannot be updated.'
                enum: [Always, Never, IfNotPresent]
                type: string
`

// dashboard returns a ConfigMap with a text of about 200 KB.
func dashboard(i int) string {
	var out strings.Builder
	fmt.Fprintf(&out, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: dashboard-%d\n  labels: {grafana_dashboard: "+
		"\"1\"}\ndata:\n  dashboard.json: |-\n    {\"panels\": [\n", i)
	for panel := range 600 {
		fmt.Fprintf(&out, dashboardPanel, panel)
	}
	out.WriteString("    {}], \"refresh\": \"30s\"}\n")
	return out.String()
}

const dashboardPanel = `      {
        "id": %[1]d,
        "title": "Requests by status",
        "type": "timeseries",
        "fieldConfig": {"defaults": {"unit": "reqps", "color": {"mode": "palette-classic"}}},
        "targets": [{"expr": "sum(rate(http_requests_total{job=~\"app-.*\",code=~\"5\\d\\d\"}[5m])) by (code)", "legendFormat": "{{code}}"}]
      },
`

// scripts returns a ConfigMap with shell scripts.
func scripts(i int) string {
	return fmt.Sprintf("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: scripts-%d\ndata:\n  backup.sh: |\n%s", i,
		strings.Repeat(script, 30))
}

const script = `    #!/bin/sh
    set -eu
    pg_dump --host "$DB_HOST" --username "$DB_USER" \
      --format custom "$DB_NAME" > "/backup/$(date +%F).dump"
    find /backup -name '*.dump' -mtime +14 -delete # two weeks

`

// rendered returns the output of a chart.
func rendered(i int) string {
	text := Deployments{}.deployment(i)
	labels := "  labels:\n    helm.sh/chart: shop-1.2.3\n    app.kubernetes.io/managed-by: \"Helm\"\n"
	return fmt.Sprintf("# Source: shop/charts/app-%d/templates/deployment.yaml\n", i) + strings.Replace(text,
		"  labels:\n", labels, 1)
}

func asJSON(i int) string {
	return fmt.Sprintf(
		`{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "app-%[1]d", "namespace": "team-%[2]d"}, `+
			`"spec": {"selector": {"app": "app-%[1]d"}, "ports": [{"name": "http", "port": 80, "targetPort": "http"}]}}`, i,
		i%20)
}

func byHand(i int, socket bool) string {
	mount, volume := "", ""
	if socket {
		mount = "            - {name: docker, mountPath: /var/run/docker.sock} # builds images\n"
		volume = "        - name: docker # of the node\n          hostPath: {path: /var/run/docker.sock, type: Socket}\n"
	}
	return fmt.Sprintf(manual, i, i%20, mount, volume)
}

const manual = `# The worker of team %[2]d.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker-%[1]d
  namespace: team-%[2]d
  labels: {app: worker-%[1]d, tier: "backend"}

spec:
  replicas: 1 # one is enough
  selector: {matchLabels: {app: worker-%[1]d}}

  template:
    metadata:
      labels: {app: worker-%[1]d}
      annotations:
        prometheus.io/scrape: 'true'
    spec:
      # Keep in step with the chart.
      containers:
        - name: worker
          image: "registry.example.com/worker:1.2.3"
          args: ["--verbose", '--queue=default']
          command:
            - /bin/sh
            - -c
            - |
              set -e
              exec worker --queue default
          env:
            - {name: LOG_LEVEL, value: "info"}
            # The database of the team.
            - name: DB_HOST
              value: db.team-%[2]d.svc
          resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 256Mi}}
          volumeMounts:
            - {name: data, mountPath: /data}
%[3]s      volumes:
        - name: data
          emptyDir: {}
%[4]s`
