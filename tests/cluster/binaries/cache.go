package binaries

import (
	"os"
	"path/filepath"
)

// CacheDir returns a cache folder that later runs reuse: ${XDG_CACHE_HOME:-$HOME/.cache}/dindify-cluster/NAME. It
// creates the folder if it does not exist.
func CacheDir(name string) (string, error) {
	base, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(base, "dindify-cluster", name)
	return dir, os.MkdirAll(dir, 0o755)
}
