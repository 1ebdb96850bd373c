package node

import (
	"testing"

	"github.com/stretchr/testify/require"
	nodev1 "k8s.io/api/node/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/boxp/dindify/tests/cluster/binaries"
)

// The RuntimeClasses of a node with current versions.
const (
	WritableClass = "cgroup-writable"
	GVisorClass   = "gvisor"
)

func (n *Node) createRuntimeClasses(t testing.TB) {
	t.Helper()
	if binaries.Selected().Containerd.Dir == "" {
		return
	}
	for name, handler := range map[string]string{WritableClass: writableHandler, GVisorClass: gvisorHandler} {
		class := &nodev1.RuntimeClass{ObjectMeta: metav1.ObjectMeta{Name: name}, Handler: handler}
		_, err := n.NodeV1().RuntimeClasses().Create(t.Context(), class, metav1.CreateOptions{})
		require.NoError(t, err)
	}
}
