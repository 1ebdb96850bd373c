package binaries

import (
	"os"
	"path/filepath"
	"syscall"
)

// Lock waits until no other process of the machine holds the name, and holds it until the function is called.
func Lock(name string) (unlock func(), err error) {
	dir, err := CacheDir("locks")
	if err != nil {
		return nil, err
	}
	held, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		return nil, err
	}
	return func() { _ = held.Close() }, syscall.Flock(int(held.Fd()), syscall.LOCK_EX)
}
