package journal

import (
	"net/netip"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/yamldoc"
)

// value is an entry that a journal wants to drop or restore.
type value struct {
	name string
	in   string // path of its parent, from the object's root
	node *yaml.Node
}

func (v value) text() string { return yamldoc.Text(v.node) }

// check reports whether a conversion writes, or removes, such a value.
type check func(*Conversion, value) bool

var (
	name        = pattern.Lazy(`^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$`)
	envName     = pattern.Lazy(`^[-._a-zA-Z][-._a-zA-Z0-9]*$`)
	image       = pattern.Lazy(`^[^\s\pC]{1,1000}$`)
	schedule    = pattern.Lazy(`^\s*(@[a-z]+(\s+\S+)?|(\S+\s+){4}\S+)\s*$`)
	prune       = pattern.Lazy(`\b(docker|podman|nerdctl)\b`)
	quantityKey = pattern.Lazy(`^[-a-zA-Z0-9./_]+$`)
)

func anything(*Conversion, value) bool { return true }

// isText matches one of several scalars.
func isText(texts ...string) check {
	return func(_ *Conversion, v value) bool { return slices.Contains(texts, v.text()) }
}

// each matches a list whose elements all match.
func each(one check) check {
	return func(c *Conversion, v value) bool {
		if v.node == nil || yamldoc.Target(v.node).Kind != yaml.SequenceNode {
			return false
		}
		return !slices.ContainsFunc(yamldoc.Items(v.node), func(e *yaml.Node) bool { return !one(c, value{"", v.in, e}) })
	}
}

// only matches a mapping that has only this key.
func only(key string) check {
	return func(_ *Conversion, v value) bool { return hasOnly(v.node, key) }
}

func hasOnly(n *yaml.Node, keys ...string) bool {
	n = yamldoc.Target(n)
	if n == nil || n.Kind != yaml.MappingNode {
		return false
	}
	for key, v := range yamldoc.Entries(n) {
		if !slices.Contains(keys, key) && !yamldoc.IsNull(v) { // old dumps name every kind of volume
			return false
		}
	}
	return true
}

func isScalar(_ *Conversion, v value) bool {
	n := yamldoc.Target(v.node)
	return n != nil && n.Kind == yaml.ScalarNode
}

func isMapping(_ *Conversion, v value) bool {
	n := yamldoc.Target(v.node)
	return n != nil && n.Kind == yaml.MappingNode
}

func isName(_ *Conversion, v value) bool { return isValidName(v.text()) }

// isValidName reports whether a text may be the name of an object. With the greatest length in it, the expression
// would be compiled to 251 copies of its middle.
func isValidName(text string) bool { return len(text) <= 253 && name().MatchString(text) }

func isImage(_ *Conversion, v value) bool { return image().MatchString(v.text()) }

// isSeconds is true of a whole number that is not negative, in any spelling of YAML 1.1.
func isSeconds(_ *Conversion, v value) bool {
	n, ok := yamldoc.Int(yamldoc.Target(v.node))
	return ok && n >= 0
}

func isTrue(_ *Conversion, v value) bool  { return yamldoc.IsTrue(yamldoc.Target(v.node)) }
func isFalse(_ *Conversion, v value) bool { return yamldoc.IsFalse(yamldoc.Target(v.node)) }

func isSchedule(_ *Conversion, v value) bool { return schedule().MatchString(v.text()) }

// isResources matches the resources of a container: spec.client.resources replaces them.
func isResources(_ *Conversion, v value) bool {
	if !hasOnly(v.node, "claims", "limits", "requests") {
		return false
	}
	for _, list := range []string{"limits", "requests"} {
		if n := yamldoc.Get(v.node, list); n != nil && n.Kind != yaml.MappingNode {
			return false
		}
		for key, quantity := range yamldoc.Entries(yamldoc.Get(v.node, list)) {
			if !quantityKey().MatchString(key) || yamldoc.Text(quantity) == "" {
				return false
			}
		}
	}
	return true
}

// isPodResource matches a resource that may be set for a whole pod: a conversion raises it by what the daemon needs.
func isPodResource(_ *Conversion, v value) bool {
	return (v.name == "cpu" || v.name == "memory" || strings.HasPrefix(v.name, "hugepages-")) && v.text() != ""
}

