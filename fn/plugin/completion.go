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
		"namespace": c.completeFromCluster(offerNamespaces),
		"context":   c.completeFromFile(func(k *api.Config) []string { return slices.Sorted(maps.Keys(k.Contexts)) }),
		"cluster":   c.completeFromFile(func(k *api.Config) []string { return slices.Sorted(maps.Keys(k.Clusters)) }),
		"user":      c.completeFromFile(func(k *api.Config) []string { return slices.Sorted(maps.Keys(k.AuthInfos)) }),
	} {
		_ = cmd.RegisterFlagCompletionFunc(flag, values)
	}
}

// offer returns what a shell offers for a word after args. The namespace is that of the flags or of the kubeconfig.
type offer func(ctx context.Context, cluster verify.Cluster, namespace string, args []string, word string) (
	[]string, cobra.ShellCompDirective)

// completeFromCluster offers what the cluster has.
func (c *command) completeFromCluster(from offer) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
		ctx, stop := context.WithTimeout(cmd.Context(), completionTimeout)
		defer stop()
		config, namespace, err := c.config()
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		cluster, err := kubeclient.New(config)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return from(ctx, cluster, namespace, args, word)
	}
}

// offerNames offers workloads and kinds. After a kind that needs a name there is no space.
func offerNames(ctx context.Context, cluster verify.Cluster, namespace string, args []string, word string) (
	[]string, cobra.ShellCompDirective,
) {
	offered := verify.Complete(ctx, cluster, namespace, args, word)
	directive := cobra.ShellCompDirectiveNoFileComp
	if !slices.ContainsFunc(offered, func(one string) bool { return !strings.HasSuffix(one, "/") }) {
		directive |= cobra.ShellCompDirectiveNoSpace
	}
	return slices.DeleteFunc(offered, func(one string) bool { return slices.Contains(args, one) }), directive
}

func offerNamespaces(ctx context.Context, cluster verify.Cluster, _ string, _ []string, _ string) (
	[]string, cobra.ShellCompDirective,
) {
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
