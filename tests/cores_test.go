package tests

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/laws"
)

// TestEveryNumberOfCoresGivesTheSame uses enough documents for several goroutines: clients, some of them in one List,
// jobs that are rewritten for them, objects that all of them look up, and objects that do not change.
func TestEveryNumberOfCoresGivesTheSame(t *testing.T) {
	for name, input := range map[string]string{
		"a document each": manyDocuments(120),
		"two share a List": manyDocuments(60) + "---\napiVersion: v1\nkind: List\nitems:\n" +
			inList(clientCalled("one", "team-1")) + inList(clientCalled("two", "team-2")),
		"a job in a List": manyDocuments(60) + "---\napiVersion: v1\nkind: List\nitems:\n" +
			inList(clientCalled("one", "team-9")) + inList(pruner("team-9")),
	} {
		t.Run(name, func(t *testing.T) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
			want, said := laws.Check(t, []byte(input), nil)
			require.False(t, said.Failed())
			runtime.GOMAXPROCS(8)
			for range 3 {
				got, again := laws.Check(t, []byte(input), nil)
				require.Equal(t, string(want), string(got))
				require.Equal(t, said.All(), again.All())
			}
		})
	}
}

func manyDocuments(n int) string {
	var all []string
	for i := range n {
		namespace := fmt.Sprintf("team-%d", i%5)
		all = append(all, clientCalled(fmt.Sprintf("app-%d", i), namespace))
		if i < 5 {
			all = append(all, pruner(namespace), "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: "+namespace+
				"\n  labels:\n    pod-security.kubernetes.io/enforce: baseline\n",
				"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: "+namespace+
					"\ndata:\n  DOCKER_HOST: unix:///var/run/docker.sock\n  A: b\n",
				"apiVersion: v1\nkind: LimitRange\nmetadata:\n  name: limits\n  namespace: "+namespace+
					"\nspec:\n  limits:\n  - type: Container\n    max: {memory: 1Gi}\n")
		}
	}
	return strings.Join(all, "---\n")
}

func inList(document string) string {
	return "- " + strings.ReplaceAll(strings.TrimSuffix(document, "\n"), "\n", "\n  ") + "\n"
}

func clientCalled(name, namespace string) string {
	return fmt.Sprintf(`apiVersion: apps/v1
kind: Deployment
metadata:
  name: %s
  namespace: %s
spec:
  template:
    spec:
      containers:
      - name: app
        image: registry.example.com/app
        envFrom:
        - configMapRef:
            name: settings
        volumeMounts:
        - name: sock
          mountPath: /var/run/docker.sock
      volumes:
      - name: sock
        hostPath:
          path: /var/run/docker.sock
`, name, namespace)
}

func pruner(namespace string) string {
	return fmt.Sprintf(`apiVersion: batch/v1
kind: CronJob
metadata:
  name: prune
  namespace: %s
spec:
  schedule: 0 3 * * *
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
          - name: prune
            image: docker:cli
            command: [docker, system, prune, --force]
            volumeMounts:
            - name: sock
              mountPath: /var/run/docker.sock
          volumes:
          - name: sock
            hostPath:
              path: /var/run/docker.sock
`, namespace)
}
