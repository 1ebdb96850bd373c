package cli

import (
	"errors"
	"io"
	"os"

	"golang.org/x/term"
)

// output is standard output. It keeps the first error of a write: most printers ignore it, and a result that was not
// written must not look like one that was.
type output struct {
	io.Writer
	err error
}

func (o *output) Write(p []byte) (int, error) {
	n, err := o.Writer.Write(p)
	if o.err == nil {
		o.err = err
	}
	return n, err
}

// Checked returns the streams with an output whose errors end the command with exit status 2.
func (s Streams) Checked() Streams {
	if _, is := s.Out.(*output); !is {
		s.Out = &output{Writer: s.Out}
	}
	return s
}

// written returns the error of a command, or that of its output if it could not be written.
func (s Streams) written(err error) error {
	out, is := s.Out.(*output)
	if !is || out.err == nil {
		return err
	}
	if err != nil && err.Error() != "" && !errors.Is(err, out.err) {
		s.note("%v", err)
	}
	return unable("cannot write standard output: %w", out.err)
}

// file returns the file of a stream, which an output may wrap.
func file(stream any) (f *os.File, ok bool) {
	if out, is := stream.(*output); is {
		stream = out.Writer
	}
	f, ok = stream.(*os.File)
	return f, ok
}

// IsTerminal reports whether a stream is a terminal.
func IsTerminal(stream any) bool {
	f, isFile := file(stream)
	return isFile && term.IsTerminal(int(f.Fd()))
}
