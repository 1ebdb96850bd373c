package journal

import (
	"fmt"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/pattern"
	"github.com/boxp/dindify/fn/yamldoc"
)

// allowed returns the check of an entry of a place, or nil if a journal may not name the entry. known reports whether
// a journal may name the place at all.
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

var anyHandler = pattern.Lazy(`^pod\.\w+\[\]\.(\w+Probe|lifecycle\.\w+)\.(httpGet|tcpSocket)$`)

// anyContainers lists the elements of the lists of containers.
var anyContainers = []string{"pod.containers[]", "pod.initContainers[]", "pod.ephemeralContainers[]"}

// place converts a path to the form that the policy uses, and returns the path of the container that it is in, or "".
func (c *Conversion) place(path string) (place, container string) {
	for _, at := range c.pods {
		template := strings.TrimSuffix(at, ".spec")
		switch {
		case path == at || strings.HasPrefix(path, at+"."):
			place = "pod" + anyElements(path[len(at):])
			if isHandler(place) {
				return "handler", ""
			}
			for _, of := range anyContainers {
				if below, ok := strings.CutPrefix(place, of); ok {
					return "container" + below, path[:len(at)+strings.IndexByte(path[len(at):], ']')+1]
				}
			}
			return place, ""
		case template != at && strings.HasPrefix(path, template+"."):
			return "template" + strings.TrimPrefix(path, template), ""
		}
	}
	return path, ""
}

// isHandler reports whether a place is the connection of a probe or hook of any container.
func isHandler(place string) bool {
	return (strings.HasSuffix(place, ".httpGet") || strings.HasSuffix(place, ".tcpSocket")) &&
		anyHandler().MatchString(place)
}

// anyElements is a path with [] for every element of a list.
func anyElements(path string) string {
	var out strings.Builder
	for {
		before, rest, _ := strings.Cut(path, "[")
		_, behind, closed := strings.Cut(rest, "]")
		if !closed {
			return out.String() + path
		}
		out.WriteString(before + "[]")
		path = behind
	}
}

// check refuses a journal that asks for what no conversion does.
func (c *Conversion) check() error {
	for _, title := range c.j.Generated {
		if kind, _, _ := strings.Cut(title, "/"); !slices.Contains(Generated, kind) {
			return fmt.Errorf("it lists %q, which is not of a kind that a conversion generates", title)
		}
	}
	for _, e := range c.j.Edits {
		place, container := c.place(e.In)
		if _, known := allowed(place, c.role, func(r row) entries { return r.drop }, ""); !known {
			return fmt.Errorf("it names %q, which no conversion of such an object edits", e.In)
		}
		if container != "" && !c.isConverted(container) {
			return fmt.Errorf("it names %q, but the journal restores no socket in that container", e.In)
		}
		at, _ := c.o.At(e.In)
		if err := c.checkDrops(e, at, place); err != nil {
			return err
		}
		if err := c.checkPuts(e, at, place); err != nil {
			return err
		}
	}
	return c.checkLines()
}

func (c *Conversion) checkDrops(e edit, at kube.Field, place string) error {
	for _, entry := range at.Entries() {
		if _, named := e.Drop[entry.Name]; !named {
			continue
		}
		ok, _ := allowed(place, c.role, func(r row) entries { return r.drop }, entry.Name)
		if (ok == nil || !ok(c, value{entry.Name, e.In, entry.Value})) && !c.mergesBack(e, entry) {
			return fmt.Errorf("it would remove %q from %s, but its value is not one that a conversion adds", entry.Name, e.In)
		}
	}
	if e.Was == "" {
		return nil
	}
	_, key := kube.SplitPath(e.In)
	if entry, err := c.parse(e.Was); err != nil || entry.Key == nil || entry.Key.Value != key ||
		!yamldoc.IsNull(entry.Value) {
		return fmt.Errorf("it would replace %s by %q, which is not an entry without a value", e.In, e.Was)
	}
	return nil
}

func (c *Conversion) checkPuts(e edit, at kube.Field, place string) error {
	list := e.In[strings.LastIndexByte(e.In, '.')+1:]
	for _, p := range e.Put {
		entry, err := c.parse(p.Text)
		if err != nil {
			return fmt.Errorf("%s: %w: %q", e.In, err, p.Text)
		}
		if name := c.ambiguousAnchor(entry.Value); name != "" {
			return fmt.Errorf("%s: the anchor %s stands for several values: %q", e.In, name, p.Text)
		}
		if tag := nonJSONTag(entry.Value); tag != "" {
			return fmt.Errorf("%s: a text has the tag %s, which is not of the JSON schema: %q", e.In, tag, p.Text)
		}
		if isMerge(entry) {
			continue // see checkMerge
		}
		name := kube.EntryName(list, entry)
		if entry.Key != nil && yamldoc.IsNull(entry.Value) {
			if !c.replacesOwn(place, name, at) {
				return fmt.Errorf("it would remove %q from %s, but its value is not one that a conversion adds", name, e.In)
			}
			continue
		}
		ok, _ := allowed(place, c.role, func(r row) entries { return r.put }, name)
		if ok == nil || !ok(c, value{name, e.In, entry.Value}) {
			return fmt.Errorf("it would add %q to %s, but its value is not one that a conversion removes", name, e.In)
		}
	}
	return nil
}

// replacesOwn reports whether a key without a value may come back: a conversion must add values of that key, and the
// current value must be such a value.
func (c *Conversion) replacesOwn(place, key string, at kube.Field) bool {
	ok, _ := allowed(place, c.role, func(r row) entries { return r.drop }, key)
	now := at.Get(key)
	return ok != nil && (!now.Exists() || ok(c, value{key, at.Path(), now.Node()}))
}

// checkLines parses the texts of reprinted entries. A revert uses a text only if it equals the tree.
func (c *Conversion) checkLines() error {
	for _, l := range c.j.Lines {
		if l.In == "" {
			if hasControls(l.Text) {
				return errControls
			}
			continue // used only if it equals the tree
		}
		if _, err := c.parse(l.Text); err != nil {
			return fmt.Errorf("%s: %w: %q", l.In, err, l.Text)
		}
	}
	return nil
}
