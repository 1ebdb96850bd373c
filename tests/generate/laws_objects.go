package generate

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
)

func (t *trial) unreadable() string {
	var err error
	if t.before, err = read(t.Text, t.JSON); err != nil {
		return fmt.Sprintf("a defect of the generator: %v", err)
	}
	if t.after, err = read(t.first.out, t.JSON); err != nil {
		return fmt.Sprintf("%v\n%s", err, t.first.out)
	}
	return ""
}

func find(all []object, id string) object {
	for _, o := range all {
		if o.id() == id {
			return o
		}
	}
	return nil
}

// converted reports whether an object has a journal, or the marks of a conversion: spec.journal may be None.
func converted(o object) bool {
	own := "\nobject: " + o.text("kind") + "/" + o.text("metadata", "name") + "\n"
	return strings.Contains(o.text("metadata", "annotations", journal), own) || marks.MatchString(asJSON(o))
}

var marks = regexp.MustCompile(`"name": "` + daemonData + `"|"kubectl",\s*"exec"`)

func (t *trial) loses() string {
	for _, o := range t.before {
		if find(t.after, o.id()) == nil {
			return o.id() + " is gone"
		}
	}
	return ""
}

func (t *trial) touches() string {
	for _, o := range t.before {
		if now := find(t.after, o.id()); !converted(now) && !reflect.DeepEqual(o, now) {
			return fmt.Sprintf("%s has no journal, and is another one:\n%s", o.id(), diff(asJSON(o), asJSON(now)))
		}
	}
	return ""
}

func asJSON(v any) string {
	text, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return fmt.Sprintf("%#v", v)
	}
	return string(text)
}

// mayChange has the paths at which a conversion changes an object.
var mayChange = regexp.MustCompile(
	`^metadata\.annotations$|^metadata\.annotations\.dindify\.dev/|\.metadata(\.annotations)?$|\.metadata\.annotations\.kubectl\.kubernetes\.io/default-container$|` +
		`\.?spec\.(hostNetwork|dnsPolicy|hostAliases|nodeSelector|affinity|securityContext|terminationGracePeriodSeconds|runtimeClassName|hostUsers|volumes|initContainers)$|` +
		`\.?spec\.securityContext\.(supplementalGroups|fsGroup|fsGroupChangePolicy)$|\.?spec\.hostAliases\[|\.?spec\.(nodeSelector|affinity)\.|` +
		`\.?spec\.volumes\[(docker-sock|sock|dockersock|var-run-docker|dind-[a-z]+|registry-ca|daemon-json|spare)\]$|` +
		`\.?spec\.(initContainers|containers)\[(dind-daemon|dind-cleanup|dind|docker-daemon)\]$|` +
		`ontainers\[[^\]]*\]\.(env|resources|volumeMounts)$|ontainers\[[^\]]*\]\.resources\.|ontainers\[[^\]]*\]\.volumeMounts\[(docker-sock|sock|dockersock|var-run-docker|dind-[a-z]+)\]$|` +
		`ontainers\[[^\]]*\]\.env\[(DOCKER_[A-Z_]+|A|B|NEW|NODE|EMPTY|SCRIPT)\](\.value|\.valueFrom)?$`)

// mayChangeInJobs has those of a job that prunes.
var mayChangeInJobs = regexp.MustCompile(
	`^spec\.schedule$|\.spec\.serviceAccountName$|ontainers\[[^\]]*\]\.(image|command|args|env)$|ontainers\[[^\]]*\]\.(command|args|env)\[`)

func (t *trial) changesMore() string {
	for _, o := range t.before {
		now := find(t.after, o.id())
		if !converted(now) {
			continue
		}
		for _, path := range changes("", map[string]any(o), map[string]any(now)) {
			isJob := strings.HasPrefix(o.id(), "CronJob/") && mayChangeInJobs.MatchString(path)
			if !mayChange.MatchString(path) && !isJob {
				return fmt.Sprintf("%s is another one in %s:\n%s", path, o.id(), diff(asJSON(o), asJSON(now)))
			}
		}
	}
	return ""
}

// changes lists the paths at which two values differ. Items of lists are identified by name.
func changes(path string, a, b any) []string {
	if ma, ok := a.(map[string]any); ok {
		if mb, ok := b.(map[string]any); ok {
			return changedKeys(path, ma, mb)
		}
	}
	if la, lb := named(a), named(b); la != nil && lb != nil {
		return changedItems(path, la, lb)
	}
	if reflect.DeepEqual(a, b) {
		return nil
	}
	return []string{path}
}

func changedKeys(path string, a, b map[string]any) (all []string) {
	for key, v := range a {
		w, there := b[key]
		at := strings.TrimPrefix(path+"."+key, ".")
		if !there {
			all = append(all, at)
			continue
		}
		all = append(all, changes(at, v, w)...)
	}
	for key := range b {
		if _, there := a[key]; !there {
			all = append(all, strings.TrimPrefix(path+"."+key, "."))
		}
	}
	return all
}

// named returns a list whose items all have names.
func named(v any) [][2]any {
	items, _ := v.([]any)
	var all [][2]any
	for _, item := range items {
		m, _ := item.(map[string]any)
		if m["name"] == nil {
			return nil
		}
		all = append(all, [2]any{m["name"], item})
	}
	return all
}

// changedItems walks both lists in order: an item that is not the next one of the other list was added or removed.
func changedItems(path string, a, b [][2]any) (all []string) {
	at := func(name any) string { return fmt.Sprintf("%s[%v]", path, name) }
	for _, item := range a {
		i := slices.IndexFunc(b, func(other [2]any) bool { return other[0] == item[0] })
		if i < 0 {
			all = append(all, at(item[0]))
			continue
		}
		for _, skipped := range b[:i] {
			all = append(all, at(skipped[0]))
		}
		all = append(all, changes(at(item[0]), item[1], b[i][1])...)
		b = b[i+1:]
	}
	for _, more := range b {
		all = append(all, at(more[0]))
	}
	return all
}

// silent returns workloads that use the node's Docker, and are neither converted nor named in the report.
func (t *trial) silent() string {
	if mode(t.Config) != "DinD" || selective(t.Config) {
		return ""
	}
	for _, o := range t.before {
		if !usesDocker(asJSON(o)) || o.text("kind") == "ConfigMap" || converted(find(t.after, o.id())) {
			continue
		}
		if !strings.Contains(t.first.err, o.title()) {
			return fmt.Sprintf("%s uses the node's Docker, is left as it is, and standard error does not name it:\n%s",
				o.title(), t.first.err)
		}
	}
	return ""
}

var socketVolume = regexp.MustCompile(`"hostPath": \{\s*"path": "(//?(var/+)?run(//docker\.sock|/docker\.sock)?/?|/)"`)

func usesDocker(text string) bool { return socketVolume.MatchString(text) }

func sorted(all []object) string {
	texts := make([]string, len(all))
	for i, o := range all {
		texts[i] = asJSON(o)
	}
	slices.Sort(texts)
	return strings.Join(texts, "\n---\n") + "\n"
}
