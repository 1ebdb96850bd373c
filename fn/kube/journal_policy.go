package kube

import (
	"fmt"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/socket"
	"github.com/boxp/dindify/fn/yamldoc"
)

// Volumes that a conversion adds to a pod. Their names are dindify's own: a pod that has another volume of such a name
// is refused, and only they are removed when a journal says so.
const (
	SocketVolume = "dind-socket"
	DataVolume   = "dind-data"
	CertsVolume  = "dind-certs"
	ConfigVolume = "dind-config"
)

// Annotations of a pod that a conversion adds where a service mesh takes it in.
const (
	// IstioInterfaces replaces traffic.sidecar.istio.io/kubevirtInterfaces since Istio 1.24 (istio.io, Resource Annotations).
	IstioInterfaces = "istio.io/reroute-virtual-interfaces"
	// LinkerdSubnets are skipped by the rules of Linkerd's proxy (linkerd.io, Proxy Configuration).
	LinkerdSubnets = "config.linkerd.io/skip-subnets"
)

// PrunerContainer is the name of the container that prunes the daemon beside it.
const PrunerContainer = "dind-cleanup"

// TargetContainer is the name of the container that waits until there is something to clean, in a clean-up's job.
const TargetContainer = "wait-for-target"

// OwnVolumes are the names of the volumes that a conversion adds.
var OwnVolumes = []string{SocketVolume, DataVolume, CertsVolume, ConfigVolume}

// A rule says which entries of a list or mapping a conversion adds, and which it removes or replaces; nil is none.
type rule struct {
	drop, put func(t trust, key string, v *yaml.Node) bool
}

// trust is what the rules look at: the journal's object, and the journal.
type trust struct {
	o *Object
	j journal
}

// rules are the places that dindify edits, with pod standing for the pod spec and template for what holds it. A journal
// that names any other place was not written by dindify.
var rules = map[string]rule{
	"metadata":                               {},
	"metadata.annotations":                   {drop: keys(Serves, IstioInterfaces, LinkerdSubnets)},
	"spec":                                   {drop: cronJob("suspend"), put: cronJob("schedule", "suspend")},
	"template.metadata":                      {},
	"template.metadata.annotations":          {drop: keys("kubectl.kubernetes.io/default-container", IstioInterfaces, LinkerdSubnets)},
	"pod":                                    {drop: podKeys, put: podKeys},
	"pod.hostAliases":                        {drop: anything},
	"pod.hostAliases[].hostnames":            {drop: anything},
	"pod.nodeSelector":                       {put: keys("kubernetes.io/hostname")},
	"pod.resources.requests":                 {put: podResource},
	"pod.resources.limits":                   {put: podResource},
	"pod.securityContext":                    {drop: keys("supplementalGroups", "fsGroup", "fsGroupChangePolicy"), put: keys("supplementalGroups")},
	"pod.securityContext.supplementalGroups": {drop: anything},
	"pod.volumes":                            {drop: ownVolume, put: socketVolume},
	"pod.initContainers":                     {drop: daemonContainer},
	"pod.containers":                         {drop: daemonContainer},
	"container":                              {drop: containerKeys, put: containerKeys},
	"container.handler":                      {put: loopbackHost},
	"container.env":                          {drop: anything, put: anything},
	"container.env[]":                        {drop: keys("value"), put: keys("value", "valueFrom")},
	"container.volumeMounts":                 {drop: ownMount, put: socketMount},
}

var (
	selector      = pattern.Lazy(`\[[^\]]*\]`)
	anyHandler    = pattern.Lazy(`^container\.(\w+Probe|lifecycle\.\w+)\.(httpGet|tcpSocket)$`)
	anyContainers = pattern.Lazy(`^pod\.(initContainers|containers|ephemeralContainers)\[\]`)
)

// check refuses a journal that asks for what no conversion does.
func (j journal) check(o *Object) error {
	t := trust{o, j}
	for _, e := range j.Edits {
		r, ok := rules[t.place(e.In)]
		if !ok {
			return fmt.Errorf("it names %q, which dindify never edits", e.In)
		}
		if err := t.edit(r, e); err != nil {
			return err
		}
	}
	return nil
}

