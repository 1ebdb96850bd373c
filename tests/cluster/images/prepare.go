// Package images builds stand-ins for the container images that manifests name. Nothing is pulled.
package images

import (
	"context"
	_ "embed"
	"path/filepath"

	"github.com/boxp/dindify/tests/cluster/binaries"
)

//go:embed standin/dockerd-entrypoint.sh
var dockerdEntrypoint []byte

// The layers, as files in the cache directory.
const (
	entrypointLayer = "entrypoint.tar"
	kubectlLayer    = "kubectl.tar"
	pauseLayer      = "pause.tar"
	busyboxLayer    = "busybox.tar"
	engineLayer     = "engine.tar" // over Debian's
)

// Prepare builds the layers that are not in the cache yet. It needs root and the Internet.
func Prepare(ctx context.Context) error {
	if err := binaries.Install(ctx, "debootstrap", "/usr/share/keyrings/debian-archive-keyring.gpg",
		"/bin/busybox"); err != nil {
		return err
	}
	unlock, err := binaries.Lock("images")
	if err != nil {
		return err
	}
	defer unlock()
	dir, err := cacheDir()
	if err != nil {
		return err
	}
	for _, make := range []func(context.Context, string) error{
		makeDebian, makeEngine, makeEntrypoint, makeKubectl, makePause,
		makeBusybox,
	} {
		if err := make(ctx, dir); err != nil {
			return err
		}
	}
	return nil
}

func cacheDir() (string, error) { return binaries.CacheDir("images") }

// makeEntrypoint adds what the official images have, the entrypoint and a world-writable folder for certificates, and
// the probe for the checks.
func makeEntrypoint(ctx context.Context, dir string) error {
	probe, err := builtFile(ctx, "probe", "usr/local/bin/probe")
	if err != nil {
		return err
	}
	_, err = layerFromFiles(filepath.Join(dir, entrypointLayer), probe,
		file{name: "certs/", mode: 0o1777},
		file{name: "usr/local/bin/dockerd-entrypoint.sh", mode: 0o755, content: dockerdEntrypoint})
	return err
}

// makeEngine puts the selected dockerd and its proxy where they are found before Debian's.
func makeEngine(ctx context.Context, dir string) error {
	engine := binaries.Selected().Engine
	if engine.Dir == "" {
		return nil
	}
	var files []file
	for _, at := range []string{"usr/local/bin/dockerd", "usr/local/libexec/docker/docker-proxy"} {
		program, err := engine.Program(ctx, engine.Path+"/cmd/"+filepath.Base(at))
		if err != nil {
			return err
		}
		f, err := fileFrom(program, at)
		if err != nil {
			return err
		}
		files = append(files, f)
	}
	_, err := layerFromFiles(filepath.Join(dir, engineLayer), files...)
	return err
}

func makeKubectl(ctx context.Context, dir string) error {
	program, err := binaries.Kubernetes(ctx, "kubectl")
	if err != nil {
		return err
	}
	kubectl, err := fileFrom(program, "bin/kubectl")
	if err != nil {
		return err
	}
	_, err = layerFromFiles(filepath.Join(dir, kubectlLayer), kubectl)
	return err
}

func makePause(ctx context.Context, dir string) error {
	pause, err := builtFile(ctx, "pause", "pause")
	if err != nil {
		return err
	}
	_, err = layerFromFiles(filepath.Join(dir, pauseLayer), pause)
	return err
}

// makeBusybox builds the image of nested containers: a static busybox with the few commands that the checks use.
func makeBusybox(ctx context.Context, dir string) error {
	probe, err := builtFile(ctx, "probe", "bin/probe")
	if err != nil {
		return err
	}
	busybox, err := fileFrom("/bin/busybox", "bin/busybox")
	if err != nil {
		return err
	}
	files := []file{probe, busybox, {name: "tmp/", mode: 0o1777}}
	for _, applet := range []string{"sh", "ls", "cat", "sleep", "ip", "true"} {
		files = append(files, file{name: "bin/" + applet, link: "busybox"})
	}
	_, err = layerFromFiles(filepath.Join(dir, busyboxLayer), files...)
	return err
}

// builtFile returns a program of this folder, with its name in the image.
func builtFile(ctx context.Context, program, name string) (file, error) {
	path, err := binaries.Build(ctx, program, "images/"+program)
	if err != nil {
		return file{}, err
	}
	return fileFrom(path, name)
}
