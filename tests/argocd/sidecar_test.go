package argocd

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/golang/protobuf/ptypes/empty"
	"github.com/stretchr/testify/require"

	"github.com/argoproj/argo-cd/v3/cmpserver/apiclient"
	"github.com/argoproj/argo-cd/v3/common"
	utilio "github.com/argoproj/argo-cd/v3/util/io"

	"github.com/boxp/dindify/tests/docker/bases"
	"github.com/boxp/dindify/tests/docker/engine"
	"github.com/boxp/dindify/tests/docker/product"
)

// pluginImage is the image in the repo-server's patch.
const pluginImage = "ghcr.io/boxp/dindify-argocd:v0.1.0"

// startSidecar builds the plugin's image and runs it like the patched repo-server's pod: with Argo CD's own
// argocd-cmp-server, user 999, a read-only root, no privileges, and no network, which it does not need.
func startSidecar(t *testing.T) {
	t.Helper()
	docker := engine.Start(t)
	product.BuildImage(t, docker)
	plugin := filepath.Join(product.Root(t), "examples", "argocd", "plugin")
	bases.Provide(t, docker, filepath.Join(plugin, "Dockerfile"))
	docker.Docker(nil, "build", "--network=host", "--tag="+pluginImage, plugin)

	sockets, err := os.MkdirTemp("", "cmp-") // the path of a socket must be short
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(sockets) })
	require.NoError(t, os.Chmod(sockets, 0o777))
	t.Setenv(common.EnvPluginSockFilePath, sockets)

	container := strings.TrimSpace(docker.Docker(nil, "run", "--detach", "--network=none", "--user=999", "--read-only",
		"--cap-drop=ALL", "--security-opt=no-new-privileges", "--tmpfs=/tmp",
		"--volume="+buildServer(t)+":/var/run/argocd/argocd-cmp-server:ro",
		"--volume="+sockets+":"+common.DefaultPluginSockFilePath,
		pluginImage, "/var/run/argocd/argocd-cmp-server"))
	t.Cleanup(func() {
		if t.Failed() {
			log, _ := docker.Command("logs", "--tail=30", container).CombinedOutput()
			t.Logf("argocd-cmp-server:\n%s", log)
		}
		docker.Docker(nil, "rm", "--force", container)
	})
	require.Eventually(t, answers, time.Minute, 100*time.Millisecond, "argocd-cmp-server does not answer")
}

// buildServer builds the real argocd-cmp-server: about five minutes the first time, then seconds with Go's build
// cache.
func buildServer(t *testing.T) string {
	t.Helper()
	server := filepath.Join(engine.Cache(t), "argocd-cmp-server")
	cmd := exec.Command("go", "build", "-trimpath", "-o", server, "./cmp-server")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return server
}

func answers() bool {
	conn, client, err := dial()
	if err != nil {
		return false
	}
	defer utilio.Close(conn)
	_, err = client.CheckPluginConfiguration(context.Background(), &empty.Empty{})
	return err == nil
}

func dial() (utilio.Closer, apiclient.ConfigManagementPluginServiceClient, error) {
	socket := filepath.Join(common.GetPluginSockFilePath(), "dindify.sock")
	return apiclient.NewConfigManagementPluginClientSet(socket).NewConfigManagementPluginClient()
}
