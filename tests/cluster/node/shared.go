package node

import (
	"context"
	"path/filepath"
	"sync"
	"testing"

	"github.com/boxp/dindify/tests/cluster/process"
	"github.com/boxp/dindify/tests/cluster/sandbox"
)

var shared struct {
	sync.Mutex
	node *Node
}

// Shared returns the node that all tests of a sandbox use one after the other: it starts with the first test, and ends
// with the sandbox.
func Shared(t testing.TB) *Node {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.node == nil {
		shared.node = Start(lasting{t})
	}
	dirs := []string{shared.node.Dir, sandbox.StateDir()}
	t.Cleanup(func() {
		if !t.Failed() {
			return
		}
		for _, dir := range dirs {
			logs, _ := filepath.Glob(filepath.Join(dir, "*.log"))
			for _, log := range logs {
				t.Logf("%s:\n%s", log, process.Tail(log))
			}
		}
	})
	return shared.node
}

// lasting is a test whose clean-ups do not run: the end of the sandbox removes everything that it starts.
type lasting struct{ testing.TB }

func (lasting) Cleanup(func()) {}

func (lasting) Context() context.Context { return context.Background() }
