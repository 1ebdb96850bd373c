// Package bases builds the base images of our Dockerfiles on a machine that cannot pull images: from Debian's packages
// and the installed Go. They have the names that the Dockerfiles use, so the Dockerfiles build unchanged.
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

// base is the minimal Debian on which all others are based.
const base = "debian:bookworm"

// Provide builds every golang and debian image that the Dockerfile starts from, unless the engine has it.
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

// GoImage returns the golang image of a Dockerfile without its digest, which only the registry's image has; "" for
// none.
func GoImage(t testing.TB, dockerfile string) string {
	t.Helper()
	text, err := os.ReadFile(dockerfile)
	require.NoError(t, err)
	return regexp.MustCompile(`\bgolang:[\w.-]+`).FindString(string(text))
}

// provideGo builds Debian with this machine's Go at the path of the official image. BuildKit caches it by content.
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

// provideDebian tags base with the requested name.
func provideDebian(t testing.TB, docker *engine.Engine, name string) {
	t.Helper()
	if docker.Command("image", "inspect", base).Run() != nil {
		bootstrap(t, docker)
	}
	docker.Docker(nil, "tag", base, name)
}

// bootstrap builds a minimal Debian 12 from its packages, once; this takes about a minute.
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

// likeThisMachine copies the machine's package sources and trusted certificates to the image: behind a proxy, a build
// step needs the machine's settings to reach the network.
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
