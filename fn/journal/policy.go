package journal

import (
	"fmt"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/yamldoc"
)

// A row says which entries of one place a conversion adds, which a revert therefore drops, and which it removes or
// replaces, which a revert puts back; each by its name, or every for all, with the values that it may have.
//
// A pass that edits a new place, or writes a new value, needs a row: without one its conversion is refused, and names
// the place. To add one, find the place (a journal's "in", with pod for the path of the pod spec, template for what
// holds it, container for a container and [] for an element of a list), name the entry, and give the narrowest check
// of values.go that holds for every configuration. Then add the entry, allowed and refused, to policy_test.go.
type row struct {
	place string
	of    []role
	drop  entries
	put   entries
}

type entries map[string]check

// every is the name of any entry.
const every = "*"

var both, onlyClient, onlyCleanup = []role{client, cleanup}, []role{client}, []role{cleanup}

// policy are the places that conversions edit, sorted.
var policy = []row{
	{place: "container", of: onlyClient, drop: entries{"resources": isResources}, put: entries{"resources": isResources}},
	{place: "container", of: both, put: entries{"env": each(isEnvVar), "volumeMounts": each(isSocketMount)}},
	{
		place: "container", of: onlyCleanup,
		drop: entries{"command": anything}, // with image and args it goes back to a command that prunes: see isPrune
		put:  entries{"args": isPrune, "command": isPrune, "image": isImage},
	},
	{place: "container.env", of: both, drop: entries{every: isEnvVar}, put: entries{every: isEnvVar}},
	{place: "container.env[]", of: both, drop: entries{"value": isScalar}, put: entries{"value": isScalar, "valueFrom": isMapping}},
	{place: "container.volumeMounts", of: both, drop: entries{every: isOwnMount}, put: entries{every: isSocketMount}},
	{place: "handler", of: onlyClient, put: entries{"host": isText(LoopbackHosts...)}},
	{place: "metadata", of: both},
	{place: "metadata.annotations", of: both, drop: entries{kube.Serves: isScalar}},
	{place: "metadata.annotations", of: onlyClient, drop: entries{IstioInterfaces: isText("docker0"), LinkerdSubnets: isSubnet}},
	{
		place: "pod", of: onlyClient,
		drop: entries{
			"hostUsers":                     isText("false"),
			"runtimeClassName":              isRuntimeClass,
			"terminationGracePeriodSeconds": isSeconds,
		},
		put: entries{
			"dnsPolicy":                     isText("ClusterFirstWithHostNet"),
			"hostNetwork":                   isText("true"),
			"terminationGracePeriodSeconds": isSeconds,
		},
	},
	{
		place: "pod", of: both,
		put: entries{"affinity": isPinnedAffinity, "nodeSelector": only(kube.Hostname), "volumes": each(isSocketVolume)},
	},
	{place: "pod", of: onlyCleanup, drop: entries{"serviceAccountName": isName}, put: entries{"serviceAccountName": isName}},
	{place: "pod.containers", of: onlyClient, drop: entries{every: isOwnContainer}},
	{place: "pod.hostAliases", of: onlyClient, drop: entries{"127.0.0.1": isHostAlias}},
	{place: "pod.hostAliases[]", of: onlyClient, drop: entries{"hostnames": each(isHostname)}},
	{place: "pod.hostAliases[].hostnames", of: onlyClient, drop: entries{every: isHostname}},
	{place: "pod.initContainers", of: onlyClient, drop: entries{every: isOwnContainer}},
	{place: "pod.initContainers", of: onlyCleanup, drop: entries{TargetContainer: isMapping}},
	{place: "pod.nodeSelector", of: both, put: entries{kube.Hostname: isScalar}},
	{place: "pod.resources.limits", of: onlyClient, put: entries{every: isPodResource}},
	{place: "pod.resources.requests", of: onlyClient, put: entries{every: isPodResource}},
	{
		place: "pod.securityContext", of: onlyClient,
		drop: entries{"fsGroup": isText("1000"), "fsGroupChangePolicy": isText("Always", "OnRootMismatch")},
	},
	{place: "pod.securityContext.supplementalGroups", of: onlyClient, drop: entries{every: isText("1000", "2375")}},
	{place: "pod.volumes", of: onlyClient, drop: entries{every: isOwnVolume}},
	{place: "pod.volumes", of: both, put: entries{every: isSocketVolume}},
	{
		place: "spec", of: onlyCleanup,
		drop: entries{"suspend": isText("true")}, put: entries{"schedule": isSchedule, "suspend": isText("false")},
	},
	{place: "template.metadata", of: both},
	{place: "template.metadata.annotations", of: onlyCleanup, drop: entries{TargetAnnotation: isName}},
	{place: "template.metadata.annotations", of: onlyClient, drop: entries{IstioInterfaces: isText("docker0"), LinkerdSubnets: isSubnet}},
	{place: "template.metadata.annotations", of: onlyClient, drop: entries{"kubectl.kubernetes.io/default-container": isContainerName}},
}

// allowed is the check of an entry of a place; nil where a journal may not name it. Known says whether it may name the
// place at all.
func allowed(place string, r role, of func(row) entries, name string) (c check, known bool) {
	for _, row := range policy {
		if row.place != place || !slices.Contains(row.of, r) {
			continue
		}
		known = true
		for _, key := range []string{name, every} {
			if found := of(row)[key]; found != nil {
				return found, true
			}
		}
	}
	return nil, known
}

var (
	selector      = pattern.Lazy(`\[[^\]]*\]`)
	anyHandler    = pattern.Lazy(`^pod\.\w+\[\]\.(\w+Probe|lifecycle\.\w+)\.(httpGet|tcpSocket)$`)
	anyContainers = pattern.Lazy(`^pod\.(initContainers|containers|ephemeralContainers)\[\]`)
)

