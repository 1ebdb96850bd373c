package kustomize

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"k8s.io/apimachinery/pkg/api/resource"
	"sigs.k8s.io/yaml"
)

// differences are all differences of overlays/dind from the design that started dindify, each with its reason.
var differences = []struct{ field, reason string }{
	{`Deployment metadata\.annotations\.dindify\.dev/journal`, "the way back"},
	{
		`Deployment spec\.template\.metadata\.annotations\.kubectl\.kubernetes\.io/default-container`,
		"the daemon is listed first; kubectl logs must still mean the application",
	},
	{`Deployment .*containers\[dind-daemon\]\.args.*`, "the image's entrypoint would listen on 0.0.0.0"},
	{`Deployment .*containers\[dind-daemon\]\.volumeMounts\[dind-data\].*`, "the daemon's data is on a volume"},
	{`Deployment spec\.template\.spec\.volumes\[dind-data\].*`, "the daemon's data is on a volume"},
	{`Deployment .*containers\[dind-daemon\]\.volumeMounts\[(workspace|openhands-state)\].*`, "bind mounts of nested " +
		"containers find the workspace"},
	{`CronJob metadata\.annotations\.dindify\.dev/(journal|serves)`, "the way back"},
	{`CronJob .*containers\[docker-cleanup\]\.(image|command.*)`, "docker:cli has no kubectl, and the seed's script " +
		"ends well when it cleans nothing"},
	{`CronJob .*initContainers\[wait-for-target\].*`, "says which Deployment has no pod; kubectl exec says only that " +
		"something is forbidden"},
	{`Role rules\[1\]\.verbs.*`, "kubectl asks for get before create (Kubernetes 1.35 authorizes both)"},
	{`Role rules\[2\].*`, "kubectl exec deployment/NAME reads the Deployment, and kubectl wait watches it"},
	{`(ServiceAccount|Role|RoleBinding) metadata\.(labels|annotations)\..*`, "who made it, and for what"},
}

func TestOverlayIsTheSeedsChoices(t *testing.T) {
	files, err := filepath.Glob("../testdata/seed/*.yaml")
	require.NoError(t, err)
	require.Len(t, files, 3)
	got := flattened(t, build(t, "overlays/dind"))
	want := map[string]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for field, value := range flattened(t, text) {
			want[field] = value
		}
	}
	met := map[string]bool{}
	for field, value := range got {
		if kind, _, _ := bytes.Cut([]byte(field), []byte(" ")); !slices.Contains([]string{
			"Deployment", "CronJob",
			"ServiceAccount", "Role", "RoleBinding",
		}, string(kind)) {
			continue
		}
		if want[field] != value {
			met[allowed(t, field, want[field], value)] = true
		}
	}
	for field, value := range want {
		if _, there := got[field]; !there {
			met[allowed(t, field, value, "nothing")] = true
		}
	}
	for _, d := range differences {
		require.True(t, met[d.field], "no longer a difference: %s", d.field)
	}
}

func allowed(t *testing.T, field, want, got string) string {
	for _, d := range differences {
		if regexp.MustCompile("^(" + d.field + ")$").MatchString(field) {
			return d.field
		}
	}
	require.Failf(t, "differs from the seed", "%s: want %q, got %q", field, want, got)
	return ""
}

// flattened returns every scalar of every object by its path, with elements of lists by their names.
func flattened(t *testing.T, text []byte) map[string]string {
	all := map[string]string{}
	for doc := range bytes.SplitSeq(text, []byte("\n---\n")) {
		var o map[string]any
		require.NoError(t, yaml.Unmarshal(doc, &o))
		if o != nil {
			flatten(all, fmt.Sprint(o["kind"], " "), o)
		}
	}
	return all
}

func flatten(all map[string]string, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			flatten(all, join(path, key), value)
		}
	case []any:
		for i, value := range v {
			sel := fmt.Sprint(i)
			if m, ok := value.(map[string]any); ok && m["name"] != nil {
				sel = fmt.Sprint(m["name"])
			}
			flatten(all, path+"["+sel+"]", value)
		}
	default:
		text := fmt.Sprint(v)
		if q, err := resource.ParseQuantity(text); err == nil {
			text = q.String()
		}
		if text != "" { // an empty value equals a missing one
			all[path] = text
		}
	}
}

func join(path, key string) string {
	if path[len(path)-1] == ' ' {
		return path + key
	}
	return path + "." + key
}