// isSubnet matches a network in CIDR notation.
func isSubnet(_ *Conversion, v value) bool {
	_, err := netip.ParsePrefix(v.text())
	return err == nil
}

// isEnvVar matches an environment variable: spec.client.env and unsetEnv may name any.
func isEnvVar(_ *Conversion, v value) bool {
	return hasOnly(v.node, "name", "value", "valueFrom") && envName().MatchString(yamldoc.Text(v.node, "name"))
}

// isHostAlias matches an entry of /etc/hosts that resolves to the pod itself.
func isHostAlias(c *Conversion, v value) bool {
	return hasOnly(v.node, "ip", "hostnames") && each(isName)(c, value{"", v.in, yamldoc.Get(v.node, "hostnames")})
}

// isRuntimeClass matches a runtime class that fits the daemon. A conversion adds the usual class of a sandbox without
// privileged containers only for a daemon that is not privileged, and keeps one that the pod requested itself.
func isRuntimeClass(c *Conversion, v value) bool {
	sandbox := kube.SandboxOf(v.text())
	if sandbox.Class == v.text() && sandbox.Runtime != kube.Kata && c.hasPrivilegedDaemon() {
		return false
	}
	return isValidName(v.text())
}

// isPinnedAffinity matches an affinity that differs from the current one only by terms on the host name.
func isPinnedAffinity(c *Conversion, v value) bool {
	pod, _ := c.o.At(v.in)
	return yamldoc.Equal(kube.WithoutHostname(v.node), pod.Get("affinity").Node())
}

// isContainerName matches the name of one of the object's containers.
func isContainerName(c *Conversion, v value) bool {
	return slices.ContainsFunc(c.o.Pods(), func(pod kube.Pod) bool { return pod.Container(v.text()).Exists() })
}

// isOwnContainer matches the daemon container, and the pruner beside it.
func isOwnContainer(c *Conversion, v value) bool {
	return v.name == c.j.Daemon || v.name == PrunerContainer
}

// isOwnVolume matches a volume that a conversion adds: one with a reserved name, or one of spec.daemon.volumes, which
// only the daemon mounts.
func isOwnVolume(c *Conversion, v value) bool {
	if IsOwnVolume(v.name) {
		return true
	}
	mounted := false
	for _, pod := range c.o.Pods() {
		for _, container := range pod.Containers() {
			if !slices.ContainsFunc(container.Mounts(), func(m kube.Field) bool { return m.Text("name") == v.name }) {
				continue
			}
			if mounted = true; container.Name() != c.j.Daemon {
				return false
			}
		}
	}
	return mounted
}

func isOwnMount(_ *Conversion, v value) bool {
	return IsOwnVolume(yamldoc.Text(v.node, "name"))
}

// isPrune matches a part of the command line that a conversion removes from a job: the command that runs in the
// daemon now, or one of Docker's own prune commands if spec.cleanup.command replaced it.
func isPrune(c *Conversion, v value) bool {
	words := wordsOf(v.node)
	container, _ := c.o.At(v.in)
	exec, _ := execOf(kube.Container{Field: container})
	now := exec.Command
	isPart := len(words) <= len(now) && (slices.Equal(words, now[:len(words)]) || slices.Equal(words,
		now[len(now)-len(words):]))
	return isPart || prune().MatchString(strings.Join(append(words, c.lineOf(v.in)...), " "))
}

// lineOf returns what the journal restores of a container's command line, with its image first: the arguments may be
// those of docker.
func (c *Conversion) lineOf(container string) (words []string) {
	for _, e := range c.j.Edits {
		for _, p := range e.Put {
			entry, err := c.parse(p.Text)
			if err == nil && e.In == container && entry.Key != nil && slices.Contains([]string{"args", "command", "image"},
				entry.Key.Value) {
				words = append(words, wordsOf(entry.Value)...)
			}
		}
	}
	return words
}

func wordsOf(n *yaml.Node) (words []string) {
	if text := yamldoc.Text(n); text != "" {
		return []string{text}
	}
	for _, word := range yamldoc.Items(n) {
		words = append(words, yamldoc.Text(word))
	}
	return words
}
