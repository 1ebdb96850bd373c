// Package workload generates the inputs: realistic Deployments, some of which mount the node's Docker socket.
package workload

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Deployments is a number of Deployments, a fraction of which mounts the socket.
type Deployments struct {
	Count int
	Every int // 1 is all of them, 100 is one in a hundred, 0 is none
}

// Sockets returns the number of Deployments that mount the socket.
func (d Deployments) Sockets() int {
	if d.Every == 0 {
		return 0
	}
	return (d.Count + d.Every - 1) / d.Every
}

// Name returns the name of the file.
func (d Deployments) Name() string { return fmt.Sprintf("list-%d-%d.yaml", d.Count, d.Every) }

// Objects returns the number of objects.
func (d Deployments) Objects() int { return d.Count }

// Share describes how many mount the socket.
func (d Deployments) Share() string {
	if d.Every == 0 {
		return "0 %"
	}
	return fmt.Sprintf("%d %%", 100/d.Every)
}

// WriteResourceList writes the objects like a host that calls a function.
func (d Deployments) WriteResourceList(w io.Writer) error {
	out := bufio.NewWriter(w)
	items := "items:\n"
	if d.Count == 0 {
		items = "items: []\n"
	}
	fmt.Fprint(out, "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n", items)
	for i := range d.Count {
		text := strings.TrimSuffix(d.deployment(i), "\n")
		fmt.Fprint(out, "- ", strings.ReplaceAll(text, "\n", "\n  "), "\n")
	}
	return out.Flush()
}

// WriteStream writes the objects as documents of a file.
func (d Deployments) WriteStream(w io.Writer) error {
	out := bufio.NewWriter(w)
	for i := range d.Count {
		fmt.Fprint(out, "---\n", d.deployment(i))
	}
	return out.Flush()
}

func (d Deployments) deployment(i int) string {
	mount, volume := "", ""
	if d.Every > 0 && i%d.Every == 0 {
		mount, volume = socketMount, socketVolume
	}
	return fmt.Sprintf(deployment, i, i%20, mount, volume)
}

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-%[1]d
  namespace: team-%[2]d
  labels:
    app.kubernetes.io/name: app-%[1]d
    app.kubernetes.io/part-of: shop
spec:
  replicas: 1
  selector:
    matchLabels:
      app.kubernetes.io/name: app-%[1]d
  template:
    metadata:
      labels:
        app.kubernetes.io/name: app-%[1]d
    spec:
      containers:
      - name: app
        image: registry.example.com/shop/app-%[1]d:1.2.3
        ports:
        - name: http
          containerPort: 8080
        env:
        - name: LOG_LEVEL
          value: info
        - name: DB_HOST
          valueFrom:
            secretKeyRef:
              name: app-%[1]d-db
              key: host
        resources:
          requests:
            cpu: 100m
            memory: 128Mi
          limits:
            memory: 256Mi
        readinessProbe:
          httpGet:
            path: /healthz
            port: http
        volumeMounts:
        - name: data
          mountPath: /data
%[3]s      volumes:
      - name: data
        emptyDir: {}
%[4]s`

const socketMount = `        - name: docker-sock
          mountPath: /var/run/docker.sock
`

const socketVolume = `      - name: docker-sock
        hostPath:
          path: /var/run/docker.sock
          type: Socket
`
