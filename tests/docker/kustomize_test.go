package docker

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/docker/engine"
	"github.com/boxp/dindify/tests/docker/objects"
	"github.com/boxp/dindify/tests/docker/product"
)

// runsInKustomize compares the example, with the container in its component's comment, to the example with the
// program.
func runsInKustomize(t *testing.T, docker *engine.Engine, bin string) {
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS(filepath.Join(product.Root(t), "examples", "kustomize"))))
	build := func(flags ...string) objects.Set {
		cmd := exec.Command(filepath.Join(bin, "kustomize"), append(append([]string{"build", "--enable-alpha-plugins"},
			flags...), dir)...)
		cmd.Env = append(docker.Env(), "PATH="+bin+":"+os.Getenv("PATH"))
		out, err := cmd.Output()
		require.NoError(t, err)
		return objects.Parse(t, string(out))
	}
	program := build("--enable-exec")

	file := filepath.Join(dir, "dindify", "dindify.yaml")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	var shown []string
	for line := range strings.SplitSeq(string(text), "\n") {
		if comment, ok := strings.CutPrefix(line, "    #   "); ok {
			shown = append(shown, "      "+comment+"\n")
		}
	}
	require.Len(t, shown, 2, "the comment shows the container's two lines")
	edited := strings.Replace(string(text), "      exec:\n        path: dindify\n", strings.Join(shown, ""), 1)
	require.Contains(t, edited, "image: "+product.Image)
	require.NotContains(t, edited, "exec:")
	require.NoError(t, os.WriteFile(file, []byte(edited), 0o644))
	container := build()
	assert.Contains(t, container["apps/v1 Deployment ci/buildkite-agent"], "dind-daemon")
	objects.Equal(t, program, container)
}
