package checks

import (
	"os"
	"runtime"
	"strconv"
)

// mostNodes is how many nodes start by default at the most: each takes some 1.5 GB of memory.
const mostNodes = 4

// Nodes is how many nodes share the tests of this package, side by side: DINDIFY_NODES, else two for each processor,
// since a node waits most of the time.
func Nodes() int {
	if n, err := strconv.Atoi(os.Getenv("DINDIFY_NODES")); err == nil && n > 0 {
		return n
	}
	return min(2*runtime.NumCPU(), mostNodes)
}
