package plugin

import (
	"context"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"

	"github.com/boxp/dindify/fn/kubeclient"
	"github.com/boxp/dindify/fn/verify"
)

// connection holds kubectl's flags for reaching the cluster.
type connection struct {
	kubeconfig string
	overrides  clientcmd.ConfigOverrides
}

func (c *connection) flags(f *pflag.FlagSet) {
	f.StringVar(&c.kubeconfig, "kubeconfig", "", "path to the kubeconfig file")
	clientcmd.BindOverrideFlags(&c.overrides, f, clientcmd.RecommendedConfigOverrideFlags(""))
}

// config returns the connection, and the namespace of -n or else of the kubeconfig's context.
func (c *connection) config() (*rest.Config, string, error) {
	rules := clientcmd.NewDefaultClientConfigLoadingRules()
	rules.ExplicitPath = c.kubeconfig
	loader := clientcmd.NewNonInteractiveDeferredLoadingClientConfig(rules, &c.overrides)
	config, err := loader.ClientConfig()
	if err != nil {
		return nil, "", err
	}
	namespace, _, err := loader.Namespace()
	return config, namespace, err
}

// completionTimeout limits how long a shell completion waits for names.
const completionTimeout = 2 * time.Second

// completeNames offers the workloads of the namespace that have a Docker daemon.
func (c *command) completeNames(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
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
	names, _ := verify.Names(ctx, cluster, namespace) // a shell cannot show an error
	return names, cobra.ShellCompDirectiveNoFileComp
}
