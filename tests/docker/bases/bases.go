// Package bases makes the images that our Dockerfiles start from, on a machine that can pull none: from Debian's
// packages and the Go that is installed. They bear the names that the Dockerfiles ask for, so these are built as
// they are.
package bases

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/docker/debian"
	"github.com/boxp/dindify/tests/docker/engine"
)

// base is the minimal Debian that all others are, or stand on.
const base = "debian:bookworm"

// Provide makes every golang and debian image that the Dockerfile starts from, unless the engine has it.
func Provide(t testing.TB, docker *engine.Engine, dockerfile string) {
	t.Helper()
	text, err := os.ReadFile(dockerfile)
	require.NoError(t, err)
	if name := GoImage(t, dockerfile); name != "" {
		provideGo(t, docker, name)
	}
	for _, name := range regexp.MustCompile(`\bdebian:[\w.-]+`).FindAllString(string(text), -1) {
		provideDebian(t, docker, name)
	}
}

// GoImage is the golang image of a Dockerfile without its digest, which only the registry's has; "" for none.
func GoImage(t testing.TB, dockerfile string) string {
	t.Helper()
	text, err := os.ReadFile(dockerfile)
	require.NoError(t, err)
	return regexp.MustCompile(`\bgolang:[\w.-]+`).FindString(string(text))
}

// provideGo is Debian with this machine's Go where the official image has it. BuildKit caches it by content.
func provideGo(t testing.TB, docker *engine.Engine, name string) {
	t.Helper()
	provideDebian(t, docker, base)
	root, err := exec.Command("go", "env", "GOROOT").Output()
	require.NoError(t, err)
	docker.Docker(bytes.NewBufferString(fmt.Sprintf(`
FROM %s
ENV GOPATH=/go GOTOOLCHAIN=local PATH=/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
COPY . /usr/local/go
WORKDIR /go
`, base)), "build", "--tag", name, "--file", "-", string(bytes.TrimSpace(root)))
}

// provideDebian is base under the name that is asked for.
func provideDebian(t testing.TB, docker *engine.Engine, name string) {
	t.Helper()
	if docker.Command("image", "inspect", base).Run() != nil {
		bootstrap(t, docker)
	}
	docker.Docker(nil, "tag", base, name)
}

// bootstrap makes a minimal Debian 12 from its packages: about a minute, once.
func bootstrap(t testing.TB, docker *engine.Engine) {
	t.Helper()
	debian.Install(t, map[string]string{"debootstrap": "debootstrap"})
	root := filepath.Join(t.TempDir(), "root")
	run(t, "debootstrap", "--variant=minbase", "--include=ca-certificates", "bookworm", root)
	likeThisMachine(t, root)
	archive := exec.Command("tar", "--create", "--numeric-owner", "--directory", root,
		"--exclude=./var/cache/apt/archives/*.deb", ".")
	stdout, err := archive.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, archive.Start())
	docker.Docker(stdout, "import", "--change", `CMD ["bash"]`, "-", base)
	require.NoError(t, archive.Wait())
}

// likeThisMachine gives the image the machine's package sources and trusted certificates: behind a proxy, a build
// step reaches the network as the machine does.
func likeThisMachine(t testing.TB, root string) {
	t.Helper()
	for _, path := range []string{
		"/etc/apt/sources.list", "/etc/apt/sources.list.d",
		"/etc/ssl/certs/ca-certificates.crt",
	} {
		if _, err := os.Stat(path); err == nil {
			run(t, "cp", "--recursive", "--dereference", "--no-target-directory", path, root+path)
		}
	}
}

func run(t testing.TB, name string, args ...string) {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	require.NoError(t, err, "%s %v:\n%s", name, args, out)
}
