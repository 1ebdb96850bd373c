package process

import (
	"os"
	"os/signal"
	"syscall"
	"testing"
)

// TempDir creates a directory that is removed after the test, also after Ctrl-C, which runs no cleanups. Its path is
// short: Unix sockets allow 107 bytes.
func TempDir(t testing.TB, prefix string) string {
	t.Helper()
	dir, err := os.MkdirTemp("", prefix+"-")
	if err != nil {
		t.Fatal(err)
	}
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt, syscall.SIGTERM)
	go func() {
		if _, ok := <-interrupted; ok {
			os.RemoveAll(dir)
			os.Exit(130)
		}
	}()
	t.Cleanup(func() {
		signal.Stop(interrupted)
		close(interrupted)
		os.RemoveAll(dir)
	})
	return dir
}
