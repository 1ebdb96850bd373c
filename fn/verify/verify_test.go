package verify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/yaml"

	"github.com/boxp/dindify/fn/report"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestMain(m *testing.M) {
	pollInterval, canaryPatience, canaryGrace = time.Millisecond, 20*time.Millisecond, 20*time.Millisecond
	readPatience = 200 * time.Millisecond
	os.Exit(m.Run())
}

// healthy returns the cluster of testdata/cluster.yaml and answers.yaml.
func healthy(t *testing.T) *fake {
	t.Helper()
	f := &fake{objects: map[string]object{}}
	readYAML(t, "testdata/answers.yaml", &f.answers)
	var objects []object
	readYAML(t, "testdata/cluster.yaml", &objects)
	for _, o := range objects {
		f.add(t, o)
	}
	return f
}

func readYAML(t *testing.T, file string, into any) {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, yaml.Unmarshal(text, into), file)
}

func mapKeys[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }

func pathOf(t *testing.T, o object) string {
	t.Helper()
	m := &Manifest{}
	raw, err := json.Marshal(o)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(raw, m))
	resource := strings.ToLower(m.Kind) + "s"
	switch m.Kind {
	case "Ingress", "RuntimeClass", "StorageClass":
		resource = strings.ToLower(m.Kind) + "es"
	}
	if m.APIVersion == "v1" {
		return core(m.Namespace, resource, m.Name)
	}
	return group(m.APIVersion, m.Namespace, resource, m.Name)
}

func (f *fake) add(t *testing.T, o object) { f.objects[pathOf(t, o)] = o }

// change is a file of testdata/CHECK: its difference from the healthy cluster, and the options of the run.
type change struct {
	Objects map[string]any // by Kind/name; null removes one, a mapping is merged into it as a JSON merge patch
	Answers answers        // tried before those of the healthy cluster
	Deny    []string
	Refuse  string
	Invalid string
	Unknown string // a field of a dry run that the server does not know
	Broken  string // why no command can be run
	Levels  []Level
	Options struct {
		Pre, Disruptive bool
		Pull, Image     string
	}
	Manifests map[string]any // of -f, in the same form as objects; nil: no -f
	Also      []string       // other checks that must differ too, because they see the same thing
}

// TestChecks breaks one thing of a healthy cluster in each case. The case's own check must end as the file's name
// says, and all others must end as in the healthy cluster.
func TestChecks(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	covered := map[string]map[Result]bool{}
	for _, file := range files {
		id, name := filepath.Base(filepath.Dir(file)), strings.TrimSuffix(filepath.Base(file), ".yaml")
		result := Result(strings.Split(name, "-")[0])
		t.Run(id+"/"+name, func(t *testing.T) {
			got := lookAt(t, file)
			require.Contains(t, got, id)
			text := fmt.Sprintf("%s %s\n%s\n%s\n", got[id].Result, got[id].Evidence, got[id].Text, got[id].Hint)
			golden(t, strings.TrimSuffix(file, ".yaml")+".golden", text)
			require.Equal(t, result, got[id].Result, text)
			require.Equal(t, result.Worse(OK), got[id].Hint != "", "every result that is not ok has a way out: %s", text)
		})
		if covered[id] == nil {
			covered[id] = map[Result]bool{}
		}
		covered[id][result] = true
	}
	for _, id := range IDs() {
		require.True(t, covered[id][OK] || id == "pull", "%s has a case in which it is ok", id)
		require.True(t, len(covered[id]) > 1, "%s has a case in which it is not ok", id)
	}
}

// lookAt runs a case, and compares the other checks with the healthy cluster's.
func lookAt(t *testing.T, file string) map[string]Outcome {
	t.Helper()
	var c change
	readYAML(t, file, &c)
	o := Options{Namespace: "openhands", Names: []string{"deploy/openhands"}, Levels: append([]Level{Exec}, c.Levels...)}
	o.Pre, o.Disruptive, o.Pull, o.Image = c.Options.Pre, c.Options.Disruptive, c.Options.Pull, c.Options.Image

	f := healthy(t)
	o.Manifests = manifestsOf(t, f, c.Manifests)
	want := outcomes(t, f, o)
	f = healthy(t)
	c.apply(t, f)
	got := outcomes(t, f, o)
	require.Empty(t, f.wrote, "what was made is gone")

	own := filepath.Base(filepath.Dir(file))
	for id := range got {
		if id == own || slices.Contains(c.Also, id) || id == "rights" && len(c.Deny) > 0 {
			continue
		}
		require.Equal(t, want[id].Result, got[id].Result, "%s: %s (was: %s)", id, got[id].Text, want[id].Text)
	}
	return got
}

func (c *change) apply(t *testing.T, f *fake) {
	t.Helper()
	f.deny, f.refuse, f.invalid, f.unknown = c.Deny, c.Refuse, c.Invalid, c.Unknown
	f.answers.Exec = append(c.Answers.Exec, f.answers.Exec...)
	if c.Broken != "" {
		f.broken = errors.New(c.Broken)
	}
	maps.Copy(f.Logs, c.Answers.Logs)
	f.Proxy = c.Answers.Proxy
	maps.Copy(f.Jobs, c.Answers.Jobs)
	if c.Answers.Server != "" {
		f.Server = c.Answers.Server
	}
	f.patch(t, c.Objects)
}

// patch merges changes into objects, removes those that are null, and adds complete new ones.
func (f *fake) patch(t *testing.T, changes map[string]any) {
	t.Helper()
	for name, patch := range changes {
		at := f.find(name)
		switch {
		case patch == nil:
			require.NotEmpty(t, at, name)
			delete(f.objects, at)
		case at == "":
			f.add(t, patch.(object))
		default:
			f.objects[at] = merge(f.objects[at], patch).(object)
		}
	}
}

