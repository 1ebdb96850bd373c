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
	anyHandler    = pattern.Lazy(`^pod\.\w+\[\]\.(\w+Probe|lifecycle\.\w+)\.(httpGet|tcpSocket)$`)
	anyContainers = pattern.Lazy(`^pod\.(initContainers|containers|ephemeralContainers)\[\]`)
)

// place is a path as the policy names it, with the path of the container that it is in; "" where it is in none.
func (c *Conversion) place(path string) (place, container string) {
	for _, at := range c.pods {
		template := strings.TrimSuffix(at, ".spec")
		switch {
		case path == at || strings.HasPrefix(path, at+"."):
			place = "pod" + anyElements(path[len(at):])
			if anyHandler().MatchString(place) {
				return "handler", "" // a probe or hook of any container
			}
			if of := anyContainers().FindString(place); of != "" {
				return "container" + place[len(of):], path[:len(at)+strings.IndexByte(path[len(at):], ']')+1]
			}
			return place, ""
		case template != at && strings.HasPrefix(path, template+"."):
			return "template" + strings.TrimPrefix(path, template), ""
		}
	}
	return path, ""
}

// anyElements is a path with [] for every element of a list.
func anyElements(path string) string {
	var out strings.Builder
	for open := true; open; {
		var before string
		before, path, open = strings.Cut(path, "[")
		out.WriteString(before)
		if _, behind, closed := strings.Cut(path, "]"); closed {
			out.WriteString("[]")
			path = behind
		} else if open {
			out.WriteString("[")
		}
	}
	return out.String()
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
			return fmt.Errorf("it would remove %q from %s, in a value that no conversion adds", entry.Name, e.In)
		}
	}
	if e.Was == "" {
		return nil
	}
	_, key := kube.SplitPath(e.In)
	if entry, err := c.parse(e.Was); err != nil || entry.Key == nil || entry.Key.Value != key ||
		!yamldoc.IsNull(entry.Value) {
		return fmt.Errorf("it would put %q in the place of %s, and not what stood there without a value", e.Was, e.In)
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
