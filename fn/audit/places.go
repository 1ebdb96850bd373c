package audit

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/kube"
)

// The advice for what controllers and charts build pods from.
const (
	adviceArgo = "put a daemon into the template: its sidecars, or since Argo Workflows v3.6 initContainers with " +
		"restartPolicy Always"
	adviceTekton   = "remove it, and put a daemon into the Task's sidecars, with a startupProbe"
	adviceGitLab   = "remove it, and give the runner a Docker-in-Docker service"
	adviceJenkins  = "remove it, and put a daemon into the agent's yamlTemplate"
	adviceValues   = "audit what the chart renders to: helm template … | dindify audit -"
	adviceTemplate = "audit what it makes: oc process --local -f … -o yaml | dindify audit -"
	advicePatch    = "audit what it renders to: kustomize build … | dindify audit -"
)

// places are where controllers and charts are known to build pods from. The first that fits counts. Facts and versions:
// Argo Workflows docs/fields.md (podSpecPatch), Tekton docs/podtemplates.md, GitLab Runner operator v1beta2 (podSpec),
// Jenkins chart templates/_helpers.tpl (agent.volumes).
var places = []struct {
	fits           func(context) bool
	reason, advice string
}{
	{
		func(c context) bool { return c.isOf("argoproj.io") && c.isBelow("podSpecPatch") },
		"a patch of the pods that Argo Workflows makes of this", adviceArgo,
	},
	{
		func(c context) bool {
			return c.isOf("tekton.dev") && (c.isBelow("podTemplate") || c.isBelow("taskPodTemplate"))
		},
		"a volume of the pods that Tekton makes of this run: the Task's steps mount it by its name", adviceTekton,
	},
	{
		func(c context) bool { return c.isOf("apps.gitlab.com") && c.isBelow("podSpec") },
		"a patch of the pods that GitLab Runner makes for jobs", adviceGitLab,
	},
	{
		func(c context) bool {
			return c.field.Name() == "hostPath" && c.field.Parent().Text("type") == "HostPath"
		},
		"a volume as the chart of Jenkins takes it for its agents, which all mount it", adviceJenkins,
	},
	{
		func(c context) bool {
			return c.isOf("helm.toolkit.fluxcd.io") || c.isOf("helm.cattle.io") || c.isOf("argoproj.io") && c.isBelow("helm")
		},
		"a value of a chart, and what the chart makes of it is not known", adviceValues,
	},
	{
		func(c context) bool {
			return c.isOf("kustomize.config.k8s.io") || c.isOf("kustomize.toolkit.fluxcd.io") && c.isBelow("patches")
		},
		"a patch, and what it renders to is not known", advicePatch,
	},
	{context.isWritten, "a policy that writes it into objects of the cluster", "change the policy"},
}

// isOf says whether the nearest object around the field is of an API group: the document's own, or one inside of it,
// such as a TaskRun in a TriggerTemplate.
func (c context) isOf(group string) bool {
	if !c.found {
		return false
	}
	for at := c.field; ; at = *at.Parent() {
		if apiVersion := c.facts.apiVersion(at); apiVersion != "" {
			return strings.HasPrefix(apiVersion, group+"/")
		}
		if at.Is(*at.Parent()) {
			return false
		}
	}
}

// apiVersion is that of a mapping which is an object itself; "" of another one. Each is looked at once, for all that is
// in it.
func (f *facts) apiVersion(at kube.Field) string {
	apiVersion, known := f.apiVersions[at.Node()]
	if !known {
		if at.Text("kind") != "" {
			apiVersion = at.Text("apiVersion")
		}
		f.apiVersions[at.Node()] = apiVersion
	}
	return apiVersion
}

// isBelow says whether the field, or one that it is in, has a name.
func (c context) isBelow(name string) bool {
	path := strings.FieldsFunc(c.path, func(r rune) bool { return r == '.' || r == '[' })
	return slices.Contains(path, name)
}
