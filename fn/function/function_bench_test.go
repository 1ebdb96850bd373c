package function_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/function"
)

// resourceList has n Deployments. One in every so many mounts the node's socket; 0 means none.
func resourceList(n, every int) []byte {
	var out bytes.Buffer
	out.WriteString("apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n")
	for i := range n {
		fmt.Fprintf(&out, deployment, i, i%20, i, i, i, i)
		if every > 0 && i%every == 0 {
			out.WriteString("          - name: docker-sock\n            mountPath: /var/run/docker.sock\n")
		}
		out.WriteString("        volumes:\n        - name: data\n          emptyDir: {}\n")
		if every > 0 && i%every == 0 {
			out.WriteString("        - name: docker-sock\n          hostPath:\n            path: /var/run/docker.sock\n")
		}
	}
	return out.Bytes()
}

const deployment = `- apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: app-%d
    namespace: team-%d
    labels:
      app.kubernetes.io/name: app-%d
  spec:
    replicas: 1
    selector:
      matchLabels:
        app.kubernetes.io/name: app-%d
    template:
      metadata:
        labels:
          app.kubernetes.io/name: app-%d
      spec:
        containers:
        - name: app
          image: registry.example.com/shop/app-%d:1.2.3
          ports:
          - name: http
            containerPort: 8080
          env:
          - name: LOG_LEVEL
            value: info
          - name: DB_HOST
            valueFrom:
              secretKeyRef:
                name: db
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
`

func BenchmarkRun(b *testing.B) {
	for _, n := range []int{1, 10, 100, 1000, 10000} {
		for _, share := range []struct {
			name  string
			every int
		}{{"0%", 0}, {"1%", 100}, {"100%", 1}} {
			b.Run(fmt.Sprintf("objects=%d/dood=%s", n, share.name), func(b *testing.B) {
				in := string(resourceList(n, share.every))
				b.SetBytes(int64(len(in)))
				b.ReportAllocs()
				for b.Loop() {
					_, rep := function.Run(in, function.Override{})
					require.False(b, rep.Failed())
				}
			})
		}
	}
}

// BenchmarkList puts all of them into one List, as kubectl get prints them.
func BenchmarkList(b *testing.B) {
	for _, n := range []int{100, 1000, 5000} {
		b.Run(fmt.Sprintf("objects=%d", n), func(b *testing.B) {
			list := string(resourceList(n, 1))
			_, items, _ := strings.Cut(list, "items:\n")
			in := "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n- apiVersion: v1\n  kind: List\n " +
				" items:\n  " +
				strings.ReplaceAll(strings.TrimSuffix(items, "\n"), "\n", "\n  ") + "\n"
			b.SetBytes(int64(len(in)))
			b.ReportAllocs()
			for b.Loop() {
				_, rep := function.Run(in, function.Override{})
				require.False(b, rep.Failed())
			}
		})
	}
}
