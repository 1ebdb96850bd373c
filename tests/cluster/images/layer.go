package images

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Layer is an uncompressed tar file and its digest.
type Layer struct {
	Path   string
	DiffID string // "sha256:..."
}

// file is an entry of a layer.
type file struct {
	name    string
	mode    int64
	content []byte
	link    string // target of a symbolic link
}

// layerFromDir packs a root file system once; later calls reuse it and its digest file.
func layerFromDir(ctx context.Context, dir, path string) (Layer, error) {
	if _, err := os.Stat(path); err != nil {
		draft := path + ".draft"
		cmd := exec.CommandContext(ctx, "tar", "--create", "--numeric-owner", "--one-file-system", "--file", draft,
			"--directory", dir, ".")
		if out, err := cmd.CombinedOutput(); err != nil {
			return Layer{}, fmt.Errorf("pack %s: %w\n%s", dir, err, out)
		}
		if err := os.Rename(draft, path); err != nil {
			return Layer{}, err
		}
	}
	return measured(path)
}

// layerFromFiles packs files owned by root, with a fixed time, so that equal content has an equal digest.
func layerFromFiles(path string, files ...file) (Layer, error) {
	var packed bytes.Buffer
	writer := tar.NewWriter(&packed)
	for _, f := range files {
		if err := writer.WriteHeader(header(f)); err != nil {
			return Layer{}, err
		}
		if _, err := writer.Write(f.content); err != nil {
			return Layer{}, err
		}
	}
	if err := writer.Close(); err != nil {
		return Layer{}, err
	}
	if there, err := os.ReadFile(path); err == nil && bytes.Equal(there, packed.Bytes()) {
		return measured(path) // another run may be reading it
	}
	_ = os.Remove(path + ".digest")
	if err := os.WriteFile(path+".draft", packed.Bytes(), 0o644); err != nil {
		return Layer{}, err
	}
	if err := os.Rename(path+".draft", path); err != nil {
		return Layer{}, err
	}
	return measured(path)
}

func header(f file) *tar.Header {
	switch {
	case f.link != "":
		return &tar.Header{Name: f.name, Linkname: f.link, Mode: 0o777, Typeflag: tar.TypeSymlink}
	case strings.HasSuffix(f.name, "/"):
		return &tar.Header{Name: f.name, Mode: f.mode, Typeflag: tar.TypeDir}
	default:
		return &tar.Header{Name: f.name, Mode: f.mode, Size: int64(len(f.content)), Typeflag: tar.TypeReg}
	}
}

func measured(path string) (Layer, error) {
	if known, err := os.ReadFile(path + ".digest"); err == nil {
		return Layer{Path: path, DiffID: string(known)}, nil
	}
	content, err := os.Open(path)
	if err != nil {
		return Layer{}, err
	}
	defer content.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, content); err != nil {
		return Layer{}, fmt.Errorf("digest of %s: %w", path, err)
	}
	layer := Layer{Path: path, DiffID: "sha256:" + hex.EncodeToString(sum.Sum(nil))}
	return layer, os.WriteFile(path+".digest", []byte(layer.DiffID), 0o644)
}

// fileFrom copies a program of the machine into a layer.
func fileFrom(program, name string) (file, error) {
	content, err := os.ReadFile(filepath.Clean(program))
	return file{name: name, mode: 0o755, content: content}, err
}
