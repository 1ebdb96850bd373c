package images

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"
)

// Image is a stand-in with the name in a manifest.
type Image struct {
	Ref    string
	Config Config
	Layers []Layer
}

// Config is the part of an image's configuration that runtimes read.
type Config struct {
	Env        []string            `json:"Env,omitempty"`
	Entrypoint []string            `json:"Entrypoint,omitempty"`
	Cmd        []string            `json:"Cmd,omitempty"`
	User       string              `json:"User,omitempty"`
	WorkingDir string              `json:"WorkingDir,omitempty"`
	Volumes    map[string]struct{} `json:"Volumes,omitempty"`
	Labels     map[string]string   `json:"Labels,omitempty"`
}

type manifestEntry struct {
	Config   string
	RepoTags []string
	Layers   []string
}

// Archive writes images as `docker save` does, which `docker load` and `ctr images import` both read.
// A layer that several images share is written once.
func Archive(to io.Writer, all ...Image) error {
	archive := tar.NewWriter(to)
	written := map[string]bool{}
	var manifest []manifestEntry
	for _, image := range all {
		config, err := imageConfig(image)
		if err != nil {
			return err
		}
		entry := manifestEntry{Config: digest(config) + ".json", RepoTags: []string{image.Ref}}
		if err := add(archive, entry.Config, config, written); err != nil {
			return err
		}
		for _, layer := range image.Layers {
			name := strings.TrimPrefix(layer.DiffID, "sha256:") + ".tar"
			entry.Layers = append(entry.Layers, name)
			if err := addLayer(archive, name, layer, written); err != nil {
				return fmt.Errorf("image %s: %w", image.Ref, err)
			}
		}
		manifest = append(manifest, entry)
	}
	content, err := json.Marshal(manifest)
	if err != nil {
		return err
	}
	if err := add(archive, "manifest.json", content, written); err != nil {
		return err
	}
	return archive.Close()
}

// imageConfig dates every image years back, so that a prune with `until=168h` removes it.
func imageConfig(image Image) ([]byte, error) {
	var diffIDs []string
	for _, layer := range image.Layers {
		diffIDs = append(diffIDs, layer.DiffID)
	}
	return json.Marshal(map[string]any{
		"created":      time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC),
		"architecture": runtime.GOARCH,
		"os":           "linux",
		"config":       image.Config,
		"rootfs":       map[string]any{"type": "layers", "diff_ids": diffIDs},
	})
}

func addLayer(archive *tar.Writer, name string, layer Layer, written map[string]bool) error {
	if written[name] {
		return nil
	}
	written[name] = true
	content, err := os.Open(layer.Path)
	if err != nil {
		return err
	}
	defer content.Close()
	info, err := content.Stat()
	if err != nil {
		return err
	}
	if err := archive.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: info.Size()}); err != nil {
		return err
	}
	_, err = io.Copy(archive, content)
	return err
}

func add(archive *tar.Writer, name string, content []byte, written map[string]bool) error {
	if written[name] {
		return nil
	}
	written[name] = true
	if err := archive.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(content))}); err != nil {
		return err
	}
	_, err := archive.Write(content)
	return err
}

func digest(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
