// Package plugin is the command line of kubectl-dindify: the verb verify, with kubectl's connection flags.
package plugin

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/boxp/dindify/fn/cli"
	"github.com/boxp/dindify/fn/kubeclient"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/verify"
	"github.com/boxp/dindify/fn/verify/print"
)

const about = `verify checks workloads that have their own Docker daemon in a running cluster, whether they were converted or
written by hand, and reports what it found check by check.

It checks the named workloads, or those in the files of -f, or all workloads of the namespace that have a Docker
daemon. By default it only reads: it gets objects, reviews access, and runs commands that read in the running pod.
--nested builds one image and runs a few containers in the pod's own daemon; --canary creates temporary Jobs with a
copy of the pod. Both are removed again. A check that you lack permissions for is unknown, not failed; the check
"rights" prints the Role to ask for.

Exit status: 0 if no check failed; 1 if a check failed (--fail-on sets the threshold); 2 if verify could not run:
no cluster, no such workload, a wrong flag, an unknown result of a check named by --check, or nothing to check.`

const examples = `  kubectl dindify verify deploy/openhands -n openhands
  kubectl dindify verify -f on.yaml --pre
  kubectl dindify verify -A -o short
  kubectl dindify verify deploy -l app.kubernetes.io/name=agent
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
	given          func(flag string) bool // whether the command line has the flag
}

// NewVerify returns the verb.
func NewVerify(s cli.Streams) *cobra.Command {
	c := &command{Streams: s}
	cmd := &cobra.Command{
		Use:     "verify [KIND/NAME]...",
		Short:   "Check workloads that have their own Docker daemon in a cluster",
		Long:    about,
		Example: examples,
		RunE: func(cmd *cobra.Command, args []string) error {
			c.Names, c.given = args, cmd.Flags().Changed
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			return c.run(ctx)
		},
		ValidArgsFunction: c.completeFromCluster(offerNames),
	}
	c.flags(cmd)
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return unable(err) })
	return cmd
}

func (c *command) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringArrayVarP(&c.files, "filename", "f", nil, "file, folder or - with manifests: the workloads to check, which "+
		"are also compared with the cluster")
	f.BoolVarP(&c.AllNamespaces, "all-namespaces", "A", false, "check all namespaces")
	f.StringVarP(&c.Selector, "selector", "l", "", "check the workloads with these labels, such as app=a,tier!=b; "+
		"arguments are then kinds. With --pre it also selects the objects of -f, as for kubectl apply")
	f.BoolVar(&c.Pre, "pre", false, "the manifests of -f are not applied yet: check whether the cluster would accept "+
		"and run them")
	f.BoolVar(&c.nested, "nested", false, "build an image in the pod's own daemon and run containers of it; "+
		"removed again")
	f.BoolVar(&c.canary, "canary", false, "create temporary Jobs with a copy of the pod in its namespace; "+
		"removed again")
	f.BoolVar(&c.Disruptive, "disruptive", false, "with --canary: kill the daemon and run the clean-up's command, in "+
		"the copy only")
	f.StringSliceVar(&c.Only, "check", nil, "ids of the checks to run; if the result of one is unknown, "+
		"the exit status is 2")
	f.StringSliceVar(&c.Skip, "skip", nil, "ids of checks to skip")
	f.StringVar(&c.Pull, "pull", "", "with --nested: an image for the daemon to pull; it is removed again unless it "+
		"was already present")
	f.StringVar(&c.Image, "image", "", "with --nested: the image of the containers, with sh, stat, nc and timeout, "+
		"instead of a built one")
	f.DurationVar(&c.Wait, "wait", 2*time.Minute, "how long to wait for pods that are not ready, all together")
	f.StringVar(&c.failOn, "fail-on", "fail", "fail, warn or unknown: the mildest result that makes the exit status 1")
	f.StringVarP(&c.output, "output", "o", "text", "text, short, json, junit or markdown")
	f.BoolVar(&c.list, "list", false, "list the checks with their levels and the permissions that they need")
	f.BoolVar(&c.cleanup, "cleanup", false, "only remove what an interrupted run has left")
	c.connection.flags(f)
	c.complete(cmd)
}

func (c *command) run(ctx context.Context) error {
	format, err := c.check()
	if err != nil {
		return unable(err)
	}
	if c.list {
		return c.print(verify.List())
	}
	if err := c.readManifests(); err != nil {
		return unable(err)
	}
	config, namespace, err := c.config()
	if err != nil {
		return unable(err)
	}
	c.Namespace = namespace
	if err := c.checkNamespaces(); err != nil {
		return unable(err)
	}
	cluster, err := kubeclient.New(config)
	if err != nil {
		return unable(err)
	}
	if c.cleanup {
		return c.removeMade(ctx, cluster)
	}
	return c.report(ctx, cluster, format)
}

// report runs the checks, and prints what they found or why there is nothing.
func (c *command) report(ctx context.Context, cluster verify.Cluster, format print.Format) error {
	if cli.IsTerminal(c.Err) {
		c.Progress = func(text string) { fmt.Fprintf(c.Err, "\r\x1b[K%s", report.Plain(text)) }
		defer fmt.Fprint(c.Err, "\r\x1b[K")
	}
	rep, err := verify.Run(ctx, cluster, c.Options)
	if rep == nil {
		return c.nothingChecked(err)
	}
	if c.Progress != nil {
		c.Progress("")
	}
	if printErr := format(c.Out, rep, c.colored()); printErr != nil {
		return unable(printErr)
	}
	if errors.Is(err, context.Canceled) {
		return unable(errors.New("the run was interrupted"))
	}
	if err != nil {
		return unable(err)
	}
	return c.status(rep)
}

// nothingChecked returns the error of a run without a report. The Roles to ask for are printed as they are, so that
// they can be applied.
func (c *command) nothingChecked(err error) error {
	if roles := (*verify.RolesError)(nil); errors.As(err, &roles) {
		fmt.Fprintln(c.Err, strings.TrimSpace(roles.Roles))
	}
	if c.output == "junit" {
		err = errors.Join(err, print.JUnitError(c.Out, err))
	}
	return unable(err)
}

func (c *command) colored() bool {
	return os.Getenv("NO_COLOR") == "" && cli.IsTerminal(c.Out)
}

func (c *command) removeMade(ctx context.Context, cluster verify.Cluster) error {
	removed, err := verify.Cleanup(ctx, cluster, c.Options)
	text := ""
	for _, line := range removed {
		text += "removed " + report.Plain(line) + "\n"
	}
	if err == nil && text == "" {
		text = "nothing to remove\n"
	}
	printErr := c.print(text)
	if err != nil {
		return unable(err)
	}
	return printErr
}

// print writes a text. A reader that is gone makes the exit status 2.
func (c *command) print(text string) error {
	_, err := io.WriteString(c.Out, text)
	if err != nil {
		return unable(err)
	}
	return nil
}