func (f *fake) find(name string) string {
	for at, o := range f.objects {
		if fmt.Sprintf("%s/%s", o["kind"], o["metadata"].(object)["name"]) == name {
			return at
		}
	}
	return ""
}

// merge is a JSON merge patch (RFC 7386), except for lists: {NAME: patch} changes the entry of that name.
func merge(target, patch any) any {
	changes, isMap := patch.(object)
	if !isMap {
		return patch
	}
	if list, isList := target.([]any); isList {
		return mergeList(list, changes)
	}
	made := object{}
	if old, isMap := target.(object); isMap {
		maps.Copy(made, old)
	}
	for key, value := range changes {
		if value == nil {
			delete(made, key)
			continue
		}
		made[key] = merge(made[key], value)
	}
	return made
}

func mergeList(list []any, changes object) any {
	made := slices.Clone(list)
	for name, patch := range changes {
		i := slices.IndexFunc(made, func(e any) bool { return entryName(e, 0) == name })
		switch {
		case i >= 0 && patch == nil:
			made = slices.Delete(made, i, i+1)
		case i >= 0:
			made[i] = merge(made[i], patch)
		default:
			made = append(made, patch)
		}
	}
	return made
}

// manifestsOf returns the healthy cluster's objects, with changes, as objects of files.
func manifestsOf(t *testing.T, f *fake, changes map[string]any) []*Manifest {
	t.Helper()
	if changes == nil {
		return nil
	}
	files := &fake{objects: maps.Clone(f.objects)}
	for at, o := range files.objects {
		if kind := o["kind"]; kind == "Pod" || kind == "Node" || kind == "Job" || kind == "ReplicaSet" {
			delete(files.objects, at)
		}
	}
	files.patch(t, changes)
	var all []*Manifest
	for _, at := range slices.Sorted(maps.Keys(files.objects)) {
		raw, err := json.Marshal(files.objects[at])
		require.NoError(t, err)
		found, err := ReadManifests(at, bytes.NewReader(raw))
		require.NoError(t, err)
		all = append(all, found...)
	}
	return all
}

// outcomes runs all checks on a cluster and returns the worst outcome of each.
func outcomes(t *testing.T, f *fake, o Options) map[string]Outcome {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	rep, err := Run(ctx, f, o)
	require.NoError(t, err)
	all := map[string]Outcome{}
	for _, list := range append([]*Looked{{Checks: rep.Checks}}, rep.Workloads...) {
		for _, one := range list.Checks {
			if old, seen := all[one.ID]; !seen || one.Result.Worse(old.Result) {
				all[one.ID] = one
			}
		}
	}
	return all
}

func golden(t *testing.T, file, text string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err, "run with -update")
	require.Equal(t, string(want), text)
}

// TestEveryCheckIsExplained checks dindify explain, in the order of the table.
func TestEveryCheckIsExplained(t *testing.T) {
	var explained []string
	for _, e := range report.Checks {
		explained = append(explained, e.ID)
	}
	require.ElementsMatch(t, IDs(), explained)
}

// TestFewRightsFailNothing checks that no check fails because a right is missing.
func TestFewRightsFailNothing(t *testing.T) {
	denied := []string{"get namespaces"}
	for _, c := range slices.Concat(ClusterChecks, Checks) {
		for _, right := range c.Uses() {
			denied = append(denied, right.String())
		}
	}
	o := Options{
		Namespace: "openhands", Names: []string{"deploy/openhands"}, Levels: []Level{Exec, Nested, Canary},
		Disruptive: true,
	}
	for i := range denied {
		f := healthy(t)
		f.deny = denied[i : i+1]
		for id, got := range outcomes(t, f, o) {
			require.NotEqual(t, Fail, got.Result, "without %s: %s: %s", denied[i], id, got.Text)
		}
		require.Empty(t, f.wrote)
	}
	f := healthy(t)
	f.deny = denied
	for id, got := range outcomes(t, f, o) {
		require.NotEqual(t, Fail, got.Result, "%s: %s", id, got.Text)
	}
}

// TestInterruptedRunRemovesWhatItMade also checks that Cleanup removes what a killed run left.
func TestInterruptedRunRemovesWhatItMade(t *testing.T) {
	f := healthy(t)
	o := Options{Namespace: "openhands", Names: []string{"deploy/openhands"}, Levels: []Level{Exec, Nested, Canary}}
	ctx, stop := context.WithCancel(t.Context())
	o.Progress = func(text string) {
		if strings.HasSuffix(text, "canary-delete") {
			stop()
		}
	}
	_, err := Run(ctx, f, o)
	require.ErrorIs(t, err, context.Canceled)
	require.Empty(t, f.wrote)
}

// TestInterruptedWaitKeepsWhatWasSeen checks a run that is interrupted while it waits for the second workload.
func TestInterruptedWaitKeepsWhatWasSeen(t *testing.T) {
	f := healthy(t)
	waits := object{"status": object{"conditions": []any{object{"type": "Ready", "status": "False"}}}}
	f.add(t, f.podLike("late", object{}, waits))
	ctx, stop := context.WithTimeout(t.Context(), time.Second)
	defer stop()
	names := []string{"deploy/openhands", "pod/late"}
	rep, err := Run(ctx, f, Options{Namespace: "openhands", Names: names, Wait: time.Hour})
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.Len(t, rep.Workloads, 1)
}
