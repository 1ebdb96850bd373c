package kustomize

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestImagesOutside: an outer kustomization's images entry for docker replaces the daemon's image by name, whatever
// its tag or digest. The full name, or another name, is not replaced.
func TestImagesOutside(t *testing.T) {
	digest := "@sha256:" + strings.Repeat("1", 64)
	for image, stays := range map[string]bool{
		"docker:28.5.2-dind": false, "docker" + digest: false, "docker:28.5.2-dind" + digest: false,
		"docker.io/library/docker:28.5.2-dind": true, "docker.io/library/docker" + digest: true,
		"mirror.example.com/docker:28.5.2-dind": true,
	} {
		t.Run(image, func(t *testing.T) {
			dir := t.TempDir()
			lay(t, filepath.Join(dir, "base"), application(t, "spec: {daemon: {image: \""+image+"\"}}\n"))
			lay(t, dir, map[string]string{
				"base/kustomization.yaml": resources + "components: [dindify]\n",
				"kustomization.yaml":      "resources: [base]\nimages:\n- {name: docker, newTag: 28-cli}\n",
			})
			built := requireSame(t, dir)
			require.Equal(t, stays, strings.Contains(built, "image: "+image+"\n"))
			require.Equal(t, !stays, strings.Contains(built, "image: docker:28-cli\n"))
			said, _, err := run([]byte(built), "dindify", "audit", "-")
			require.Equal(t, stays, err == nil, "%s", said)
		})
	}
}
