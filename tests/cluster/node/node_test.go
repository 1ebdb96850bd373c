package node_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/kube"
	"github.com/boxp/dindify/tests/cluster/node"
	"github.com/boxp/dindify/tests/cluster/sandbox"
)

func TestMain(m *testing.M) { os.Exit(sandbox.Main(m, node.Prepare)) }

const pod = `
apiVersion: v1
kind: Pod
metadata: {name: hello, namespace: demo}
spec: {containers: [{name: app, image: example.com/app:1}]}
`

func TestNodeRunsPods(t *testing.T) {
	n := node.Start(t)
	n.CreateNamespace(t, "demo")
	n.Load(t, []byte(pod))
	require.NoError(t, n.Apply(t.Context(), []byte(pod)))
	n.WaitPodReady(t, "demo", "hello")

	out, err := n.Exec(t.Context(), kube.Target{Namespace: "demo", Pod: "hello", Container: "app"}, nil, "hostname")
	require.NoError(t, err)
	require.Equal(t, "hello\n", out)
}
