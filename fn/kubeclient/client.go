// Package kubeclient implements verify.Cluster with client-go, which only this package and fn/plugin import. The
// function's binary imports neither.
//
// It uses the bare REST client instead of the clientset: linking all API groups doubles the start-up time.
package kubeclient

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/types"
	_ "k8s.io/client-go/plugin/pkg/client/auth" // auth plug-ins that a kubeconfig may name
	"k8s.io/client-go/rest"
	"k8s.io/klog/v2"
)

// Client implements verify.Cluster.
type Client struct {
	config *rest.Config
	rest   *rest.RESTClient
}

// New returns a client. It does not connect.
func New(config *rest.Config) (*Client, error) {
	scheme := runtime.NewScheme()
	metav1.AddToGroupVersion(scheme, schema.GroupVersion{Version: "v1"}) // to decode the Status of an error
	klog.LogToStderr(false)
	klog.SetOutput(io.Discard) // every error is returned as well
	config = rest.CopyConfig(config)
	config.UserAgent = "kubectl-dindify" // in the audit log
	config.NegotiatedSerializer = serializer.NewCodecFactory(scheme).WithoutConversion()
	config.GroupVersion, config.APIPath = &schema.GroupVersion{Version: "v1"}, "/api"
	config.WarningHandler = rest.NoWarnings{} // they are not results; the checks report what matters of them
	if config.QPS == 0 {
		config.QPS, config.Burst = 100, 200 // a run makes about a hundred requests
	}
	client, err := rest.RESTClientFor(config)
	if err != nil {
		return nil, err
	}
	return &Client{config, client}, nil
}

// Get implements verify.Cluster.
func (c *Client) Get(ctx context.Context, path string, into any) error {
	return answer(c.rest.Get().RequestURI(path).Do(ctx), path, into)
}

// Create implements verify.Cluster.
func (c *Client) Create(ctx context.Context, path string, object, into any) error {
	body, err := json.Marshal(object)
	if err != nil {
		return err
	}
	return answer(c.rest.Post().RequestURI(path).SetHeader("Content-Type", "application/json").Body(body).Do(ctx), path,
		into)
}

// Patch implements verify.Cluster.
func (c *Client) Patch(ctx context.Context, path string, kind types.PatchType, patch []byte) error {
	return answer(c.rest.Patch(kind).RequestURI(path).Body(patch).Do(ctx), path, nil)
}

// Delete implements verify.Cluster. Dependents are deleted in the background.
func (c *Client) Delete(ctx context.Context, path string) error {
	options := `{"apiVersion":"v1","kind":"DeleteOptions","propagationPolicy":"Background"}`
	return c.rest.Delete().RequestURI(path).SetHeader("Content-Type", "application/json").Body([]byte(options)).Do(
		ctx).Error()
}

// answer decodes a result. Error has the API server's own message, which DoRaw drops.
func answer(result rest.Result, path string, into any) error {
	if err := result.Error(); err != nil || into == nil {
		return err
	}
	raw, err := result.Raw()
	if err != nil {
		return err
	}
	if bytes, isRaw := into.(*[]byte); isRaw {
		*bytes = raw
		return nil
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
