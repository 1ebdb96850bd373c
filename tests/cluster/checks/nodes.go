package checks

import (
	"os"
	"runtime"
	"strconv"
)

// mostNodes is the default maximum of nodes: each takes about 1.5 GB of memory.
const mostNodes = 4

// Nodes is the number of nodes that run the tests of this package in parallel: DINDIFY_NODES, or two for each
// processor, because a node is idle most of the time.
func Nodes() int {
	if n, err := strconv.Atoi(os.Getenv("DINDIFY_NODES")); err == nil && n > 0 {
		return n
	}
	return min(2*runtime.NumCPU(), mostNodes)
}
