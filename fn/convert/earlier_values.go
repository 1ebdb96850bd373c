package convert

import (
	"fmt"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/boxp/dindify/fn/journal"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
)

// maxEarlierValues limits the values in one finding.
const maxEarlierValues = 6

// defaulted lists fields that an API server adds to stored objects. They are not edits.
var defaulted = []string{
	"apiVersion", "defaultMode", "divisor", "imagePullPolicy", "procMount", "successThreshold", "terminationMessagePath",
	"terminationMessagePolicy", "volumeMode",
}

// warnOfEarlierValues reports values of an earlier conversion that differ in this one: somebody has edited them, or the
// configuration has changed.
func warnOfEarlierValues(c *converter, client *Client) {
	before := c.earlierValues[client.at]
	if before == nil {
		return
	}
	now := daemonValues(client.Pod, c.Daemon.Name)
	var changed []string
	for path, was := range before {
		is, there := now[path]
		switch {
		case is == was, !there && slices.Contains(defaulted, path[strings.LastIndexByte(path, '.')+1:]):
		case strings.HasPrefix(path, "volumeMounts"):
			if !there && client.Volume(was).Exists() {
				changed = append(changed, path+" is gone")
			}
		case there:
			changed = append(changed, fmt.Sprintf("%s was %q and is %q", path, was, is))
		case strings.HasSuffix(path, "["+was+"]"):
			changed = append(changed, path+" is gone")
		default:
			changed = append(changed, fmt.Sprintf("%s was %q and is gone", path, was))
		}
	}
	if len(changed) == 0 {
		return
	}
	slices.SortFunc(changed, daemonFirst)
	if more := len(changed) - maxEarlierValues; more > 0 {
		changed = append(changed[:maxEarlierValues], fmt.Sprintf("and %d more", more))
	}
	client.Container(c.Daemon.Name).Warn(report.Because(report.SetAnew, "was converted before, and now follows the "+
		"configuration again: %s; to keep a value, set it in the configuration", strings.Join(changed, "; ")))
}

// daemonFirst sorts values of the daemon's container before those of the pruner and the volumes.
func daemonFirst(a, b string) int {
	rank := func(s string) string {
		if strings.HasPrefix(s, "dind-") {
			return "1" + s
		}
		return "0" + s
	}
	return strings.Compare(rank(a), rank(b))
}

// daemonValues returns the values of what a conversion adds to a pod for its daemon.
func daemonValues(pod kube.Pod, daemon string) map[string]string {
	all := map[string]string{}
	for _, container := range pod.Containers() {
		switch {
		case container.Name() == daemon:
			addValues(all, "", container.Field)
		case journal.IsPruner(container):
			addValues(all, journal.PrunerContainer, container.Field)
		}
	}
	for _, v := range pod.Volumes() {
		if name := v.Text("name"); journal.IsOwnVolume(name) {
			addValues(all, name, v)
		}
	}
	return all
}

// addValues adds the scalars below a field. A mount counts as a whole, with its volume as the value.
func addValues(all map[string]string, path string, f kube.Field) {
	if !f.Exists() {
		return
	}
	switch yamldoc.Target(f.Node()).Kind {
	case yaml.ScalarNode:
		all[path] = f.Text()
	case yaml.MappingNode:
		for _, key := range f.Keys() {
			addValues(all, strings.TrimPrefix(path+"."+key, "."), f.Get(key))
		}
	case yaml.SequenceNode:
		for i, element := range f.Items() {
			at := fmt.Sprintf("%s[%s]", path, kube.EntryName(f.Name(), yamldoc.Entry{At: i, Value: element.Node()}))
			if f.Name() == "volumeMounts" {
				all[at] = element.Text("name")
				continue
			}
			addValues(all, at, element)
		}
	}
}
