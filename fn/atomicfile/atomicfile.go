// Package atomicfile replaces the contents of files. At any time, and after any failure, each file has either its old
// or its new contents, complete.
package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
)

// Change is one file to replace.
type Change struct {
	Name string // symbolic links are followed, and stay
	Old  string // the expected contents; anything else is an error
	New  string // the new contents; empty removes the file
}

// Error lists the files that a failed Replace has written.
type Error struct {
	Err     error
	Written []string
}

func (e *Error) Unwrap() error { return e.Err }

func (e *Error) Error() string {
	if len(e.Written) == 0 {
		return fmt.Sprintf("no file was changed: %v", e.Err)
	}
	return fmt.Sprintf("%v; written before that: %s; all other files are unchanged", e.Err, strings.Join(e.Written, ", "))
}

// Replace applies all changes. It first writes a temporary file beside each file, with the same mode and owner, and
// syncs it. When all of them are written it renames them one by one. Before it writes anything, it refuses files with
// several names (hard links), since a rename would separate them; files without write permission; files that have
// changed since they were read; and one file under two names. It checks each file again directly before its rename. A
// signal that ends the program (SIGINT, SIGTERM, SIGHUP) before the first rename is an error; a later one is ignored.
// Any error is an *Error.
func Replace(changes []Change) error {
	signals := catchSignals()
	defer signal.Stop(signals)
	return replace(changes, signals)
}

func replace(changes []Change, signals <-chan os.Signal) error {
	steps, err := prepare(changes)
	if err != nil {
		return &Error{Err: err}
	}
	if err := stage(steps, signals); err != nil {
		discard(steps)
		return &Error{Err: err}
	}
	return commitAll(steps)
}

func commitAll(steps []*step) error {
	var written []string
	for i, s := range steps {
		if err := s.commit(); err != nil {
			discard(steps[i:])
			return &Error{Err: err, Written: written}
		}
		written = append(written, s.Name)
	}
	return syncFolders(steps)
}

// step is a change in progress.
type step struct {
	Change
	path string // of the file itself, with symbolic links resolved
	info fs.FileInfo
	temp string // "" until it is written
}

func prepare(changes []Change) ([]*step, error) {
	var steps []*step
	var errs []error
	for _, c := range changes {
		s, err := newStep(c)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		for _, other := range steps {
			if os.SameFile(other.info, s.info) {
				errs = append(errs, fmt.Errorf("%s and %s are the same file: name it once", other.Name, c.Name))
			}
		}
		steps = append(steps, s)
	}
	return steps, errors.Join(errs...)
}

func newStep(c Change) (*step, error) {
	path, err := filepath.EvalSymlinks(c.Name)
	if err != nil {
		return nil, err
	}
	info, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a regular file", c.Name)
	}
	if n := links(info); n > 1 {
		return nil, fmt.Errorf("%s has %d names (hard links), and replacing it would break the link: "+
			"print the result and write it with cp, or remove the other names", c.Name, n)
	}
	if info.Mode().Perm()&0o222 == 0 || !writable(path) {
		return nil, fmt.Errorf("%s is read-only: make it writable (chmod u+w), or print the result and write it "+
			"elsewhere", c.Name)
	}
	now, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if string(now) != c.Old {
		return nil, c.changed()
	}
	return &step{Change: c, path: path, info: info}, nil
}

func (c Change) changed() error {
	return fmt.Errorf("%s was changed by another program since it was read: try again", c.Name)
}

func stage(steps []*step, signals <-chan os.Signal) error {
	for _, s := range steps {
		if s.New != "" {
			if err := s.stage(); err != nil {
				return fmt.Errorf("%s: %w", s.Name, err)
			}
		}
		select {
		case got := <-signals:
			return fmt.Errorf("stopped by a signal: %v", got)
		default:
		}
	}
	return nil
}

// stage writes the temporary file. Its name begins with a dot and does not end in .yaml, so that no tool reads it as
// a manifest if the process was killed.
func (s *step) stage() error {
	f, err := os.CreateTemp(filepath.Dir(s.path), "."+filepath.Base(s.path)+".dindify-*")
	if err != nil {
		return err
	}
	s.temp = f.Name()
	_, err = f.WriteString(s.New)
	if err == nil {
		err = keepOwner(f, s.info)
	}
	if err == nil { // after chown, which clears special mode bits
		err = f.Chmod(s.info.Mode())
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

func (s *step) commit() error {
	now, err := newStep(s.Change) // staging takes long enough for other programs to write
	if err != nil {
		return err
	}
	if now.path != s.path || now.info.Mode() != s.info.Mode() {
		return s.changed()
	}
	if s.New == "" {
		return os.Remove(s.path)
	}
	return os.Rename(s.temp, s.path)
}

func discard(steps []*step) {
	for _, s := range steps {
		if s.temp != "" {
			_ = os.Remove(s.temp) // the first error matters more
		}
	}
}

// syncFolders makes the renames survive a power failure.
func syncFolders(steps []*step) error {
	synced := map[string]bool{}
	for _, s := range steps {
		dir := filepath.Dir(s.path)
		if synced[dir] {
			continue
		}
		synced[dir] = true
		if err := syncFolder(dir); err != nil {
			return fmt.Errorf("all files are written, but %s cannot be synced: %w", dir, err)
		}
	}
	return nil
}
