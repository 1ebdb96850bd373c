package cli

import (
	"fmt"
	"io"
	"sync/atomic"
	"time"
)

// progress shows the progress of long work on a terminal. It is nil, a no-op, if the output is not a terminal or the
// work is short.
type progress struct {
	out   io.Writer
	what  string
	total int
	done  atomic.Int64
	stop  chan struct{}
	ended chan struct{}
}

const (
	worthShowing = 1000 // files
	refresh      = 200 * time.Millisecond
)

func newProgress(out io.Writer, what string, total int) *progress {
	if total < worthShowing || !IsTerminal(out) {
		return nil
	}
	p := &progress{out: out, what: what, total: total, stop: make(chan struct{}), ended: make(chan struct{})}
	p.show()
	go p.run()
	return p
}

func (p *progress) run() {
	defer close(p.ended)
	tick := time.NewTicker(refresh)
	defer tick.Stop()
	for {
		select {
		case <-p.stop:
			return
		case <-tick.C:
			p.show()
		}
	}
}

// show overwrites the line that it wrote before.
func (p *progress) show() {
	fmt.Fprintf(p.out, "\r%s %d of %d files", p.what, p.done.Load(), p.total)
}

func (p *progress) step() {
	if p != nil {
		p.done.Add(1)
	}
}

// end clears the line.
func (p *progress) end() {
	if p == nil {
		return
	}
	close(p.stop)
	<-p.ended
	fmt.Fprint(p.out, "\r\x1b[K")
}
