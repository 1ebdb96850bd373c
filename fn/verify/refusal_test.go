package verify

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// TestHintsOfRefusals checks each kind of refusal, in the words of Kubernetes 1.36: what to change, and where to read
// more.
func TestHintsOfRefusals(t *testing.T) {
	pods, deployments := schema.GroupResource{Resource: "pods"}, schema.GroupKind{Group: "apps", Kind: "Deployment"}
	forbidden := func(why string) error { return apierrors.NewForbidden(pods, "a", errors.New(why)) }
	invalid := func(e *field.Error) error { return apierrors.NewInvalid(deployments, "a", field.ErrorList{e}) }
	for name, c := range map[string]struct {
		err  error
		hint string // a part of it
		id   string
	}{
		"Pod Security": {
			forbidden(`violates PodSecurity "restricted:latest": privileged (container "d" must not set ...)`),
			"label namespace tools pod-security.kubernetes.io/enforce=privileged", "pod-security",
		},
		"quota": {
			forbidden("exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1"),
			"spec.hard of the ResourceQuota in namespace tools", "quota",
		},
		"quota of limits": {
			forbidden("failed quota: q: must specify limits.cpu for: d; requests.cpu for: d"),
			"spec.daemon.resources.requests and limits", "quota",
		},
		"LimitRange": {
			forbidden("maximum memory usage per Container is 1Gi, but limit is 2Gi"), "spec.daemon.resources within", "quota",
		},
		"LimitRange of the ratio": {
			forbidden("cpu max limit to request ratio per Container is 2, but provided ratio is 4.000000"),
			"spec.daemon.resources within", "quota",
		},
		"LimitRange of claims": {
			forbidden("maximum storage usage per PersistentVolumeClaim is 1Gi, but request is 2Gi"),
			"spec.resources.requests.storage of Deployment/a", "quota",
		},
		"webhook": {
			apierrors.NewBadRequest(`admission webhook "p.example.com" denied the request: no :latest`),
			"exception of the policy", "pod-security",
		},
		"policy": {
			apierrors.NewInvalid(deployments, "a", field.ErrorList{field.Forbidden(nil,
				"ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no")}), "exception of the policy", "pod-security",
		},
		"webhook without dry run": {
			apierrors.NewBadRequest(`admission webhook "p.example.com" does not support dry run`), "sideEffects", "apply",
		},
		"unknown field": {
			apierrors.NewBadRequest(`Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: ` +
				`unknown field "spec.template.spec.hostUser", duplicate field "spec.replicas"`),
			"spec.replicas, spec.template.spec.hostUser of Deployment/a", "version",
		},
		"field that the schema does not have": {
			errors.New("failed to create typed patch object (a/b; batch/v1, Kind=Job): .spec.podFailure: field not declared " +
				"in schema"), "remove spec.podFailure of Deployment/a", "version",
		},
		"unknown kind": {
			errors.New("the server has no kind A of b/v1; is its CustomResourceDefinition installed?"),
			"apiVersion and kind", "apply",
		},
		"immutable": {
			invalid(field.Invalid(field.NewPath("spec", "selector"), "x", "field is immutable")),
			"keep spec.selector of Deployment/a", "apply",
		},
		"StatefulSet": {
			invalid(field.Forbidden(field.NewPath("spec"), "updates to statefulset spec for fields other than 'replicas', "+
				"'ordinals', 'template' are forbidden")), "keep spec of Deployment/a", "apply",
		},
		"binding": {
			invalid(field.Invalid(field.NewPath("roleRef"), "x", "cannot change roleRef")), "keep roleRef of", "apply",
		},
		"namespace": {
			errors.New("namespace tools does not exist"), "kubectl create namespace tools, or correct metadata.namespace",
			"apply",
		},
		"conflict": {
			apierrors.NewConflict(pods, "a", errors.New("the object has been modified; please apply your changes")),
			"remove metadata.resourceVersion of Deployment/a", "apply",
		},
		"invalid": {
			invalid(field.Required(field.NewPath("spec", "template", "spec", "containers"), "")),
			"correct spec.template.spec.containers of Deployment/a", "apply",
		},
		"of another type": {
			errors.New("spec.replicas must be a number, and is a string"), "correct the field that the message names", "apply",
		},
		"without a name": {
			errors.New("kubectl apply needs metadata.name; kubectl create takes generateName"), "set metadata.name", "apply",
		},
		"of kustomize": {
			errors.New("it is read by kustomize: verify needs what kustomize build prints"), "kustomize build FOLDER", "apply",
		},
		"another plugin": {forbidden("node selector label conflicts"), "who administers the cluster", "apply"},
	} {
		t.Run(name, func(t *testing.T) {
			hint := kindOfRefusal(c.err, "tools").hintFor(c.err, "Deployment/a", "tools")
			require.Contains(t, hint, c.hint)
			require.Contains(t, hint, "; dindify explain "+c.id)
		})
	}
}

// TestWhatIsNoRefusal checks errors that say nothing about the object.
func TestWhatIsNoRefusal(t *testing.T) {
	pods := schema.GroupResource{Resource: "pods"}
	for text, err := range map[string]error{
		"does not support dry run": apierrors.NewBadRequest(`admission webhook "p" does not support dry run`),
		"failed calling webhook":   apierrors.NewInternalError(errors.New(`failed calling webhook "p": connection refused`)),
		"you may not do it": apierrors.NewForbidden(pods, "", errors.New(
			`User "u" cannot create resource "pods" in API group "" in the namespace "tools"`)),
		"you may not grant": apierrors.NewForbidden(pods, "", errors.New(
			`user "u" (groups=["g"]) is attempting to grant RBAC permissions not currently held`)),
		"etcdserver": apierrors.NewInternalError(errors.New("etcdserver: request timed out")),
	} {
		var unasked *cannotAskError
		require.ErrorAs(t, refusal(err, &Manifest{}, "tools"), &unasked, text)
		require.Contains(t, unasked.text, text)
		require.NotEmpty(t, unasked.hint)
	}
}

// TestARefusalWithoutAStatusOfItsOwn: the API server refuses a field that the schema does not have with status 500, as
// it reports its own failures.
func TestARefusalWithoutAStatusOfItsOwn(t *testing.T) {
	err := apierrors.NewInternalError(errors.New("failed to create typed patch object (a/b; batch/v1, Kind=Job): " +
		".spec.podFailure: field not declared in schema"))
	require.Equal(t, err, refusal(err, &Manifest{}, "tools"))
}
