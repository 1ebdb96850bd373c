package plugin

import (
	"errors"

	"github.com/spf13/pflag"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

// connection holds kubectl's flags for reaching the cluster.
type connection struct {
	kubeconfig string
	overrides  clientcmd.ConfigOverrides
}

// requestTimeout is the default of --request-timeout: after as long the API server itself gives up (kube-apiserver,
// --request-timeout). kubectl waits without limit.
const requestTimeout = "1m"

func (c *connection) flags(f *pflag.FlagSet) {
	f.StringVar(&c.kubeconfig, "kubeconfig", "", "path to the kubeconfig file")
	flags := clientcmd.RecommendedConfigOverrideFlags("")
	flags.Timeout.Default = requestTimeout
	clientcmd.BindOverrideFlags(&c.overrides, f, flags)
}

// rules returns where the kubeconfig is.
func (c *connection) rules() *clientcmd.ClientConfigLoadingRules {
	rules := clientcmd.NewDefaultClientConfigLoadingRules()
	rules.ExplicitPath = c.kubeconfig
	return rules
}

// config returns the connection, and the namespace of -n or else of the kubeconfig's context.
func (c *connection) config() (*rest.Config, string, error) {
	loader := clientcmd.NewNonInteractiveDeferredLoadingClientConfig(c.rules(), &c.overrides)
	config, err := loader.ClientConfig()
	if clientcmd.IsEmptyConfig(err) {
		return nil, "", errors.New("no cluster is configured: use --kubeconfig, KUBECONFIG or --server")
	}
	if err != nil {
		return nil, "", err
	}
	// an in-cluster configuration leaves the flag out
	if config.Timeout, err = clientcmd.ParseTimeout(c.overrides.Timeout); err != nil {
		return nil, "", err
	}
	namespace, _, err := loader.Namespace()
	return config, namespace, err
}
