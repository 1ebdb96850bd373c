//go:build !unix

package atomicfile

import (
	"io/fs"
	"os"
)

func links(fs.FileInfo) uint64 { return 1 }

func writable(string) bool { return true } // the rename reports it

func keepOwner(*os.File, fs.FileInfo) error { return nil }

func syncFolder(string) error { return nil }
