package audit

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/socket"
)

// value is the role of a path that is the whole value of a field in a chart's values, or in a custom resource: its
// reader may mount it.
const value socket.Role = "value"

// role returns the role that the fields around a mention imply, if its line alone does not tell.
func (c context) role() socket.Role {
	switch {
	case c.found && c.m.Role == socket.HostPath && c.inKnownPod() && c.isOfContainer() && !namesHostPath(c.field.Text()):
		return socket.Plain // in JSON of one line, the key before it is that of another field
	case c.found && c.isMount():
		return socket.MountPath
	case c.m.Role == socket.Plain && c.isValueInText():
		return value
	case !c.found || c.m.OnNode() || c.inText():
		return c.m.Role
	case c.m.Role == socket.Plain && c.isHostVolume():
		return socket.HostPath
	case c.kind() == "PersistentVolume" && c.path == "spec.local.path":
		return socket.HostPath
	case c.m.Role == socket.Plain && c.isValue():
		return value
	}
	return c.m.Role
}

// isHostVolume reports whether the field is the path of a volume of the node, as KubeVela (type: hostPath) and Drone
// (docs.drone.io/pipeline/docker/syntax/volumes/host) write it.
func (c context) isHostVolume() bool {
	if c.field.Name() != "path" {
		return false
	}
	parent := c.field.Parent()
	return strings.EqualFold(parent.Text("type"), "hostPath") || c.kind() == "pipeline" && parent.Name() == "host"
}

// isMount reports whether the field is where a step of Drone or a chart on bjw-s' common library
// (bjw-s-labs.github.io/helm-charts/docs/common-library/storage) mounts a volume.
func (c context) isMount() bool {
	if c.field.Name() != "path" {
		return false
	}
	return c.kind() == "pipeline" && c.isBelow("steps") && c.field.Parent().Name() != "host" ||
		c.isBelow("globalMounts") || c.isBelow("advancedMounts")
}

// ofHost matches the name of a setting of the node.
var ofHost = pattern.Lazy(`^[hH]ost[A-Z_]|[a-z]Host[A-Z]|_host_`)

var envName = pattern.Lazy(`^[A-Z_][A-Z0-9_]*$`)

// ofContainers lists fields whose texts are for a program in a container.
var ofContainers = []string{
	"args", "command", "cmd", "entrypoint", "env", "environment", "extraArgs", "script",
	"variables",
}

// isValue reports whether the mention is a whole value that a chart or a controller may mount.
func (c context) isValue() bool { return c.isCustom() && !c.inKnownPod() && c.isWhole() }

// isValueInText reports whether the mention is such a value in a text with the values of a chart.
func (c context) isValueInText() bool {
	if !c.found || c.encoded || !c.isOfChart() && !c.isValuesFile() {
		return false
	}
	if c.field, c.found = c.fieldInText(); !c.found {
		return false
	}
	return c.isWhole()
}

// isValuesFile reports whether the field is a chart's values file in a ConfigMap or a Secret, which Flux
// (spec.valuesFrom) and Helm's controllers read under this name unless they are told another one.
func (c context) isValuesFile() bool {
	return slices.Contains([]string{"ConfigMap", "Secret"}, c.kind()) && c.object.Group() == "" &&
		(strings.HasSuffix(c.field.Name(), "values.yaml") || strings.HasSuffix(c.field.Name(), "values.yml"))
}

// isWhole reports whether the mention is a whole value that may be mounted. Arguments of containers are not, and
// variables only if a line of the document mounts them.
func (c context) isWhole() bool {
	name := c.field.Name()
	if name == "value" {
		name = c.field.Parent().Text("name")
	}
	// A folder such as /run may be one in a container.
	if c.field.Text() != c.m.Path || !c.m.IsSocket() && !ofHost().MatchString(name) || c.m.IsRelative() {
		return false
	}
	if envName().MatchString(name) {
		return c.variables.mountOf(name) > 0
	}
	return !c.isOfContainer()
}

// isOfContainer reports whether the text is for a program in a container.
func (c context) isOfContainer() bool {
	for at := c.field; at.Parent() != nil && !at.Is(*at.Parent()); at = *at.Parent() {
		if slices.Contains(ofContainers, at.Name()) {
			return true
		}
	}
	return false
}

// namesHostPath reports whether a text makes a path of the node a volume, such as kubectl run --overrides.
func namesHostPath(text string) bool {
	return slices.ContainsFunc(socket.Scan(text), func(m socket.Mention) bool { return m.Role == socket.HostPath })
}

// isCustom reports whether the object is of a kind that Kubernetes does not have, or of none.
func (c context) isCustom() bool {
	group := c.object.Group()
	return c.kind() == "" || strings.Contains(group, ".") && !strings.HasSuffix(group, ".k8s.io") &&
		group != "apps.openshift.io"
}

func (c context) inKnownPod() bool {
	return len(c.facts.pods.around(c.path)) > 0
}
