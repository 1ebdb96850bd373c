package kustomize

// feature is a feature of a kustomization: its lines, and files beside it.
type feature struct {
	name, lines string
	files       map[string]string
	outside     bool // only: kustomize refuses it beside the resources
}

const patchDaemon = `patches:
- patch: |-
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: agent}
    spec:
      template:
        spec:
          initContainers:
          - name: dind-daemon
            resources: {limits: {memory: 6Gi}}
          containers:
          - name: agent
            env:
            - {name: EXTRA, value: "true"}
`

// features are those of kustomize v5.8. Each is tested in the kustomization that lists the component, whose own
// transformers run after the component, and in an outer one.
var features = []feature{
	{name: "nothing"},
	{name: "namePrefix", lines: "namePrefix: dev-\n"},
	{name: "nameSuffix", lines: "nameSuffix: -v2\n"},
	{name: "namespace", lines: "namespace: team\n"},
	{name: "prefix, suffix and namespace", lines: "namePrefix: a-\nnameSuffix: -z\nnamespace: team\n"},
	{name: "labels", lines: "labels:\n- pairs: {team: a}\n"},
	{name: "labels in templates", lines: "labels:\n- pairs: {team: a}\n  includeTemplates: true\n"},
	{name: "labels in selectors", lines: "labels:\n- pairs: {team: a}\n  includeSelectors: true\n"},
	{name: "labels at a path", lines: "labels:\n- pairs: {team: a}\n  fields:\n  - {path: " +
		"spec/template/metadata/labels, kind: Deployment, create: true}\n"},
	{name: "commonLabels", lines: "commonLabels: {team: a}\n"},
	{name: "commonAnnotations", lines: "commonAnnotations: {owner: 'a: b', long: \"yes\"}\n"},
	{name: "images by tag", lines: "images:\n- {name: docker, newTag: 28.5.1-dind}\n"},
	{name: "images by name", lines: "images:\n- {name: buildkite/agent, newName: mirror.example.com/agent, " +
		"newTag: '4'}\n"},
	{name: "images by digest", lines: "images:\n- {name: registry.k8s.io/kubectl, digest: " +
		"'sha256:0000000000000000000000000000000000000000000000000000000000000001'}\n"},
	{name: "replicas", lines: "replicas:\n- {name: agent, count: 3}\n"},
	{name: "patch of the daemon", lines: patchDaemon},
	{name: "JSON patch", lines: "patches:\n- target: {kind: Deployment}\n  patch: |-\n    - {op: add, path: " +
		"/spec/template/spec/nodeSelector, value: {disk: fast}}\n"},
	{
		name: "JSON patch in a file", lines: "patches:\n- target: {kind: CronJob, name: .*prune}\n  path: patch.json\n",
		files: map[string]string{"patch.json": `[{"op": "replace", "path": "/spec/schedule", "value": "0 5 * * *"}]`},
	},
	{name: "patch by label", lines: "patches:\n- target: {labelSelector: app=agent}\n  patch: |-\n    kind: any\n    " +
		"metadata: {name: any, annotations: {patched: 'true'}}\n"},
	{name: "patch that deletes", lines: "patches:\n- patch: |-\n    $patch: delete\n    apiVersion: v1\n    kind: " +
		"Service\n    metadata: {name: agent}\n"},
	{name: "patch that renames", lines: "patches:\n- target: {kind: ConfigMap, name: settings}\n  options: " +
		"{allowNameChange: true}\n  patch: |-\n    - {op: replace, path: /metadata/name, value: renamed}\n"},
	{
		name: "patchesStrategicMerge", lines: "patchesStrategicMerge:\n- patch.yaml\n",
		files: map[string]string{"patch.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: agent}\nspec: " +
			"{minReadySeconds: 5}\n"},
	},
	{name: "patchesJson6902", lines: "patchesJson6902:\n- target: {version: v1, kind: Service, name: agent}\n  patch: " +
		"|-\n    - {op: add, path: /spec/type, value: NodePort}\n"},
	{name: "configMapGenerator", lines: "configMapGenerator:\n- name: made\n  literals: [a=b, 'c=1']\n"},
	{name: "configMapGenerator that merges", outside: true, lines: "configMapGenerator:\n- name: settings\n  behavior: " +
		"merge\n  literals: [level=debug]\n"},
	{
		name: "configMapGenerator from files", lines: "configMapGenerator:\n- name: made\n  files: [agent.cfg]\n  envs: " +
			"[agent.env]\n",
		files: map[string]string{"agent.cfg": "tags=\"queue=default\"\n", "agent.env": "A=1\nB=two\n"},
	},
	{name: "secretGenerator", lines: "secretGenerator:\n- name: token\n  literals: [token=x]\n  options: " +
		"{disableNameSuffixHash: true}\n"},
	{name: "generatorOptions", lines: "generatorOptions: {disableNameSuffixHash: true, labels: {made: " +
		"'yes'}}\nconfigMapGenerator:\n- name: made\n  literals: [a=b]\n"},
	{name: "replacements", lines: "replacements:\n- source: {kind: ConfigMap, name: settings, fieldPath: data.queue}\n  " +
		"targets:\n  - select: {kind: Deployment}\n    fieldPaths: " +
		"['spec.template.spec.containers.[name=agent].env.[name=QUEUE].value']\n"},
	{
		name: "replacements of the daemon's image", lines: "resources: [versions.yaml]\nreplacements:\n- source: {kind: " +
			"ConfigMap, name: versions, fieldPath: data.dind}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: " +
			"['spec.template.spec.initContainers.[name=dind-daemon].image']\n    options: {delimiter: ':', index: 1}\n",
		files: map[string]string{"versions.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: versions, " +
			"annotations: {config.kubernetes.io/local-config: 'true'}}\ndata: {dind: 28.5.1-dind}\n"},
	},
	{name: "vars", lines: "vars:\n- name: AGENT\n  objref: {apiVersion: v1, kind: Service, name: agent}\n  fieldref: " +
		"{fieldpath: metadata.name}\n"},
	{
		name: "configurations", lines: "configurations: [names.yaml]\n",
		files: map[string]string{"names.yaml": "nameReference:\n- kind: ConfigMap\n  fieldSpecs:\n  - {kind: Deployment, " +
			"path: metadata/annotations/settings}\n"},
	},
	{
		name: "crds", lines: "crds: [crd.json]\n",
		files: map[string]string{"crd.json": `{"github.com/example/pkg/apis/v1.Thing":{"Schema":{"description":"A thing.","properties":{"apiVersion":{"type":"string"},"kind":{"type":"string"},"metadata":{"$ref":"k8s.io/apimachinery/pkg/apis/meta/v1.ObjectMeta"},"spec":{"type":"object"}}},"Dependencies":[]}}`},
	},
	{name: "openapi", lines: "openapi: {version: v1.21.2}\n"},
	{
		name: "openapi of its own", lines: "openapi: {path: schema.json}\n" + patchDaemon,
		files: map[string]string{"schema.json": `{"definitions": {"io.k8s.api.apps.v1.Deployment": {"type": "object",
 "x-kubernetes-group-version-kind": [{"group": "apps", "kind": "Deployment", "version": "v1"}],
 "properties": {"spec": {"type": "object", "properties": {"template": {"type": "object", "properties": {"spec": {
 "type": "object", "properties": {
  "initContainers": {"type": "array", "items": {"type": "object"},
   "x-kubernetes-patch-merge-key": "name", "x-kubernetes-patch-strategy": "merge"},
  "containers": {"type": "array", "items": {"type": "object"},
   "x-kubernetes-patch-merge-key": "name", "x-kubernetes-patch-strategy": "merge"}}}}}}}}}}}`},
	},
	{name: "many at once", lines: "nameSuffix: -v2\nnamespace: team\nlabels:\n- pairs: {team: a}\n  includeTemplates: " +
		"true\nbuildMetadata: [originAnnotations, transformerAnnotations, managedByLabel]\nsortOptions: {order: fifo}\n"},
	{name: "sortOptions fifo", lines: "sortOptions: {order: fifo}\n"},
	{name: "sortOptions legacy", lines: "sortOptions: {order: legacy}\n"},
	{name: "sortOptions of kinds", lines: "sortOptions:\n  order: legacy\n  legacySortOptions:\n    orderFirst: " +
		"[Deployment, CronJob]\n    orderLast: [Service]\n"},
	{name: "originAnnotations", lines: "buildMetadata: [originAnnotations]\n"},
	{name: "transformerAnnotations", lines: "buildMetadata: [transformerAnnotations]\n"},
	{name: "managedByLabel", lines: "buildMetadata: [managedByLabel]\n"},
	{name: "all buildMetadata", lines: "buildMetadata: [originAnnotations, transformerAnnotations, " +
		"managedByLabel]\nnamePrefix: x-\n"},
	{name: "builtin transformer here", lines: "transformers:\n- |-\n  apiVersion: builtin\n  kind: " +
		"AnnotationsTransformer\n  metadata: {name: notes}\n  annotations: {note: here}\n  fieldSpecs:\n  - {path: " +
		"metadata/annotations, create: true}\n"},
	{
		name: "builtin transformer in a file", lines: "transformers: [notes.yaml]\n",
		files: map[string]string{"notes.yaml": "apiVersion: builtin\nkind: PrefixTransformer\nmetadata: {name: p}\nprefix: " +
			"file-\nfieldSpecs:\n- {path: metadata/name}\n"},
	},
	{
		name: "builtin transformer in a folder", lines: "transformers: [notes]\n",
		files: map[string]string{
			"notes/kustomization.yaml": "resources: [notes.yaml]\nnamePrefix: of-\n",
			"notes/notes.yaml": "apiVersion: builtin\nkind: LabelTransformer\nmetadata: {name: l}\nlabels: {from: " +
				"folder}\nfieldSpecs:\n- {path: metadata/labels, create: true}\n",
		},
	},
	{name: "builtin generator", lines: "generators:\n- |-\n  apiVersion: builtin\n  kind: ConfigMapGenerator\n  " +
		"metadata: {name: made}\n  literals: [a=b]\n"},
	{
		name: "dindify once more", lines: "transformers: [again.yaml]\n",
		files: map[string]string{"again.yaml": "apiVersion: dindify.dev/v1alpha1\nkind: DinD\nmetadata: {name: again, " +
			"annotations: {config.kubernetes.io/function: 'exec: {path: dindify}'}}\nspec: {client: {transport: TCP}}\n"},
	},
	{
		name: "dindify as a ConfigMap", lines: "transformers: [again.yaml]\n",
		files: map[string]string{"again.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: again, annotations: " +
			"{config.kubernetes.io/function: 'exec: {path: dindify}'}}\ndata: {mode: DooD}\n"},
	},
	{name: "more resources", lines: "resources: [more.yaml, list.json]\n", files: map[string]string{
		"more.yaml": "# a comment\napiVersion: v1\nkind: Namespace\nmetadata: {name: team}\n---\napiVersion: " +
			"apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.example.com}\nspec: {group: " +
			"example.com}\n",
		"list.json": `{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "in-a-list"}, "data": {"x": "1"}}]}`,
	}},
}
