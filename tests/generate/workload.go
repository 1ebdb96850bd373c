package generate

// workload generates an object with a pod, which usually uses the node's Docker.
func (w *world) workload() *Node {
	name := w.name("agent", "ci", "runner", "builder-0", "app")
	p := &pod{world: w, name: name}
	kinds := []func(*pod) *Node{
		(*pod).deployment, (*pod).deployment, (*pod).statefulSet, (*pod).bare, (*pod).job, (*pod).cronJob, (*pod).replicaSet,
		(*pod).replicationController, (*pod).podTemplate, (*pod).daemonSet, (*pod).custom,
	}
	return kinds[w.c.Int(len(kinds))](p)
}

func (p *pod) labels() *Node { return obj("app", p.name) }

// template generates a pod template.
func (p *pod) template() *Node {
	meta := obj("labels", p.labels())
	switch p.c.Int(6) {
	case 0:
		meta.set("annotations", raw("null"))
	case 1:
		meta.set("annotations", obj())
	case 2:
		meta.set("annotations", obj("kubectl.kubernetes.io/default-container", p.name))
	case 3:
		meta.set("annotations", obj("prometheus.io/scrape", "true", "checksum/config", p.text()))
	}
	return obj("metadata", meta, "spec", p.spec())
}

func (p *pod) object(apiVersion, kind string, spec *Node) *Node {
	return obj("apiVersion", apiVersion, "kind", kind, "metadata", p.metadata(p.name), "spec", spec)
}

func (p *pod) selected() *Node { return obj("matchLabels", p.labels()) }

func (p *pod) replicas() any {
	return pick[any](p.c, nil, 1, 1, 3)
}

func (p *pod) deployment() *Node {
	spec := obj("replicas", p.replicas(), "selector", p.selected())
	if p.c.Chance(40) {
		spec.set("strategy", obj("type", "Recreate"))
	}
	spec.set("template", p.template())
	return p.object("apps/v1", "Deployment", spec)
}

func (p *pod) statefulSet() *Node {
	spec := obj("serviceName", p.name, "replicas", p.replicas(), "selector", p.selected(), "template", p.template())
	if p.c.Chance(30) {
		spec.set("volumeClaimTemplates", seq(obj("metadata", obj("name", "data"), "spec", obj("accessModes",
			seq("ReadWriteOnce"), "resources", obj("requests", obj("storage", "1Gi"))))))
	}
	return p.object("apps/v1", "StatefulSet", spec)
}

func (p *pod) bare() *Node {
	p.isPod = true
	return p.object("v1", "Pod", p.spec())
}

func (p *pod) job() *Node {
	p.ends = true
	return p.object("batch/v1", "Job", obj("backoffLimit", 2, "template", p.template()))
}

func (p *pod) cronJob() *Node {
	p.ends = true
	return p.object("batch/v1", "CronJob", obj("schedule", pick(p.c, "0 0 * * *", "@daily", "*/5 * * * *"),
		"concurrencyPolicy", pick[any](p.c, nil, "Forbid"),
		"jobTemplate", obj("spec", obj("template", p.template()))))
}

func (p *pod) replicaSet() *Node {
	return p.object("apps/v1", "ReplicaSet", obj("replicas", p.replicas(), "selector", p.selected(), "template",
		p.template()))
}

func (p *pod) replicationController() *Node {
	return p.object("v1", "ReplicationController", obj("replicas", p.replicas(), "selector", p.labels(), "template",
		p.template()))
}

func (p *pod) podTemplate() *Node {
	return obj("apiVersion", "v1", "kind", "PodTemplate", "metadata", p.metadata(p.name), "template", p.template())
}

func (p *pod) daemonSet() *Node {
	return p.object("apps/v1", "DaemonSet", obj("selector", p.selected(), "template", p.template()))
}

// custom generates a kind for which the API server has no built-in type.
func (p *pod) custom() *Node {
	switch p.c.Int(3) {
	case 0:
		return p.object("argoproj.io/v1alpha1", "Rollout", obj("selector", p.selected(), "strategy",
			obj("canary", obj("steps", seq(obj("setWeight", 20)))), "template", p.template()))
	case 1:
		return p.object("apps.openshift.io/v1", "DeploymentConfig", obj("selector", p.labels(), "template", p.template()))
	}
	p.ends = true
	return p.object("keda.sh/v1alpha1", "ScaledJob", obj("jobTargetRef", obj("template", p.template()), "triggers",
		seq(obj("type", "cron"))))
}

// cleanup generates a job that prunes the node's Docker, in the workload's namespace or another one.
func (w *world) cleanup() *Node {
	p := &pod{world: w, name: w.name("docker-prune", "cleanup"), ends: true}
	spec := obj("restartPolicy", pick(w.c, "Never", "OnFailure"), "containers", seq(w.pruner()))
	if w.c.Chance(10) {
		spec.set("serviceAccountName", node("robot"))
	}
	if w.c.Chance(30) {
		spec.set("nodeSelector", obj("kubernetes.io/hostname", "node-1"))
	}
	spec.set("volumes", seq(obj("name", "sock", "hostPath", obj("path", "/var/run/docker.sock"))))
	template := obj("spec", spec)
	if w.c.Chance(20) {
		template = obj("metadata", obj("labels", p.labels(), "annotations", w.annotations()), "spec", spec)
	}
	job := p.object("batch/v1", "CronJob", obj("schedule", pick(w.c, "0 4 * * *", "@weekly"), "suspend", pick[any](w.c,
		nil, nil, nil, true, false),
		"successfulJobsHistoryLimit", pick[any](w.c, nil, 1, 0), "jobTemplate", obj("spec", obj("template", template))))
	if w.c.Chance(10) {
		job.get("metadata").set("namespace", node("elsewhere"))
	}
	return job
}

// pruner generates the container of such a job.
func (w *world) pruner() *Node {
	container := obj("name", "prune", "image", pick(w.c, "docker:27-cli", "docker:cli"))
	switch w.c.Int(6) {
	case 0:
		container.set("command", seq("sh", "-c", "docker image prune -af --filter until=24h"))
	case 1:
		container.set("command", seq("/bin/sh", "-c", "set -e\ndocker system prune -af --volumes\necho done\n"))
	case 2:
		container.set("args", seq("docker", "system", "prune", "-af"))
	case 3:
		container.set("command", seq("docker"))
		container.set("args", seq("image", "prune", "-f"))
	case 4:
		container.set("command", seq("sh", "-ec"))
		container.set("args", seq("docker container prune -f; docker image prune -f --filter \"until=24h\"\n"))
	default:
		container.set("command", seq("docker", "system", "prune", "-af"))
	}
	if w.c.Chance(30) {
		container.set("env", seq(obj("name", "A", "value", w.text())))
	}
	container.set("volumeMounts", seq(obj("name", "sock", "mountPath", "/var/run/docker.sock")))
	return container
}

// observer generates a workload that needs the node's containers.
func (w *world) observer() *Node {
	p := &pod{world: w, name: w.name("monitor", "datadog")}
	spec := obj("hostPID", pick[any](w.c, nil, true), "containers", seq(obj("name", "agent", "image",
		pick(w.c, "gcr.io/datadoghq/agent:7", "containrrr/watchtower"),
		"volumeMounts", seq(obj("name", "sock", "mountPath", "/var/run/docker.sock", "readOnly", true)))),
		"volumes", seq(obj("name", "sock", "hostPath", obj("path", "/var/run/docker.sock"))))
	return p.object("apps/v1", "DaemonSet", obj("selector", p.selected(), "template", obj("metadata",
		obj("labels", p.labels()), "spec", spec)))
}
