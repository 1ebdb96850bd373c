package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"
)

// noURLs refuses arguments that are URLs, for a verb that reads files.
func noURLs(cmd *cobra.Command, args []string) error {
	for _, arg := range args {
		if strings.Contains(arg, "://") {
			return fmt.Errorf("URLs are not read: clone a repository; for a file, curl -fsSL %s | dindify %s -", arg,
				cmd.Name())
		}
	}
	return nil
}

// atMostOne is for a verb with one argument.
func atMostOne(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return fmt.Errorf("%s takes one argument, got %d: %s", cmd.Name(), len(args), strings.Join(args, " "))
	}
	return nil
}

// pathError returns an error of the file system without the system call.
func pathError(err error) error {
	if at := (*fs.PathError)(nil); errors.As(err, &at) {
		return fmt.Errorf("%s: %w", at.Path, at.Err)
	}
	return err
}