// place is a path as the policy names it, with the path of the container that it is in; "" where it is in none.
func (c *Conversion) place(path string) (place, container string) {
	for _, at := range c.pods {
		template := strings.TrimSuffix(at, ".spec")
		switch {
		case path == at || strings.HasPrefix(path, at+"."):
			place = "pod" + strings.TrimPrefix(path, at)
			prefix := anyContainers().FindString(selector().ReplaceAllString(place, "[]"))
			if prefix == "" {
				return selector().ReplaceAllString(place, "[]"), ""
			}
			if anyHandler().MatchString(selector().ReplaceAllString(place, "[]")) {
				return "handler", "" // a probe or hook of any container
			}
			end := len(path) - len(place) + strings.IndexByte(place, ']') + 1
			return anyContainers().ReplaceAllString(selector().ReplaceAllString(place, "[]"), "container"), path[:end]
		case template != at && strings.HasPrefix(path, template+"."):
			return "template" + strings.TrimPrefix(path, template), ""
		}
	}
	return path, ""
}

// check refuses a journal that asks for what no conversion does.
func (c *Conversion) check() error {
	for _, e := range c.j.Edits {
		place, container := c.place(e.In)
		if _, known := allowed(place, c.role, func(r row) entries { return r.drop }, ""); !known {
			return fmt.Errorf("it names %q, which no conversion of such an object edits", e.In)
		}
		if container != "" && !c.isConverted(container) {
			return fmt.Errorf("it names %q, and no socket goes back into that container", e.In)
		}
		if err := c.checkDrops(e, place); err != nil {
			return err
		}
		if err := c.checkPuts(e, place); err != nil {
			return err
		}
	}
	return c.checkLines()
}

func (c *Conversion) checkDrops(e edit, place string) error {
	at, _ := c.o.At(e.In)
	for _, entry := range at.Entries() {
		if _, named := e.Drop[entry.Name]; !named {
			continue
		}
		ok, _ := allowed(place, c.role, func(r row) entries { return r.drop }, entry.Name)
		if (ok == nil || !ok(c, value{entry.Name, e.In, entry.Value})) && !c.mergesBack(e, entry) {
			return fmt.Errorf("it would remove %q from %s, in a value that no conversion adds", entry.Name, e.In)
		}
	}
	if e.Was == "" {
		return nil
	}
	_, key := kube.SplitPath(e.In)
	if entry, err := c.parse(e.Was); err != nil || entry.Key == nil || entry.Key.Value != key || !yamldoc.IsNull(entry.Value) {
		return fmt.Errorf("it would put %q in the place of %s, and not what stood there without a value", e.Was, e.In)
	}
	return nil
}

func (c *Conversion) checkPuts(e edit, place string) error {
	at, _ := c.o.At(e.In)
	list := e.In[strings.LastIndexByte(e.In, '.')+1:]
	for _, p := range e.Put {
		entry, err := c.parse(p.Text)
		if err != nil {
			return fmt.Errorf("%s: %w: %q", e.In, err, p.Text)
		}
		if mergesOnly(entry, at.Node()) {
			continue
		}
		name := kube.EntryName(list, entry)
		if entry.Key != nil && yamldoc.IsNull(entry.Value) {
			if !c.replacesOwn(place, name, at) {
				return fmt.Errorf("it would take %q out of %s, in a value that no conversion adds", name, e.In)
			}
			continue
		}
		ok, _ := allowed(place, c.role, func(r row) entries { return r.put }, name)
		if ok == nil || !ok(c, value{name, e.In, entry.Value}) {
			return fmt.Errorf("it would put %q into %s, in a value that no conversion removes", name, e.In)
		}
	}
	return nil
}

// replacesOwn says whether a key without a value may come back: where a conversion adds values of that key, and what is
// there is such a one.
func (c *Conversion) replacesOwn(place, key string, at kube.Field) bool {
	ok, _ := allowed(place, c.role, func(r row) entries { return r.drop }, key)
	now := at.Get(key)
	return ok != nil && (!now.Exists() || ok(c, value{key, at.Path(), now.Node()}))
}

// checkLines reads the texts that entries are printed as. A revert uses one only where it says what the tree says.
func (c *Conversion) checkLines() error {
	for _, l := range c.j.Lines {
		if l.In == "" {
			if hasControls(l.Text) {
				return errControls
			}
			continue // used only if it reads as the tree
		}
		if _, err := c.parse(l.Text); err != nil {
			return fmt.Errorf("%s: %w: %q", l.In, err, l.Text)
		}
	}
	return nil
}

// mergesBack is true of an entry that a merge key brings back with the same value: the conversion wrote it out only to
// edit another one beside it.
func (c *Conversion) mergesBack(e edit, entry kube.Entry) bool {
	for _, p := range e.Put {
		put, err := c.parse(p.Text)
		if err == nil && isMerge(put) && yamldoc.Equal(yamldoc.Get(put.Value, entry.Name), yamldoc.Get(entry.Value)) {
			return true
		}
	}
	return false
}

// mergesOnly is true of a merge key that brings in nothing but what the edit drops, or what is there.
func mergesOnly(entry yamldoc.Entry, m *yaml.Node) bool {
	return isMerge(entry) &&
		!slices.ContainsFunc(yamldoc.Keys(entry.Value), func(key string) bool { return yamldoc.Get(m, key) == nil })
}

func isMerge(e yamldoc.Entry) bool { return e.Key != nil && e.Key.Value == "<<" }
