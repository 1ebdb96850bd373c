package binaries

import (
	"os"
	"path/filepath"
	"syscall"
)

// Lock acquires a lock by name across processes of the machine, and returns the function that releases it.
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
