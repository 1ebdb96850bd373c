// Package plugin is the command line of kubectl-dindify: the verb verify, with the connection flags of kubectl.
package plugin

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/boxp/dindify/fn/cli"
	"github.com/boxp/dindify/fn/kubeclient"
	"github.com/boxp/dindify/fn/suggest"
	"github.com/boxp/dindify/fn/verify"
	"github.com/boxp/dindify/fn/verify/print"
)

const about = `verify looks at workloads with a Docker daemon of their own in a running cluster, converted or written by hand, and
says check by check what it saw.

It looks at the named workloads, else at those of -f, else at every one of the namespace that has a daemon. By
default it only reads: objects, access reviews, and commands in the running pod that read. --nested makes one image
and a few containers in the pod's own daemon, --canary temporary Jobs with a copy of the pod; both are removed again.
What it may not look at is unknown, and never a failure: the check rights prints the Role to ask for.

Exit status: 0 where nothing failed; 1 where a check did (--fail-on lowers the bar); 2 where it could not look:
no cluster, no such workload, a wrong flag, or a check that --check names and that is unknown.`

const examples = `  kubectl dindify verify deploy/openhands -n openhands
  kubectl dindify verify -f on.yaml --pre
  kubectl dindify verify -A -o short
  kubectl dindify verify deploy/openhands --nested --canary
  kubectl dindify verify --list`

// command is the verb with its flags.
type command struct {
	cli.Streams
	connection
	verify.Options
	files          []string
	nested, canary bool
	output, failOn string
	list, cleanup  bool
}

// NewVerify makes the verb.
func NewVerify(s cli.Streams) *cobra.Command {
	c := &command{Streams: s}
	cmd := &cobra.Command{
		Use:     "verify [KIND/NAME]...",
		Short:   "Look at workloads with a Docker daemon of their own in a cluster",
		Long:    about,
		Example: examples,
		RunE: func(cmd *cobra.Command, args []string) error {
			c.Names = args
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			return c.run(ctx)
		},
		ValidArgsFunction: c.completeNames,
	}
	c.flags(cmd)
	return cmd
}

func (c *command) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringArrayVarP(&c.files, "filename", "f", nil, "file, folder or - with manifests: what to look at, and what it "+
		"is compared with")
	f.BoolVarP(&c.AllNamespaces, "all-namespaces", "A", false, "look in every namespace")
	f.BoolVar(&c.Pre, "pre", false, "the manifests of -f are not applied yet: say whether the cluster would take "+
		"and run them")
	f.BoolVar(&c.nested, "nested", false, "run containers in the pod's own daemon, of an image that is made there; "+
		"removed again")
	f.BoolVar(&c.canary, "canary", false, "make temporary Jobs with a copy of the pod in its namespace; removed again")
	f.BoolVar(&c.Disruptive, "disruptive", false, "with --canary: kill the daemon and run the clean-up's command, in "+
		"the copy only")
	f.StringSliceVar(&c.Only, "check", nil, "ids of the checks to run; one that is unknown makes the exit status 2")
	f.StringSliceVar(&c.Skip, "skip", nil, "ids of checks not to run")
	f.StringVar(&c.Pull, "pull", "", "with --nested: an image that the daemon is to pull; removed again where it "+
		"was not there")
	f.StringVar(&c.Image, "image", "", "with --nested: the image of the containers, with sh, stat, nc and timeout, "+
		"instead of one that is made")
	f.DurationVar(&c.Wait, "wait", 2*time.Minute, "how long to wait for pods that are not ready")
	f.StringVar(&c.failOn, "fail-on", "fail", "fail, warn or unknown: the least result that makes the exit status 1")
	f.StringVarP(&c.output, "output", "o", "text", "text, short, json, junit or markdown")
	f.BoolVar(&c.list, "list", false, "list the checks with their levels and the rights that they need")
	f.BoolVar(&c.cleanup, "cleanup", false, "remove what an interrupted run has left, and nothing else")
	c.connection.flags(f)
	for flag, values := range map[string][]string{
		"check": verify.IDs(), "skip": verify.IDs(), "fail-on": {"fail", "warn", "unknown"},
		"output": slices.Sorted(maps.Keys(print.Formats)),
	} {
		// it is there
		_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	}
}

