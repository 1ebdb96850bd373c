package images

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/boxp/dindify/tests/cluster/binaries"
)

const debianMirror = "http://deb.debian.org/debian"

// debianPackages provide the Docker engine, rootful and rootless, its client, the programs of the entrypoint, and a
// registry.
const debianPackages = "docker.io,docker-registry,iptables,ca-certificates,openssl,procps,tini," +
	"rootlesskit,slirp4netns,uidmap,iproute2"

// morePackages exist only in some releases: separate packages for the client, BuildKit and Compose.
var morePackages = map[string]string{
	"forky": ",docker-cli,docker-buildx,docker-compose",
}

// debianSetup adds what the official images have in addition to Debian: the group docker with id 2375, and the user of
// the rootless image, with its range of subordinate ids and its folders.
const debianSetup = `
groupmod --gid 2375 docker
useradd --uid 1000 --create-home rootless
echo rootless:100000:65536 | tee /etc/subuid >/etc/subgid
install --directory --owner=rootless --group=rootless /home/rootless/.local /home/rootless/.local/share /home/rootless/.local/share/docker
install --directory --mode=1777 /run/user
apt-get clean
rm -rf /var/lib/apt/lists/* /usr/share/doc /usr/share/locale
`

// debianLayer has the recipe's digest in its name: a changed recipe needs a new bootstrap.
func debianLayer(release string) string {
	recipe := sha256.Sum256([]byte(release + debianPackages + morePackages[release] + debianSetup))
	return fmt.Sprintf("debian-%s-%.4x.tar", release, recipe)
}

// makeDebian bootstraps the root file system for all Docker stand-ins of the selected parts.
func makeDebian(ctx context.Context, dir string) error {
	release := binaries.Selected().Debian
	layer := filepath.Join(dir, debianLayer(release))
	if _, err := os.Stat(layer); err == nil {
		return nil
	}
	fmt.Fprintf(os.Stderr, "bootstrapping Debian %s for the stand-in images (first run only)\n", release)
	root, err := os.MkdirTemp(dir, "debian-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(root)
	for _, command := range [][]string{
		// The script of sid works for every release: an older debootstrap does not know the newest release by name.
		{
			"debootstrap", "--variant=minbase", "--include=" + debianPackages + morePackages[release],
			release, root, debianMirror, "/usr/share/debootstrap/scripts/sid",
		},
		{"chroot", root, "sh", "-euc", debianSetup},
		{"chmod", "0755", root},
	} {
		if out, err := exec.CommandContext(ctx, command[0], command[1:]...).CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", command[0], err, out)
		}
	}
	if err := recordVersions(ctx, root, layer); err != nil {
		return err
	}
	_, err = layerFromDir(ctx, root, layer)
	return err
}

// recordVersions writes the version of each package to a file beside the layer: Debian's newest release changes.
func recordVersions(ctx context.Context, root, layer string) error {
	out, err := exec.CommandContext(ctx, "chroot", root, "dpkg-query", "--show", "--showformat=${Package} "+
		"${Version}\\n").Output()
	if err != nil {
		return fmt.Errorf("packages of %s: %w", root, err)
	}
	return os.WriteFile(layer+".versions", out, 0o644)
}
