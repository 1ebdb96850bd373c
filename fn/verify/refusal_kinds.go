package verify

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// refusalKind is a kind of refusal, by what the API server says, and what to do about it.
type refusalKind struct {
	words   []string // one of them is in the message
	unasked bool     // the object itself is not refused
	check   string   // for dindify explain
	hint    string   // OBJECT, NAMESPACE and FIELD stand for those of the refusal
}

// The kinds of refusals that more than one check tells apart.
var (
	podSecurityKind = &refusalKind{
		words: []string{"violates PodSecurity"}, check: "pod-security",
		hint: "kubectl label namespace NAMESPACE pod-security.kubernetes.io/enforce=privileged --overwrite, or set " +
			"spec.daemon.isolation: Sysbox",
	}
	quotaKind = &refusalKind{
		words: []string{"exceeded quota"}, check: "quota",
		hint: "raise spec.hard of the ResourceQuota in namespace NAMESPACE, or lower spec.daemon.resources",
	}
	quotaWithoutLimits = &refusalKind{
		words: []string{"failed quota"}, check: "quota",
		hint: "set the resources of each container that the message names, for the daemon spec.daemon.resources.requests " +
			"and limits: the ResourceQuota in namespace NAMESPACE demands them",
	}
	limitRangeKind = &refusalKind{ // Kubernetes, plugin/pkg/admission/limitranger
		words: []string{" usage per Container is", " usage per Pod is", " limit to request ratio per "}, check: "quota",
		hint: "set spec.daemon.resources within what kubectl describe limitrange -n NAMESPACE shows",
	}
	otherKind = &refusalKind{ // of every other plugin of admission, and for errors that are no refusals
		words: []string{""}, check: "apply",
		hint: "change what the message names in OBJECT, or ask who administers the cluster for an exception",
	}
)

// refusalKinds are tried in this order. The last one has every text.
var refusalKinds = []*refusalKind{
	podSecurityKind, quotaKind, quotaWithoutLimits, limitRangeKind,
	{
		words: []string{" usage per PersistentVolumeClaim is"}, check: "quota",
		hint: "set spec.resources.requests.storage of OBJECT, or spec.daemon.storage, within what kubectl describe " +
			"limitrange -n NAMESPACE shows",
	},
	{
		words: []string{"does not support dry run"}, unasked: true, check: "apply",
		hint: "try OBJECT in a namespace of its own: sideEffects of the webhook's configuration allow no dry run",
	},
	{
		words: []string{"failed calling webhook"}, unasked: true, check: "apply",
		hint: "look at the webhook that does not answer: kubectl get validatingwebhookconfigurations," +
			"mutatingwebhookconfigurations; its failurePolicy decides about the apply",
	},
	{
		words: []string{"admission webhook", "ValidatingAdmissionPolicy"}, check: "pod-security",
		hint: "change what the message names in OBJECT, or ask for an exception of the policy",
	},
	{
		words: []string{strictDecoding, "failed to create typed patch object"}, check: "version",
		hint: "correct or remove FIELD of OBJECT, or upgrade the server to a version that knows it",
	},
	{
		words: []string{"it is read by kustomize"}, check: "apply",
		hint: "kustomize build FOLDER | kubectl dindify verify --pre -f -",
	},
	{
		words: []string{"needs metadata.name", "no metadata.name"}, check: "apply",
		hint: "set metadata.name, apiVersion and kind of each object",
	},
	{
		words: []string{"the server has no kind"}, check: "apply",
		hint: "install the CustomResourceDefinition of OBJECT, or correct its apiVersion and kind",
	},
	{
		words: []string{
			"is immutable", "are immutable", "updates to ", "may not change", "cannot change roleRef",
		}, check: "apply",
		hint: "keep FIELD of OBJECT as the cluster has it; to change it delete the object first, with its pods or its data",
	},
	{
		words: []string{"namespace NAMESPACE does not exist", `namespaces "NAMESPACE" not found`}, check: "apply",
		hint: "kubectl create namespace NAMESPACE, or correct metadata.namespace",
	},
	{
		words: []string{"the object has been modified"}, check: "apply",
		hint: "remove metadata.resourceVersion of OBJECT from the file",
	},
	{
		words: []string{" is invalid: ", " in version ", " must be a "}, check: "apply",
		hint: "correct FIELD of OBJECT",
	},
	otherKind,
}

// kindOfRefusal returns the kind of an error of the API server, or of a dry run.
func kindOfRefusal(err error, namespace string) *refusalKind {
	text := message(err)
	for _, k := range refusalKinds {
		if slices.ContainsFunc(k.words, func(words string) bool {
			return strings.Contains(text, strings.ReplaceAll(words, "NAMESPACE", namespace))
		}) {
			return k
		}
	}
	return nil // otherKind has every text
}

// hintFor returns what to do about a refusal of this kind.
func (k *refusalKind) hintFor(err error, object, namespace string) string {
	return strings.NewReplacer("OBJECT", object, "NAMESPACE", namespace, "FIELD", fieldOf(err)).Replace(k.hint) +
		"; " + explain + k.check
}

// strictField is a field in the API server's list of unknown and duplicate ones.
var strictField = regexp.MustCompile(`(?:unknown|duplicate) field "([^"]+)"|: \.?([\w.\[\]="-]+): field not declared in schema`)

// fieldOf returns the fields that a refusal is about, or the words for those of its message.
func fieldOf(err error) string {
	if err == nil {
		return ""
	}
	var fields []string
	for _, match := range strictField.FindAllStringSubmatch(err.Error(), -1) {
		fields = append(fields, nonEmpty(match[1:]...)...)
	}
	var status apierrors.APIStatus
	if errors.As(err, &status) && status.Status().Details != nil && len(fields) == 0 {
		for _, cause := range status.Status().Details.Causes {
			fields = append(fields, nonEmpty(cause.Field)...)
		}
	}
	if len(fields) == 0 || slices.Contains(fields, "patch") {
		return "the field that the message names"
	}
	return strings.Join(compact(fields), ", ")
}