func (t trust) edit(r rule, e edit) error {
	at, _ := t.o.At(e.In)
	for key := range e.Drop {
		v, there := (*yaml.Node)(nil), false
		if at.node != nil && at.node.Kind != yaml.ScalarNode {
			v, there = at.entry(key)
		}
		if there && (r.drop == nil || !r.drop(t, key, v)) && !t.mergesBack(e, key, v) {
			return fmt.Errorf("it would remove %q from %s, which dindify never adds", key, e.In)
		}
	}
	if e.Was != "" {
		_, key := parentOf(e.In)
		if entry, err := t.parse(e.Was); err != nil || entry.Key == nil || entry.Key.Value != key || !yamldoc.IsNull(entry.Value) {
			return fmt.Errorf("it would put %q in the place of %s, and not what stood there without a value", e.Was, e.In)
		}
	}
	for _, p := range e.Put {
		entry, err := t.parse(p.Text)
		if err != nil {
			return fmt.Errorf("%s: %w: %q", e.In, err, p.Text)
		}
		if mergesOnly(entry, at.node) {
			continue
		}
		if key := entryKey(listKeys[e.In[strings.LastIndexByte(e.In, '.')+1:]], entry); r.put == nil || !r.put(t, key, entry.Value) {
			return fmt.Errorf("it would put %q into %s, which dindify never removes", key, e.In)
		}
	}
	return nil
}

// parse reads the text of an entry. What is an alias in it stands for the anchor of the object's document.
func (t trust) parse(text string) (yamldoc.Entry, error) {
	e, err := yamldoc.ParseEntry(yaml.SequenceNode, text)
	if err != nil {
		e, err = yamldoc.ParseEntry(yaml.MappingNode, text)
	}
	if err == nil && e.Value.Kind == yaml.AliasNode {
		if n := yamldoc.Anchor(t.o.item.doc.Root(), e.Value.Value); n != nil {
			e.Value = n
		}
	}
	return e, err
}

// mergesBack is true of an entry that a merge key brings back with the same value: the conversion wrote it out only to
// edit another one beside it.
func (t trust) mergesBack(e edit, key string, v *yaml.Node) bool {
	for _, p := range e.Put {
		entry, err := t.parse(p.Text)
		if err == nil && entry.Key != nil && entry.Key.Value == "<<" && yamldoc.Equal(yamldoc.Get(entry.Value, key), yamldoc.Get(v)) {
			return true
		}
	}
	return false
}

// mergesOnly is true of a merge key that brings in nothing but what the edit drops, or what is there.
func mergesOnly(entry yamldoc.Entry, m *yaml.Node) bool {
	if entry.Key == nil || entry.Key.Value != "<<" {
		return false
	}
	return !slices.ContainsFunc(yamldoc.Keys(entry.Value), func(key string) bool { return yamldoc.Get(m, key) == nil })
}

// place is a path as the rules name it.
func (t trust) place(path string) string {
	for _, pod := range t.o.Pods() {
		if !pod.Known {
			continue
		}
		at := pod.Path()
		template := strings.TrimSuffix(at, ".spec")
		switch {
		case path == at || strings.HasPrefix(path, at+"."):
			path = "pod" + strings.TrimPrefix(path, at)
		case template != at && strings.HasPrefix(path, template+"."):
			path = "template" + strings.TrimPrefix(path, template)
		default:
			continue
		}
		break
	}
	path = anyContainers().ReplaceAllString(selector().ReplaceAllString(path, "[]"), "container")
	return anyHandler().ReplaceAllString(path, "container.handler") // of a probe or hook
}

// loopbackHost is true of the host that a probe or hook had on the node's network.
func loopbackHost(_ trust, key string, v *yaml.Node) bool {
	return key == "host" && slices.Contains(LoopbackHosts, yamldoc.Text(v))
}

// LoopbackHosts are the names of a loopback that a probe may dial.
var LoopbackHosts = []string{"localhost", "127.0.0.1", "::1"}

func anything(trust, string, *yaml.Node) bool { return true }

func keys(names ...string) func(trust, string, *yaml.Node) bool {
	return func(_ trust, key string, _ *yaml.Node) bool { return slices.Contains(names, key) }
}

