package convert

import (
	"encoding/base64"
	"path"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/kube"
)

// mountedText is a file that a container gets from a ConfigMap or Secret of the input.
type mountedText struct {
	field kube.Field // the entry of the object
	text  string
}

// mountedTexts are the files that a container mounts from ConfigMaps and Secrets of the input.
func (c *Conversion) mountedTexts(pod kube.Pod, container kube.Container) []mountedText {
	var all []mountedText
	for _, m := range container.Mounts() {
		volume := volumeOf(pod, m.Text("name"))
		for _, source := range append([]kube.Field{volume}, volume.Get("projected", "sources").Items()...) {
			all = append(all, c.textsOf(source, pod.Object().Namespace(), m)...)
		}
	}
	return all
}

func (c *Conversion) textsOf(source kube.Field, namespace string, mount kube.Field) []mountedText {
	var all []mountedText
	for _, kind := range []struct{ kind, field, name string }{
		{"ConfigMap", "configMap", "name"}, {"Secret", "secret", "secretName"}, {"Secret", "secret", "name"},
	} {
		from := source.Get(kind.field)
		name := from.Text(kind.name)
		if name == "" {
			continue
		}
		o := c.Set.Find("", kind.kind, namespace, name)
		if o == nil {
			continue
		}
		for _, t := range entries(o) {
			if isShown(t.key, from.Get("items").Items(), mount.Text("subPath")) {
				all = append(all, mountedText{t.field, t.text})
			}
		}
	}
	return all
}

// isShown says whether a mount of a ConfigMap or Secret has the entry of that key: of a list of items those that it
// names, of a subPath that one.
func isShown(key string, items []kube.Field, subPath string) bool {
	at := key
	if len(items) > 0 {
		i := slices.IndexFunc(items, func(item kube.Field) bool { return item.Text("key") == key })
		if i < 0 {
			return false
		}
		at = items[i].Text("path")
	}
	if subPath == "" {
		return true
	}
	sub := path.Clean(subPath)
	return path.Clean(at) == sub || strings.HasPrefix(path.Clean(at), sub+"/")
}

// keyedText is an entry of a ConfigMap or Secret.
type keyedText struct {
	key, text string
	field     kube.Field
}

// entries are what a ConfigMap or Secret holds, a Secret's data decoded.
func entries(o *kube.Object) []keyedText {
	var all []keyedText
	for _, list := range []string{"data", "stringData"} {
		at := o.Root().Get(list)
		for _, key := range at.Keys() {
			text := at.Text(key)
			if o.Kind() == "Secret" && list == "data" {
				decoded, _ := base64.StdEncoding.DecodeString(text) // what is no base64 is no value
				text = string(decoded)
			}
			all = append(all, keyedText{key, text, at.Get(key)})
		}
	}
	return all
}
