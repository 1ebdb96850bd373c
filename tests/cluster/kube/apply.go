package kube

import (
	"context"
	"errors"
	"fmt"

	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/dynamic"
)

const fieldManager = "dindify-test"

// Apply sends every document of the stream as a server-side apply; the server refuses unknown fields. The error joins
// the server's messages for all objects.
func (c *Client) Apply(ctx context.Context, stream []byte) error {
	return c.apply(ctx, stream, metav1.ApplyOptions{FieldManager: fieldManager, Force: true})
}

// DryRun is Apply without storing: the server defaults, admits and validates, or refuses. The namespaces must exist.
func (c *Client) DryRun(ctx context.Context, stream []byte) error {
	return c.apply(ctx, stream, metav1.ApplyOptions{
		FieldManager: fieldManager, Force: true,
		DryRun: []string{metav1.DryRunAll},
	})
}

// Stored returns the object as the server would store it, with defaults, which a comparison of the manifest with the
// cluster would see. The namespace must exist.
func (c *Client) Stored(ctx context.Context, object *unstructured.Unstructured) (*unstructured.Unstructured, error) {
	resource, err := c.resource(object)
	if err != nil {
		return nil, err
	}
	options := metav1.ApplyOptions{FieldManager: fieldManager, Force: true, DryRun: []string{metav1.DryRunAll}}
	return resource.Apply(ctx, object.GetName(), object, options)
}

func (c *Client) apply(ctx context.Context, stream []byte, options metav1.ApplyOptions) error {
	objects, err := Decode(stream)
	if err != nil {
		return err
	}
	var refused []error
	for _, object := range objects {
		if err := c.applyObject(ctx, object, options); err != nil {
			refused = append(refused, fmt.Errorf("%s %s: %w", object.GetKind(), object.GetName(), err))
		}
	}
	return errors.Join(refused...)
}

func (c *Client) applyObject(ctx context.Context, object *unstructured.Unstructured,
	options metav1.ApplyOptions,
) error {
	resource, err := c.resource(object)
	if err != nil {
		return err
	}
	_, err = resource.Apply(ctx, object.GetName(), object, options)
	return err
}

// resource returns the endpoint of an object; a namespaced object without a namespace is in default.
func (c *Client) resource(object *unstructured.Unstructured) (dynamic.ResourceInterface, error) {
	kind := object.GroupVersionKind()
	mapping, err := c.mapper.RESTMapping(kind.GroupKind(), kind.Version)
	if err != nil {
		return nil, err
	}
	if mapping.Scope.Name() == meta.RESTScopeNameRoot {
		return c.dynamic.Resource(mapping.Resource), nil
	}
	namespace := object.GetNamespace()
	if namespace == "" {
		namespace = metav1.NamespaceDefault
	}
	return c.dynamic.Resource(mapping.Resource).Namespace(namespace), nil
}
