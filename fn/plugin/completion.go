package plugin

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"k8s.io/client-go/tools/clientcmd/api"

	"github.com/boxp/dindify/fn/kubeclient"
	"github.com/boxp/dindify/fn/verify"
	"github.com/boxp/dindify/fn/verify/print"
)

// completionTimeout limits how long a shell completion waits for the cluster.
const completionTimeout = 2 * time.Second

// complete registers what a shell offers for the values of flags.
func (c *command) complete(cmd *cobra.Command) {
	for flag, values := range map[string][]string{
		"check": verify.IDs(), "skip": verify.IDs(), "fail-on": {"fail", "warn", "unknown"},
		"output": slices.Sorted(maps.Keys(print.Formats)),
	} {
		// the flag exists
		_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	}
	for flag, values := range map[string]cobra.CompletionFunc{
		"namespace": c.completeNamespaces,
		"context":   c.completeFromFile(func(k *api.Config) []string { return slices.Sorted(maps.Keys(k.Contexts)) }),
		"cluster":   c.completeFromFile(func(k *api.Config) []string { return slices.Sorted(maps.Keys(k.Clusters)) }),
		"user":      c.completeFromFile(func(k *api.Config) []string { return slices.Sorted(maps.Keys(k.AuthInfos)) }),
	} {
		_ = cmd.RegisterFlagCompletionFunc(flag, values)
	}
}

// client returns a client for a completion, and the namespace of the flags or of the kubeconfig.
func (c *command) client() (cluster verify.Cluster, namespace string, err error) {
	config, namespace, err := c.config()
	if err != nil {
		return nil, "", err
	}
	cluster, err = kubeclient.New(config)
	return cluster, namespace, err
}

// completeNames offers workloads and kinds. After a kind that needs a name there is no space.
func (c *command) completeNames(cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	ctx, stop := context.WithTimeout(cmd.Context(), completionTimeout)
	defer stop()
	cluster, namespace, err := c.client()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	offered := verify.Complete(ctx, cluster, namespace, args, word)
	directive := cobra.ShellCompDirectiveNoFileComp
	if !slices.ContainsFunc(offered, func(one string) bool { return !strings.HasSuffix(one, "/") }) {
		directive |= cobra.ShellCompDirectiveNoSpace
	}
	return slices.DeleteFunc(offered, func(one string) bool { return slices.Contains(args, one) }), directive
}

func (c *command) completeNamespaces(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	ctx, stop := context.WithTimeout(cmd.Context(), completionTimeout)
	defer stop()
	cluster, _, err := c.client()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return verify.Namespaces(ctx, cluster), cobra.ShellCompDirectiveNoFileComp
}

// completeFromFile offers names of the kubeconfig.
func (c *command) completeFromFile(names func(*api.Config) []string) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		config, err := c.rules().Load()
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return names(config), cobra.ShellCompDirectiveNoFileComp
	}
}
