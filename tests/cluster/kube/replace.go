package kube

import (
	"context"
	"fmt"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// Replace applies the stream `after` and deletes the objects that only `before` has.
func (c *Client) Replace(ctx context.Context, before, after []byte) error {
	if err := c.Apply(ctx, after); err != nil {
		return err
	}
	kept := map[string]bool{}
	objects, err := Decode(after)
	if err != nil {
		return err
	}
	for _, object := range objects {
		kept[identity(object)] = true
	}
	if objects, err = Decode(before); err != nil {
		return err
	}
	for _, object := range objects {
		if kept[identity(object)] {
			continue
		}
		if err := c.deleteObject(ctx, object); err != nil {
			return err
		}
	}
	return nil
}

// deleteObject does not wait. A missing object is not an error.
func (c *Client) deleteObject(ctx context.Context, object *unstructured.Unstructured) error {
	resource, err := c.resource(object)
	if err != nil {
		return err
	}
	background := metav1.DeletePropagationBackground
	err = resource.Delete(ctx, object.GetName(), metav1.DeleteOptions{PropagationPolicy: &background})
	if err != nil && !apierrors.IsNotFound(err) {
		return fmt.Errorf("delete %s %s: %w", object.GetKind(), object.GetName(), err)
	}
	return nil
}

func identity(object *unstructured.Unstructured) string {
	return fmt.Sprint(object.GroupVersionKind().GroupKind(), object.GetNamespace(), object.GetName())
}
