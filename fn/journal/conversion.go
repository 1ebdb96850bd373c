package journal

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
)

// ClaimPath returns the path on the node of the volume that a claim of a namespace is bound to, or "".
type ClaimPath func(namespace, claim string) string

// Conversion is an earlier conversion of an object, read from its journal and validated.
type Conversion struct {
	o         *kube.Object
	j         journal
	role      role
	claimPath ClaimPath

	pods      []string                // paths of the pod specs
	onNode    map[string][]string     // paths on the node of the volumes, present or restored, by name
	restored  map[string][]*yaml.Node // mounts that the journal restores, by the name of their volume
	converted map[string]bool         // paths of the containers that the conversion edits; see isConverted
	texts     map[string]parsed

	inDocument    func(anchor string) []*yaml.Node // the document's nodes with an anchor
	anchoredTexts map[string][]*yaml.Node          // see inTexts
	anchors       map[string]anchored              // see lookUp
}

type parsed struct {
	entry yamldoc.Entry
	err   error
}

// Read reads the journal of an object. ok is false if it has none that counts. It is an error if the journal is
// damaged, asks for more than a conversion does, or is on an object without the marks of a conversion. A journal that
// a controller copied from an object of another kind is skipped; see isForeign.
func Read(o *kube.Object, claimPath ClaimPath) (c *Conversion, ok bool) {
	if !On(o) {
		return nil, false
	}
	at := o.Root().Get("metadata", "annotations", Annotation)
	j, err := read(at.Text())
	if err == nil && j.isForeign(o) {
		at.Info(report.Because(report.JournalForeign, "is the journal of %s, which its controller copied; dindify skips "+
			"it", j.Object))
		return nil, false
	}
	if err == nil {
		c = newConversion(o, j, claimPath)
		err = c.verify()
	}
	if err != nil {
		at.Error(Damaged(err))
		return nil, false
	}
	return c, true
}

// isForeign reports whether a controller has copied the journal from an object of another kind: to an object that it
// controls, such as a ReplicaSet, or to one without the marks of a conversion, such as a TaskRun.
func (j journal) isForeign(o *kube.Object) bool {
	return !j.isOf(o) && (o.Controller().Exists() || findRole(o, &journal{Version: 1}) == none)
}

// isOf reports whether a conversion of an object of this kind wrote the journal. The name may differ: kustomize and
// Helm rename.
func (j journal) isOf(o *kube.Object) bool {
	kind, _, _ := strings.Cut(j.Object, "/")
	return kind == o.Kind()
}

func newConversion(o *kube.Object, j journal, claimPath ClaimPath) *Conversion {
	c := &Conversion{
		o: o, j: j, claimPath: claimPath, onNode: map[string][]string{}, restored: map[string][]*yaml.Node{},
		converted: map[string]bool{}, texts: map[string]parsed{},
		inDocument: o.Anchored, anchors: map[string]anchored{},
	}
	c.role = findRole(o, &c.j)
	for _, pod := range o.Pods() {
		if !pod.Known {
			continue
		}
		c.pods = append(c.pods, pod.Path())
		for _, v := range pod.Volumes() {
			c.takeVolume(v.Node())
		}
	}
	for _, e := range j.Edits {
		for _, p := range e.Put {
			_, _ = c.parse(p.Text) // the errors are those of check
		}
	}
	for text, known := range c.texts {
		if known.err == nil {
			c.resolve(&known.entry)
			c.texts[text] = known
		}
	}
	for _, known := range c.texts {
		if known.err == nil {
			c.takePut(known.entry)
		}
	}
	return c
}

func (c *Conversion) verify() error {
	if !c.j.isOf(c.o) {
		return fmt.Errorf("it is the journal of %s, and the object is a %s", c.j.Object, c.o.Kind())
	}
	if c.role == none {
		return errors.New("the object lacks the marks of a conversion: it has no daemon container with its volume " +
			DataVolume + ", and no CronJob command that runs kubectl exec in one")
	}
	return c.check()
}

// takePut records the volumes and mounts that an entry restores.
func (c *Conversion) takePut(e yamldoc.Entry) {
	takeMount := func(m *yaml.Node) {
		name := yamldoc.Text(m, "name")
		c.restored[name] = append(c.restored[name], m)
	}
	switch {
	case e.Key == nil && yamldoc.Text(e.Value, "mountPath") != "":
		takeMount(e.Value)
	case e.Key == nil:
		c.takeVolume(e.Value)
	case e.Key.Value == "volumeMounts":
		for _, m := range yamldoc.Items(e.Value) {
			takeMount(m)
		}
	case e.Key.Value == "volumes":
		for _, v := range yamldoc.Items(e.Value) {
			c.takeVolume(v)
		}
	}
}

func (c *Conversion) takeVolume(v *yaml.Node) {
	if path := c.pathOnNode(v); path != "" {
		name := yamldoc.Text(v, "name") // pods of one object may have several volumes of a name
		c.onNode[name] = append(c.onNode[name], path)
	}
}

// isConverted reports whether a conversion edits this container: the revert restores the socket in it, it mounts a
// volume of the conversion, or it is merged from another container that does.
func (c *Conversion) isConverted(path string) bool {
	if is, known := c.converted[path]; known {
		return is
	}
	container, ok := c.o.At(path)
	is := !ok || c.role == cleanup && isExec(container)
	for _, m := range container.Get("volumeMounts").Items() {
		is = is || isOwnMount(c, value{node: m.Node()}) || isSocketMount(c, value{node: m.Node()})
	}
	for _, e := range c.j.Edits {
		for i := 0; i < len(e.Put) && !is; i++ {
			entry, err := c.parse(e.Put[i].Text)
			is = err == nil && c.mountsSocket(path, e.In, entry)
		}
	}
	c.converted[path] = is
	return is
}

func isExec(container kube.Field) bool {
	_, ok := execOf(kube.Container{Field: container})
	return ok
}

// mountsSocket reports whether a restored entry mounts the socket in a container.
func (c *Conversion) mountsSocket(container, in string, e yamldoc.Entry) bool {
	switch {
	case in == container+".volumeMounts":
		return isSocketMount(c, value{node: e.Value})
	case in != container || e.Key == nil:
		return false
	case e.Key.Value == "volumeMounts":
		return slices.ContainsFunc(yamldoc.Items(e.Value), func(m *yaml.Node) bool {
			return isSocketMount(c, value{node: m})
		})
	}
	return isMerge(e)
}

func (c *Conversion) hasPrivilegedDaemon() bool {
	for _, pod := range c.o.Pods() {
		for _, container := range pod.Containers() {
			if container.Name() == c.j.Daemon && container.True("securityContext", "privileged") {
				return true
			}
		}
	}
	return false
}

// Serves returns the workload, as Kind/name, whose daemon a rewritten job cleans.
func (c *Conversion) Serves() string {
	if c.j.Version == 1 {
		return c.o.Annotation(kube.ServesAnnotation)
	}
	return c.j.Serves
}

// Daemon is the name of the daemon's container.
func (c *Conversion) Daemon() string { return c.j.Daemon }

// IsCleanup reports whether the object is a job that was rewritten to clean a daemon in another pod.
func (c *Conversion) IsCleanup() bool { return c.role == cleanup }

// Damaged returns the reason why a journal cannot be used.
func Damaged(err error) report.Reason {
	return report.Because(report.JournalDamaged,
		"the journal of the conversion cannot be used: %v; restore the annotation from version control, or remove it and "+
			"the rest of the conversion by hand", err)
}
