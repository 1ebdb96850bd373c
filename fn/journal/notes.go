package journal

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/yamldoc"
)

// Notes are the parts of an object's journal that are read without a revert. They are empty if there is no valid
// journal.
type Notes struct {
	journal
	o *kube.Object
}

// NotesOn reads the journal of an object.
func NotesOn(o *kube.Object) Notes {
	j, err := read(o.Annotation(Annotation))
	if err != nil {
		j = journal{}
	}
	return Notes{j, o}
}

// AreForeign reports whether the object carries the journal of another one, which its controller copied with the
// annotations: Tekton from a Task to TaskRuns and pods, a Deployment's controller to ReplicaSets.
func (n Notes) AreForeign() bool { return n.Version > 0 && n.isForeign(n.o) }

// Edited reports whether the conversion edited what is at a path, or below it.
func (n Notes) Edited(path string) bool {
	return path == "" || slices.ContainsFunc(n.Edits, func(e edit) bool {
		rest, ok := strings.CutPrefix(e.In, path)
		return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
	})
}

// Connected reports whether the conversion connected the container at a path with the daemon: it edited the container's
// mounts, or its variable DOCKER_HOST.
func (n Notes) Connected(container string) bool {
	return slices.ContainsFunc(n.Edits, func(e edit) bool {
		rest, ok := strings.CutPrefix(e.In, container)
		_, adds := e.Drop["DOCKER_HOST"]
		isMounts := rest == ".volumeMounts" || rest == "" && slices.ContainsFunc(e.Put, func(p put) bool {
			return strings.Contains(p.Text, "volumeMounts:")
		})
		return ok && (isMounts || adds || strings.HasPrefix(rest, ".env[name=DOCKER_HOST]"))
	})
}

// HasPruner reports whether the conversion added a container that cleans the daemon.
func (n Notes) HasPruner() bool {
	return slices.ContainsFunc(n.Edits, func(e edit) bool {
		_, adds := e.Drop[PrunerContainer]
		return adds && isContainers(e.In)
	})
}

// Lost is an entry that a conversion added, and that is no longer there.
type Lost struct {
	In   kube.Field // the list or mapping, or what is left of it
	Name string
}

// Lost returns the added entries that are no longer there. It leaves out the daemon, and what was added to a container
// that is no longer there, or in a list whose elements have no names: somebody may have moved those.
func (n Notes) Lost() (all []Lost) {
	for _, e := range n.Edits {
		if hasIndex(e.In) {
			continue
		}
		f, ok := n.o.At(e.In)
		for at := e.In; !ok && at != ""; {
			var key string
			at, key = kube.SplitPath(at)
			if key == "" || isContainers(key) {
				break
			}
			f, ok = n.o.At(at)
		}
		if !ok {
			continue
		}
		there := f.Entries()
		for _, name := range slices.Sorted(maps.Keys(e.Drop)) {
			isThere := slices.ContainsFunc(there, func(now kube.Entry) bool {
				return now.Name == name && isInEffect(f.Name(), now, e.Drop[name])
			})
			if name != n.Daemon && (f.Path() != e.In || !isThere) {
				all = append(all, Lost{f, name})
			}
		}
	}
	return all
}

// hasIndex reports whether a path leads through an element of a list that has no name.
func hasIndex(path string) bool {
	for at := range strings.SplitSeq(path, "[") {
		if at != "" && '0' <= at[0] && at[0] <= '9' {
			return true
		}
	}
	return false
}

// isContainers reports whether a path ends in a list of containers.
func isContainers(path string) bool { return strings.HasSuffix(strings.ToLower(path), "containers") }

// isInEffect reports whether an added entry still does what it did: another value of most is somebody's choice.
func isInEffect(list string, now kube.Entry, was string) bool {
	switch {
	case list == "hostAliases":
		names := yamldoc.Items(now.Value, "hostnames")
		return !slices.ContainsFunc(strings.Split(cmp.Or(was, usualAlias), ","), func(name string) bool {
			return !slices.ContainsFunc(names, func(n *yaml.Node) bool { return n.Value == name })
		})
	case now.Name == "fsGroup":
		return kube.ShortValue(now.Value) == was
	}
	return true
}
