package verify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/boxp/dindify/fn/kube"
)

// location is where the API has an object.
type location struct {
	apiVersion, resource, namespace, name string // the namespace of a resource without namespaces is ""
}

func (l location) collection() string {
	return group(l.apiVersion, l.namespace, l.resource)
}

func (l location) object() string {
	return group(l.apiVersion, l.namespace, l.resource, l.name)
}

func (l location) right(verb string) Right {
	return Right{verb, kube.GroupOf(l.apiVersion), l.resource, l.namespace == ""}
}

// servedGroup is what the API server serves of a group and version.
type servedGroup struct {
	resources []metav1.APIResource
	err       error
}

// locate asks the API server for the resource of an object's kind.
func (r *run) locate(ctx context.Context, m *Manifest) (location, error) {
	at := location{apiVersion: m.APIVersion, name: m.Name}
	switch {
	case m.Name == "" && m.GenerateName != "":
		return at, errors.New("kubectl apply needs metadata.name; kubectl create takes generateName")
	case m.APIVersion == "" || m.Kind == "" || m.Name == "":
		return at, errors.New("it has no apiVersion, no kind or no metadata.name")
	}
	served, asked := r.served[m.APIVersion]
	if !asked {
		var list metav1.APIResourceList
		served.err = r.Get(ctx, group(m.APIVersion, ""), &list)
		served.resources = list.APIResources
		r.served[m.APIVersion] = served
	}
	if served.err != nil && !notFound(served.err) {
		return at, noAnswer(served.err)
	}
	for _, resource := range served.resources {
		if resource.Kind != m.Kind || strings.Contains(resource.Name, "/") {
			continue
		}
		at.resource = resource.Name
		if resource.Namespaced {
			at.namespace = r.namespaceOf(m)
		}
		return at, nil
	}
	if r.definesKind(m.Kind) {
		return at, notInCluster("its CustomResourceDefinition")
	}
	if strings.HasPrefix(m.APIVersion, "kustomize.config.k8s.io/") {
		return at, errors.New("it is read by kustomize: verify needs what kustomize build prints")
	}
	return at, fmt.Errorf("the server has no kind %s of %s; is its CustomResourceDefinition installed?", m.Kind,
		m.APIVersion)
}

// definesKind reports whether the files have the CustomResourceDefinition of a kind.
func (r *run) definesKind(kind string) bool {
	for _, m := range r.Manifests {
		var definition struct {
			Spec struct{ Names struct{ Kind string } }
		}
		if m.Kind == "CustomResourceDefinition" && json.Unmarshal(m.Raw, &definition) == nil &&
			definition.Spec.Names.Kind == kind {
			return true
		}
	}
	return false
}

// liveAnswer is the object at a location, or nil if there is none.
type liveAnswer struct {
	object []byte
	err    error
}

// liveObject reads an object once: the checks rights and apply both need it.
func (r *run) liveObject(ctx context.Context, at location) ([]byte, error) {
	answer, asked := r.live[at]
	if !asked {
		answer.object, answer.err = r.readLive(ctx, at)
		r.live[at] = answer
	}
	return answer.object, answer.err
}

func (r *run) readLive(ctx context.Context, at location) ([]byte, error) {
	if right := at.right("get"); !r.may(ctx, at.namespace, right) {
		return nil, mayNot("%s", right)
	}
	var live []byte
	switch err := r.Get(ctx, at.object(), &live); {
	case notFound(err):
		return nil, nil
	case err != nil:
		return nil, noAnswer(err)
	}
	return live, nil
}
