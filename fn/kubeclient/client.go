// Package kubeclient implements verify.Cluster with client-go, which only this package and fn/plugin import. The
// function's binary imports neither.
//
// It uses the bare REST client instead of the clientset: linking all API groups doubles the start-up time.
package kubeclient

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

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
	silent int // requests in a row without an answer
}

// tries is after how many requests without an answer no other one is sent. Each of them may take the whole timeout, and
// a run sends about a hundred.
const tries = 2

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
	return &Client{config: config, rest: client}, nil
}

// Get implements verify.Cluster.
func (c *Client) Get(ctx context.Context, path string, into any) error {
	return c.send(ctx, c.rest.Get().RequestURI(path), into)
}

// Create implements verify.Cluster.
func (c *Client) Create(ctx context.Context, path string, object, into any) error {
	body, err := json.Marshal(object)
	if err != nil {
		return err
	}
	return c.send(ctx, c.rest.Post().RequestURI(path).SetHeader("Content-Type", "application/json").Body(body), into)
}

// Patch implements verify.Cluster.
func (c *Client) Patch(ctx context.Context, path string, kind types.PatchType, patch []byte) error {
	return c.send(ctx, c.rest.Patch(kind).RequestURI(path).Body(patch), nil)
}

// Delete implements verify.Cluster. Dependents are deleted in the background. It is tried whether or not the server
// answered before: what a run has made must go.
func (c *Client) Delete(ctx context.Context, path string) error {
	options := `{"apiVersion":"v1","kind":"DeleteOptions","propagationPolicy":"Background"}`
	c.silent = 0
	return c.send(ctx, c.rest.Delete().RequestURI(path).SetHeader("Content-Type", "application/json").Body(
		[]byte(options)), nil)
}

// send sends a request, unless the server has stopped answering, and decodes the answer.
func (c *Client) send(ctx context.Context, request *rest.Request, into any) error {
	if c.silent >= tries {
		return fmt.Errorf("%s did not answer %d requests before, and is not asked again", c.config.Host, tries)
	}
	began := time.Now()
	err := answer(request.Do(ctx), request.URL().Path, into)
	var late net.Error
	if !errors.As(err, &late) || !late.Timeout() || ctx.Err() != nil {
		c.silent = 0
		return err
	}
	c.silent++
	return fmt.Errorf("%s did not answer within %s; --request-timeout sets the limit", c.config.Host,
		time.Since(began).Round(time.Second/10))
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
