//go:build unix

package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// links returns the number of hard links of a file.
func links(info fs.FileInfo) uint64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(stat.Nlink) //nolint:unconvert // 16 bits on darwin
	}
	return 1
}

func writable(path string) bool { return unix.Access(path, unix.W_OK) == nil }

// keepOwner gives a new file the owner and group of the file that it replaces.
func keepOwner(f *os.File, old fs.FileInfo) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	want, isStat := old.Sys().(*syscall.Stat_t)
	got, isToo := info.Sys().(*syscall.Stat_t)
	if !isStat || !isToo || want.Uid == got.Uid && want.Gid == got.Gid {
		return nil
	}
	if err := f.Chown(int(want.Uid), int(want.Gid)); err != nil {
		return fmt.Errorf("cannot keep its owner %d:%d: %w", want.Uid, want.Gid, err)
	}
	return nil
}

// syncFolder syncs a folder's entries to disk, if the file system supports it.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = f.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) {
		err = nil
	}
	return errors.Join(err, f.Close())
}
