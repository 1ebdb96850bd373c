package images

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

const debianRelease = "bookworm"

// debianPackages give the Docker engine, rootful and rootless, its client, and what the entrypoint calls.
const debianPackages = "docker.io,iptables,ca-certificates,openssl,procps,tini,rootlesskit,slirp4netns,uidmap,iproute2"

// debianSetup is what the official images have and Debian has not: the group docker with id 2375,
// and the user of the rootless one, with its range of subordinate ids and its folders.
const debianSetup = `
groupmod --gid 2375 docker
useradd --uid 1000 --create-home rootless
echo rootless:100000:65536 | tee /etc/subuid >/etc/subgid
install --directory --owner=rootless --group=rootless /home/rootless/.local /home/rootless/.local/share /home/rootless/.local/share/docker
install --directory --mode=1777 /run/user
apt-get clean
`

// debianLayer has the recipe's digest in its name: another recipe, another bootstrap.
func debianLayer() string {
	return fmt.Sprintf("debian-%.4x.tar", sha256.Sum256([]byte(debianRelease+debianPackages+debianSetup)))
}

// makeDebian bootstraps the root file system that all Docker stand-ins share.
func makeDebian(ctx context.Context, dir string) error {
	layer := filepath.Join(dir, debianLayer())
	if _, err := os.Stat(layer); err == nil {
		return nil
	}
	fmt.Fprintln(os.Stderr, "bootstrapping Debian for the stand-in images (first run only)")
	root, err := os.MkdirTemp(dir, "debian-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(root)
	for _, command := range [][]string{
		{"debootstrap", "--variant=minbase", "--include=" + debianPackages, debianRelease, root},
		{"chroot", root, "sh", "-euc", debianSetup},
		{"chmod", "0755", root},
	} {
		if out, err := exec.CommandContext(ctx, command[0], command[1:]...).CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", command[0], err, out)
		}
	}
	_, err = layerFromDir(ctx, root, layer)
	return err
}
