package images

import (
	"path/filepath"
	"regexp"

	"github.com/boxp/dindify/tests/cluster/binaries"
)

// PauseRef is the image of the pod sandboxes.
const PauseRef = "localhost/pause:1"

// path is the PATH that every Docker stand-in needs for /usr/local/bin/dockerd-entrypoint.sh.
const path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

// standIn selects the stand-in for matching image names. The first match counts.
type standIn struct {
	ref    *regexp.Regexp
	layers []string
	config Config
}

func standIns() []standIn {
	docker := []string{debianLayer(binaries.Selected().Debian), entrypointLayer}
	if binaries.Selected().Engine.Dir != "" {
		docker = append(docker, engineLayer)
	}
	daemon := Config{
		Env:        []string{path, "DOCKER_TLS_CERTDIR=/certs"},
		Entrypoint: []string{"dockerd-entrypoint.sh"},
		Volumes:    map[string]struct{}{"/var/lib/docker": {}},
	}
	rootless := Config{
		Env:        []string{path, "DOCKER_TLS_CERTDIR=/certs", "HOME=/home/rootless"},
		Entrypoint: []string{"dockerd-entrypoint.sh"},
		User:       "rootless",
		Volumes:    map[string]struct{}{"/home/rootless/.local/share/docker": {}},
	}
	return []standIn{
		{regexp.MustCompile(`^localhost/pause:`), []string{pauseLayer}, Config{Entrypoint: []string{"/pause"}}},
		{regexp.MustCompile(`(^|/)docker:.*dind-rootless`), docker, rootless},
		{regexp.MustCompile(`(^|/)docker:.*dind`), docker, daemon},
		{regexp.MustCompile(`(^|/)docker:`), docker, Config{Env: []string{path}, Cmd: []string{"sh"}}},
		{regexp.MustCompile(`(^|/)registry:`), docker, Config{Env: []string{path}, Entrypoint: []string{
			"docker-registry",
			"serve", "/etc/docker/registry/config.yml",
		}}},
		{regexp.MustCompile(`/kubectl:`), []string{kubectlLayer}, Config{Entrypoint: []string{"/bin/kubectl"}}},
		{regexp.MustCompile(`/runtime:|^unused`), []string{busyboxLayer}, Config{Cmd: []string{"sleep", "3600"}}},
		{regexp.MustCompile(``), docker, Config{
			Env: []string{path}, Entrypoint: []string{"tini", "--"},
			Cmd: []string{"sleep", "infinity"},
		}},
	}
}

// For returns a stand-in for each image name: Docker's daemon, Docker's client, kubectl without a
// shell, a registry, the busybox runtime; for every other name an app that has a Docker client and sleeps.
func For(refs ...string) ([]Image, error) {
	dir, err := cacheDir()
	if err != nil {
		return nil, err
	}
	var all []Image
	for _, ref := range refs {
		image, err := standInFor(dir, ref)
		if err != nil {
			return nil, err
		}
		all = append(all, image)
	}
	return all, nil
}

func standInFor(dir, ref string) (Image, error) {
	image := Image{Ref: ref}
	for _, candidate := range standIns() {
		if !candidate.ref.MatchString(ref) {
			continue
		}
		image.Config = candidate.config
		// Without it, images of one kind have one ID, and each counts as used if one of them is.
		image.Config.Labels = map[string]string{"stand-in": ref}
		for _, name := range candidate.layers {
			layer, err := measured(filepath.Join(dir, name))
			if err != nil {
				return Image{}, err
			}
			image.Layers = append(image.Layers, layer)
		}
		break
	}
	return image, nil
}
