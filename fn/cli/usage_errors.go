package cli

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/boxp/dindify/fn/starter"
	"github.com/boxp/dindify/fn/suggest"
)

// noVerb refuses an argument of the function, which must be a misspelled verb.
func noVerb(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var verbs []string
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() {
			verbs = append(verbs, c.Name())
		}
	}
	if slices.Contains(verbs, args[0]) {
		return fmt.Errorf("the verb %s must stand before --", args[0])
	}
	switch {
	case root.HasParent():
		return fmt.Errorf("%s does not know %s%s", root.Name(), args[0], suggest.From(args[0], verbs))
	case starter.IsKustomization(args[0]):
		return fmt.Errorf("%s is a kustomization, and the verb is missing: dindify build %s", args[0], args[0])
	case exists(args[0]):
		return fmt.Errorf("%s is a file or folder, and the verb is missing: dindify diff %s shows what dindify convert %s "+
			"would change", args[0], args[0], args[0])
	}
	return fmt.Errorf("unknown verb %s%s", args[0], suggest.From(args[0], verbs))
}

// flagAdvice maps flags that other programs have, or another verb, to what does the same here.
var flagAdvice = map[string]string{
	"convert --dry-run": "dindify diff shows what convert would change; convert without -i writes no file",
	"convert --mode": "dindify revert reverts, and dindify audit only reports; Rootless and others are " +
		"spec.daemon.isolation",
	"convert -o":                   "convert prints: dindify convert FILE > OUTPUT; -i changes the files",
	"convert --output":             "convert prints: dindify convert FILE > OUTPUT; -i changes the files",
	"convert --set":                "write the field into a configuration, which dindify init writes; --config names it",
	"revert --dry-run":             "revert without -i prints, and writes no file",
	"build --enable-alpha-plugins": "build needs no flag for its function, which is always dindify",
	"build --enable-exec":          "build needs no flag for its function, which is always dindify",
}

// newHelp returns cobra's help command, with an error for an unknown verb.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help [VERB]",
		Short: "Help about any verb",
		RunE: func(help *cobra.Command, args []string) error {
			cmd, rest, err := help.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return cmp.Or(err, noVerb(cmd, rest))
			}
			cmd.InitDefaultHelpFlag()
			return cmd.Help()
		},
	}
}

// addCompletion adds cobra's completion command, with an error for an unknown shell.
func addCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() == "completion" {
			c.Args, c.RunE = noVerb, func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		}
	}
}

// flagError adds a suggestion to the error for an unknown flag.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return err
	}
	name, flag := unknown.GetSpecifiedName(), "--"+unknown.GetSpecifiedName()
	isShort := unknown.GetSpecifiedShortnames() != ""
	if isShort {
		flag = "-" + name
	}
	err = fmt.Errorf("unknown flag: %s", flag)
	if advice := flagAdvice[cmd.Name()+" "+flag]; advice != "" {
		return fmt.Errorf("%w: %s", err, advice)
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		switch {
		case !isShort:
			names = append(names, f.Name)
		case f.Shorthand != "":
			names = append(names, "-"+f.Shorthand)
		}
	})
	return fmt.Errorf("%w%s", err, suggest.From(name, names))
}
