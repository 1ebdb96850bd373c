package audit

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/kube"
)

// Advice for fields from which controllers and charts build pods.
const (
	adviceArgo = "add a daemon to the template: in its sidecars, or since Argo Workflows v3.6 initContainers with " +
		"restartPolicy Always"
	adviceTekton   = "remove it, and add a daemon to the Task's sidecars, with a startupProbe"
	adviceGitLab   = "remove it, and add to the runner a Docker-in-Docker service"
	adviceJenkins  = "remove it, and add a daemon to the agent's yamlTemplate"
	adviceValues   = "audit the rendered chart: helm template … | dindify audit -"
	adviceTemplate = "audit what it makes: oc process --local -f … -o yaml | dindify audit -"
	advicePatch    = "audit the rendered output: kustomize build … | dindify audit -"
)

// places lists fields from which controllers and charts build pods. The first match counts. Sources: Argo Workflows
// docs/fields.md (podSpecPatch), Tekton docs/podtemplates.md, GitLab Runner operator v1beta2 (podSpec), Jenkins chart
// templates/_helpers.tpl (agent.volumes).
var places = []struct {
	fits           func(context) bool
	reason, advice string
}{
	{
		func(c context) bool { return c.isOf("argoproj.io") && c.isBelow("podSpecPatch") },
		"a patch of the pods that Argo Workflows creates", adviceArgo,
	},
	{
		func(c context) bool { return c.isOf("argoproj.io") && c.isBelow("manifest") },
		"a manifest of an object that the workflow creates", "convert the object, and put it back into the workflow",
	},
	{
		func(c context) bool {
			return c.isOf("tekton.dev") && (c.isBelow("podTemplate") || c.isBelow("taskPodTemplate"))
		},
		"a volume of the pods that Tekton creates for this run: the Task's steps mount it by its name", adviceTekton,
	},
	{
		func(c context) bool { return c.isOf("apps.gitlab.com") && c.isBelow("podSpec") },
		"a patch of the pods that GitLab Runner creates for jobs", adviceGitLab,
	},
	{
		func(c context) bool {
			return c.field.Name() == "hostPath" && c.field.Parent().Text("type") == "HostPath"
		},
		"a volume in the form of Jenkins' chart, which all of its agents mount", adviceJenkins,
	},
	{
		context.isOfChart,
		"a value of a chart, whose use in the chart is unknown", adviceValues,
	},
	{
		func(c context) bool {
			return c.isOf("kustomize.config.k8s.io") || c.isOf("kustomize.toolkit.fluxcd.io") && c.isBelow("patches")
		},
		"a patch, whose result is unknown", advicePatch,
	},
	{
		context.isMutated, "a rule of a policy that injects it into objects of the cluster (mutate)",
		"change the policy, and audit what runs in the cluster: objects may have it already",
	},
	{
		context.isGenerated, "a rule of a policy that makes objects with it in the cluster (generate)",
		"change the policy, and audit what runs in the cluster: it may have made them already",
	},
}

// isOfChart reports whether the field is in an object that installs a chart with values.
func (c context) isOfChart() bool {
	return c.isOf("helm.toolkit.fluxcd.io") || c.isOf("helm.cattle.io") || c.isOf("argoproj.io") && c.isBelow("helm")
}

// isOf reports whether the nearest object around the field is of an API group: the document's own, or a nested one,
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

// apiVersion returns the API version of a mapping that is an object itself, or "". Results are cached.
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

// isBelow reports whether the field, or one above it, has a name.
func (c context) isBelow(name string) bool {
	path := strings.FieldsFunc(c.path, func(r rune) bool { return r == '.' || r == '[' })
	return slices.Contains(path, name)
}
