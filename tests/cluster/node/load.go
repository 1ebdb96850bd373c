package node

import (
	"bytes"
	"io"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/images"
	"github.com/boxp/dindify/tests/cluster/kube"
)

// Load gives the node a stand-in for every container image in the manifests that it does not have yet.
func (n *Node) Load(t testing.TB, manifests ...[]byte) {
	t.Helper()
	var refs []string
	for _, stream := range manifests {
		found, err := kube.Images(stream)
		require.NoError(t, err)
		refs = append(refs, found...)
	}
	slices.Sort(refs)
	refs = slices.DeleteFunc(slices.Compact(refs), func(ref string) bool { return n.loaded[ref] })
	if len(refs) == 0 {
		return
	}
	load(t, refs...)
	for _, ref := range refs {
		n.loaded[ref] = true
	}
}

func load(t testing.TB, refs ...string) {
	t.Helper()
	all, err := images.For(refs...)
	require.NoError(t, err)
	archive, writer := io.Pipe()
	go func() { writer.CloseWithError(images.Archive(writer, all...)) }()
	var output bytes.Buffer
	importer := ctr(t, "images", "import", "-")
	importer.Stdin, importer.Stdout, importer.Stderr = archive, &output, &output
	require.NoErrorf(t, importer.Run(), "import images %v:\n%s", refs, &output)
}
