package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/boxp/dindify/fn/starter"
	"github.com/boxp/dindify/fn/stream"
)

// initVerb is the verb in the advice for templates.
const initVerb = "init -o ."

// pathOrCommand accepts a path, or the words of a command after --.
func pathOrCommand(cmd *cobra.Command, args []string) error {
	switch dash := cmd.ArgsLenAtDash(); {
	case dash < 0:
		return cobra.MatchAll(atMostOne, noURLs)(cmd, args)
	case dash > 0:
		return errors.New("init takes a path, or a command after --, but not both")
	case len(args) == 0:
		return errors.New("there is no command after --")
	}
	return nil
}

// runCommand writes a configuration for what a command prints. Its words may be secret, and are in no file.
func (n *initializer) runCommand(ctx context.Context, words []string) error {
	text, err := n.output(ctx, words)
	if err != nil {
		return err
	}
	n.In, n.command, n.out = strings.NewReader(text), words, cmp.Or(n.out, ".")
	if slices.Index(words, "template") > 0 && isFromHelm(text) {
		version, err := n.output(ctx, []string{words[0], "version", "--template", "{{.Version}}"})
		if err != nil {
			return err
		}
		n.helm4 = !strings.HasPrefix(version, "v3.")
	}
	return n.run("-")
}

// output runs a program of the command line, and returns what it prints.
func (n *initializer) output(ctx context.Context, words []string) (string, error) {
	program := exec.CommandContext(ctx, words[0], words[1:]...)
	program.Stderr = n.Err
	text, err := program.Output()
	if notFound := (*exec.Error)(nil); errors.As(err, &notFound) {
		err = notFound.Err
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", words[0], err)
	}
	return string(text), nil
}

// isFromHelm reports whether a text is the output of helm template, which names the file of each template above its
// output.
func isFromHelm(text string) bool {
	const source = "# Source: "
	return strings.HasPrefix(text, source) || strings.Contains(text, "\n"+source)
}

// stream completes the source of standard input, which is read once and used twice.
func (n *initializer) stream(source starter.Source) (starter.Source, error) {
	text, err := readAll(n.In)
	n.In = strings.NewReader(text)
	source.Command, source.Helm, source.Helm4 = n.command, isFromHelm(text), n.helm4
	return source, err
}

// nameOf names a source in a message.
func nameOf(source starter.Source) string {
	switch {
	case source.Command != nil:
		return "the output of " + source.Command[0]
	case source.Kind == starter.Stream:
		return stream.InputName("")
	}
	return source.Path
}
