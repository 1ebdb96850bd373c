package cli

import "errors"

// fileName is a flag that names a file. An empty name, as of an unset variable of a shell, is an error.
type fileName string

func (f *fileName) Set(name string) error {
	if name == "" {
		return errors.New("the name of the file is empty")
	}
	*f = fileName(name)
	return nil
}

func (f *fileName) String() string { return string(*f) }

// Type is what --help shows.
func (*fileName) Type() string { return "string" }