func cronJob(names ...string) func(trust, string, *yaml.Node) bool {
	return func(t trust, key string, _ *yaml.Node) bool {
		return t.o.Kind() == "CronJob" && slices.Contains(names, key)
	}
}

func podKeys(t trust, key string, v *yaml.Node) bool {
	switch key {
	case "volumes": // the whole list goes where the socket was all there was
		return !slices.ContainsFunc(yamldoc.Items(v), func(e *yaml.Node) bool { return !socketVolume(t, "", e) })
	case "hostNetwork", "dnsPolicy", "hostAliases", "nodeSelector", "affinity", "runtimeClassName", "hostUsers",
		"terminationGracePeriodSeconds", "serviceAccountName":
		return true
	}
	return false
}

func containerKeys(t trust, key string, v *yaml.Node) bool {
	switch key {
	case "volumeMounts":
		return !slices.ContainsFunc(yamldoc.Items(v), func(e *yaml.Node) bool { return !socketMount(t, "", e) })
	case "env", "resources":
		return true
	case "image", "command", "args":
		return t.o.Kind() == "CronJob" // the clean-up
	}
	return false
}

// podResource is true of the resources that a pod itself may name.
func podResource(_ trust, key string, _ *yaml.Node) bool {
	return key == "cpu" || key == "memory" || strings.HasPrefix(key, "hugepages-")
}

// ownVolume is true of dindify's volumes, and of those that nobody mounts but the containers that go with them: the
// configuration may name some for the daemon.
func ownVolume(t trust, key string, _ *yaml.Node) bool {
	return slices.Contains(OwnVolumes, key) || t.onlyForDropped(key)
}

func (t trust) onlyForDropped(volume string) bool {
	dropped := map[string]bool{}
	for _, e := range t.j.Edits {
		if place := t.place(e.In); place == "pod.initContainers" || place == "pod.containers" {
			for name := range e.Drop {
				dropped[name] = true
			}
		}
	}
	mounted := false
	for _, pod := range t.o.Pods() {
		for _, c := range pod.Containers() {
			if !slices.ContainsFunc(c.Mounts(), func(m Field) bool { return m.Text("name") == volume }) {
				continue
			}
			if mounted = true; !dropped[c.Name()] {
				return false
			}
		}
	}
	return mounted
}

func ownMount(_ trust, _ string, v *yaml.Node) bool {
	return slices.Contains(OwnVolumes, yamldoc.Text(v, "name"))
}

// daemonContainer is true of containers that mount a volume of dindify's, and of those of the clean-up, which may mount none.
func daemonContainer(t trust, name string, v *yaml.Node) bool {
	return name == PrunerContainer || name == TargetContainer || slices.ContainsFunc(yamldoc.Items(v, "volumeMounts"), func(m *yaml.Node) bool { return ownMount(t, "", m) })
}

func socketVolume(_ trust, _ string, v *yaml.Node) bool {
	if yamldoc.Text(v, "persistentVolumeClaim", "claimName") != "" {
		return true
	}
	use, ok := socket.Find(yamldoc.Text(v, "hostPath", "path"))
	return ok && use.Runtime == socket.Docker
}

// socketMount is true of mounts of a volume that the journal puts back, or of the socket's volume that is there.
func socketMount(t trust, _ string, v *yaml.Node) bool {
	name := yamldoc.Text(v, "name")
	for _, pod := range t.o.Pods() {
		for _, vol := range pod.Volumes() {
			if vol.Text("name") == name && socketVolume(t, "", vol.node) {
				return true
			}
		}
	}
	for _, e := range t.j.Edits {
		for _, p := range e.Put {
			if entry, err := t.parse(p.Text); err == nil && putsVolume(t, entry, name) {
				return true
			}
		}
	}
	return false
}

func putsVolume(t trust, e yamldoc.Entry, name string) bool {
	if e.Key != nil && e.Key.Value == "volumes" {
		return slices.ContainsFunc(yamldoc.Items(e.Value), func(v *yaml.Node) bool {
			return yamldoc.Text(v, "name") == name && socketVolume(t, "", v)
		})
	}
	return e.Key == nil && yamldoc.Text(e.Value, "name") == name && socketVolume(t, "", e.Value)
}