func (c *command) run(ctx context.Context) error {
	if c.list {
		return printList(c.Out)
	}
	format, err := c.check()
	if err != nil {
		return unable(err)
	}
	if err := c.readManifests(); err != nil {
		return unable(err)
	}
	config, namespace, err := c.config()
	if err != nil {
		return unable(err)
	}
	c.Namespace = namespace
	cluster, err := kubeclient.New(config)
	if err != nil {
		return unable(err)
	}
	if c.cleanup {
		return c.removeMade(ctx, cluster)
	}
	if err, isFile := c.Err.(*os.File); isFile && term.IsTerminal(int(err.Fd())) {
		c.Progress = func(text string) { fmt.Fprintf(c.Err, "\r\x1b[K%s", text) }
		defer fmt.Fprint(c.Err, "\r\x1b[K")
	}
	rep, err := verify.Run(ctx, cluster, c.Options)
	if rep == nil {
		return unable(err)
	}
	if c.Progress != nil {
		c.Progress("")
	}
	if printErr := format(c.Out, rep, c.colored()); printErr != nil {
		return unable(printErr)
	}
	if err != nil {
		return unable(err)
	}
	return c.status(rep)
}

func unable(err error) error { return &cli.StatusError{Status: 2, Err: err} }

// check refuses flags that make no sense, all at once.
func (c *command) check() (print.Format, error) {
	var errs []error
	format, known := print.Formats[c.output]
	if !known {
		errs = append(errs, fmt.Errorf("-o must be %s, got %q", strings.Join(slices.Sorted(maps.Keys(print.Formats)), ", "),
			c.output))
	}
	if _, known := bars[c.failOn]; !known {
		errs = append(errs, fmt.Errorf("--fail-on must be fail, warn or unknown, got %q", c.failOn))
	}
	for _, id := range slices.Concat(c.Only, c.Skip) {
		if _, known := verify.Find(id); !known {
			errs = append(errs, fmt.Errorf("%s is no check%s", id, suggest.From(id, verify.IDs())))
		}
	}
	c.Levels = []verify.Level{verify.Exec}
	if c.nested {
		c.Levels = append(c.Levels, verify.Nested)
	}
	if c.canary {
		c.Levels = append(c.Levels, verify.Canary)
	}
	for _, rule := range []struct {
		broken bool
		text   string
	}{
		{c.Disruptive && !c.canary, "--disruptive needs --canary: nothing is killed or pruned in your own pod"},
		{c.Pre && len(c.files) == 0, "--pre needs -f: the manifests that are to be applied"},
		{c.Pre && (c.nested || c.canary), "--pre looks before anything runs: leave --nested and --canary out"},
		{(c.Pull != "" || c.Image != "") && !c.nested, "--pull and --image need --nested"},
		{c.AllNamespaces && len(c.Names) > 0, "a name is in one namespace: use -n instead of -A"},
	} {
		if rule.broken {
			errs = append(errs, errors.New(rule.text))
		}
	}
	for _, id := range c.Only {
		if check, known := verify.Find(id); known && !c.runs(check) {
			errs = append(errs, fmt.Errorf("--check %s needs --%s", id, check.Level))
		}
	}
	return format, errors.Join(errs...)
}

func (c *command) runs(check verify.Check) bool {
	return check.Level == verify.Look || slices.Contains(c.Levels, check.Level)
}

// bars are the results that make the exit status 1.
var bars = map[string][]verify.Result{
	"fail":    {verify.Fail},
	"warn":    {verify.Fail, verify.Warn},
	"unknown": {verify.Fail, verify.Warn, verify.Unknown},
}

func (c *command) status(rep *verify.Report) error {
	checks := slices.Clone(rep.Checks)
	for _, l := range rep.Workloads {
		checks = append(checks, l.Checks...)
	}
	failed := slices.ContainsFunc(checks, func(o verify.Outcome) bool { return slices.Contains(bars[c.failOn], o.Result) })
	unseen := slices.ContainsFunc(checks, func(o verify.Outcome) bool { return o.Result == verify.Unknown })
	switch {
	case failed:
		return &cli.StatusError{Status: 1}
	case unseen && len(c.Only) > 0:
		return unable(errors.New("a check of --check is unknown"))
	}
	return nil
}

func (c *command) colored() bool {
	out, isFile := c.Out.(*os.File)
	return isFile && os.Getenv("NO_COLOR") == "" && term.IsTerminal(int(out.Fd()))
}

func (c *command) removeMade(ctx context.Context, cluster verify.Cluster) error {
	removed, err := verify.Cleanup(ctx, cluster, c.Options)
	for _, line := range removed {
		fmt.Fprintln(c.Out, "removed "+line)
	}
	if err != nil {
		return unable(err)
	}
	if len(removed) == 0 {
		fmt.Fprintln(c.Out, "nothing to remove")
	}
	return nil
}

func printList(out io.Writer) error {
	_, err := io.WriteString(out, verify.List())
	return err
}
