package atomicfile

import (
	"os"
	"os/signal"
	"syscall"
)

// catchSignals catches the signals that would end the program and leave temporary files. A signal that the caller
// ignores, as nohup does, stays ignored.
func catchSignals() chan os.Signal {
	signals := make(chan os.Signal, 1)
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		if !signal.Ignored(s) {
			signal.Notify(signals, s)
		}
	}
	return signals
}
