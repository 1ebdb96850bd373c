package peers

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Extensions of 100 files of the generated tree. 5 are YAML.
var madeOf = []struct {
	upTo int
	end  string
	text func(i int) string
}{
	{5, ".yaml", manifestText},
	{7, ".png", func(int) string { return "\x89PNG\r\n\x1a\n\x00" + strings.Repeat("\x07\xff\x00pixels", 700) }},
	{17, ".md", func(i int) string {
		words := strings.Repeat("Some words about the path of a request.\n", 60)
		return fmt.Sprintf("# App %d\n\n%s\nThe pid is in /run/app.pid.\n", i, words)
	}},
	{25, ".sh", func(int) string { return "#!/bin/sh\nset -e\n" + strings.Repeat("echo \"a step\"\ncp a b\n", 40) }},
	{60, ".go", func(int) string {
		return "package main\n\n" + strings.Repeat("func f(path string) error { return os.Remove(path) }\n\n", 60)
	}},
	{100, ".tsx", func(int) string {
		line := "export const A = () => <div className=\"path\">x</div>;\n"
		return "import React from \"react\";\n" + strings.Repeat(line, 60)
	}},
}

const socketEvery = 2000 // one in this number of files mounts the socket

func manifestText(i int) string {
	mount, volume := "/data", "emptyDir: {}"
	if i%socketEvery == 0 {
		mount, volume = "/var/run/docker.sock", "hostPath: {path: /var/run/docker.sock}"
	}
	return fmt.Sprintf(`apiVersion: apps/v1
kind: Deployment
metadata: {name: app-%[1]d, namespace: team}
spec:
  replicas: 2
  selector: {matchLabels: {app: app-%[1]d}}
  template:
    metadata: {labels: {app: app-%[1]d}}
    spec:
      containers:
      - name: app
        image: registry.example.com/team/app-%[1]d:1.2
        env:
        - {name: LOG, value: info}
        volumeMounts:
        - {name: data, mountPath: %[2]s}
      volumes:
      - name: data
        %[3]s
---
apiVersion: v1
kind: Service
metadata: {name: app-%[1]d, namespace: team}
spec:
  selector: {app: app-%[1]d}
  ports: [{port: 80, targetPort: 8080}]
`, i, mount, volume)
}

// made generates a tree of n files.
func made(t *testing.T, n int) (dir string) {
	dir = t.TempDir()
	for i := range n {
		in := filepath.Join(dir, fmt.Sprintf("team-%d", i%97), fmt.Sprintf("app-%d", i/97%200))
		require.NoError(t, os.MkdirAll(in, 0o755))
		for _, m := range madeOf {
			if i%100 < m.upTo {
				require.NoError(t, os.WriteFile(filepath.Join(in, fmt.Sprintf("f-%d%s", i, m.end)), []byte(m.text(i)), 0o644))
				break
			}
		}
	}
	return dir
}

// module is a repository at a version, from Go's module proxy.
func module(t *testing.T, version string) (dir string) {
	var m struct{ Dir string }
	found, err := exec.Command("go", "mod", "download", "-json", version).Output()
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(found, &m))
	return m.Dir
}

const chaosMesh = "github.com/chaos-mesh/chaos-mesh@v0.9.1-0.20260902003049-47411975a8cb"

var trivy = flag.String("trivy", "", "trivy's program, to measure checkouts")

const beginScale = "<!-- measured by tests/peers, checkouts -->\n"

// TestFiguresInTheDocumentOfCheckouts measures whole checkouts: files with findings, time and memory. Without -update
// the generated tree is small, and only the findings in it are compared.
func TestFiguresInTheDocumentOfCheckouts(t *testing.T) {
	tools := finders(t)
	if !*update {
		dir := made(t, 2*socketEvery)
		for _, f := range tools {
			require.Equal(t, 2, measured(t, f, dir).files, f.name)
		}
		return
	}
	require.NotEmpty(t, *trivy, "name trivy's program with -trivy; make bin/trivy builds it")
	tools = append(tools, trivyConfig(t, *trivy))
	public, _ := corpus(t)
	var out strings.Builder
	head := []string{"Checkout", ""}
	for _, f := range tools {
		head = append(head, f.name)
	}
	fmt.Fprintf(&out, "| %s |\n|%s\n", strings.Join(head, " | "), strings.Repeat(" --- |", len(head)))
	for _, tree := range []struct{ name, dir string }{
		{"the public manifests above, as one folder", public},
		{"made: 100,000 files, 5 % of them YAML, 50 with the socket", made(t, 100_000)},
		{"sigs.k8s.io/cluster-api v1.11.0", module(t, "sigs.k8s.io/cluster-api@v1.11.0")},
		{"github.com/chaos-mesh/chaos-mesh at 47411975a8cb", module(t, chaosMesh)},
	} {
		rows := [][]string{{tree.name, "files"}, {"", "s of CPU"}, {"", "MB"}}
		for _, f := range tools {
			m := measured(t, f, tree.dir)
			rows[0] = append(rows[0], fmt.Sprint(m.files))
			rows[1] = append(rows[1], fmt.Sprintf("%.1f", m.cpu.Seconds()))
			rows[2] = append(rows[2], fmt.Sprint(m.memory>>20))
		}
		for _, row := range rows {
			fmt.Fprintf(&out, "| %s |\n", strings.Join(row, " | "))
		}
	}
	writeSection(t, document, beginScale, out.String())
}
