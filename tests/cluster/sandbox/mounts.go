package sandbox

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// privateDirs are paths that kubelet, CNI and container runtimes write to regardless of their configuration.
var privateDirs = []string{"/var/lib/kubelet", "/var/lib/cni", "/var/log"}

// furnishMounts gives the namespace its own /proc, /run and privateDirs; nothing propagates to the machine. Inside,
// mounts are shared, as a kubelet requires.
func furnishMounts() error {
	if err := mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE); err != nil {
		return err
	}
	if err := mount("proc", "/proc", "proc", 0); err != nil {
		return err
	}
	if err := mount("tmpfs", "/run", "tmpfs", 0); err != nil {
		return err
	}
	for _, dir := range privateDirs {
		if err := bindPrivate(dir); err != nil {
			return err
		}
	}
	if err := furnishCgroups(); err != nil {
		return err
	}
	if err := furnishTun(); err != nil {
		return err
	}
	return mount("", "/", "", syscall.MS_REC|syscall.MS_SHARED)
}

const tunDevice = "/dev/net/tun"

// furnishTun makes /dev/net/tun accessible to all users, as in most distributions: a rootless daemon needs it.
func furnishTun() error {
	if _, err := os.Stat(tunDevice); err != nil {
		return fmt.Errorf("%w: load the module tun", err)
	}
	device := filepath.Join(StateDir(), "tun")
	const major, minor = 10, 200
	if err := syscall.Mknod(device, syscall.S_IFCHR|0o666, major<<8|minor); err != nil {
		return fmt.Errorf("make %s: %w", device, err)
	}
	if err := os.Chmod(device, 0o666); err != nil {
		return err
	}
	return mount(device, tunDevice, "", syscall.MS_BIND)
}

func bindPrivate(dir string) error {
	private := filepath.Join(StateDir(), filepath.Base(dir))
	for _, path := range []string{private, dir} {
		if err := os.MkdirAll(path, 0o755); err != nil {
			return err
		}
	}
	return mount(private, dir, "", syscall.MS_BIND)
}

func mount(source, target, kind string, flags uintptr) error {
	if err := syscall.Mount(source, target, kind, flags, ""); err != nil {
		return fmt.Errorf("mount %q at %s: %w", source, target, err)
	}
	return nil
}
