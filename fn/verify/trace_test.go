package verify

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/yaml"
)

// traced records each request to a cluster once, in the order of the first requests.
type traced struct {
	*fake
	lines []string
}

func (c *traced) note(format string, args ...any) {
	if line := fmt.Sprintf(format, args...); !slices.Contains(c.lines, line) {
		c.lines = append(c.lines, line)
	}
}

func (c *traced) Get(ctx context.Context, at string, into any) error {
	c.note("GET %s", at)
	return c.fake.Get(ctx, at, into)
}

func (c *traced) Create(ctx context.Context, at string, made, into any) error {
	text, err := yaml.Marshal(made)
	if err != nil {
		return err
	}
	c.note("POST %s\n%s", at, text)
	return c.fake.Create(ctx, at, made, into)
}

func (c *traced) Patch(ctx context.Context, at string, kind types.PatchType, patch []byte) error {
	c.note("PATCH %s (%s)\n%s", at, kind, patch)
	return c.fake.Patch(ctx, at, kind, patch)
}

func (c *traced) Delete(ctx context.Context, at string) error {
	c.note("DELETE %s", at)
	return c.fake.Delete(ctx, at)
}

func (c *traced) Exec(ctx context.Context, run Command) (Output, error) {
	c.note("EXEC %s/%s -c %s -- %q", run.Namespace, run.Pod, run.Container, run.Args)
	return c.fake.Exec(ctx, run)
}

var everyLevel = []Level{Exec, Nested, Canary}

// TestWhatARunAsksOfTheCluster checks every path, object and command of a run: users grant rights for them, and find
// them in the cluster's audit log.
func TestWhatARunAsksOfTheCluster(t *testing.T) {
	for name, o := range map[string]Options{
		"all":  {Levels: everyLevel, Disruptive: true, Pull: "docker.io/library/alpine:3"},
		"look": {AllNamespaces: true},
		"pre":  {Pre: true, Levels: everyLevel},
	} {
		t.Run(name, func(t *testing.T) {
			c := &traced{fake: healthy(t)}
			o.Namespace = "openhands"
			if !o.AllNamespaces {
				o.Names = []string{"deploy/openhands"}
			}
			if o.Pre {
				o.Manifests = manifestsOf(t, c.fake, map[string]any{})
			}
			rep, err := Run(t.Context(), c, o)
			require.NoError(t, err)
			golden(t, "testdata/run-"+name+".golden", withoutID(rep, strings.Join(c.lines, "\n")))
		})
	}
}

// withoutID returns requests and results without what differs from run to run.
func withoutID(rep *Report, asked string) string {
	for _, list := range append([]*Looked{{Checks: rep.Checks}}, rep.Workloads...) {
		for i := range list.Checks {
			list.Checks[i].Took = ""
		}
	}
	text, err := yaml.Marshal(rep)
	if err != nil {
		panic(err)
	}
	all := asked + "\n" + string(text)
	if _, rest, found := strings.Cut(all, "dindify-verify:"); found {
		all = strings.ReplaceAll(all, `"`+rest[:8]+`"`, rest[:8]) // YAML quotes one that could be a number
		all = strings.ReplaceAll(all, rest[:8], "ID")
	}
	return all
}

// TestCleanupRemovesWhatIsMarked checks that Cleanup removes labeled objects and requests nothing else.
func TestCleanupRemovesWhatIsMarked(t *testing.T) {
	c := &traced{fake: healthy(t)}
	c.answers.Exec = append([]answer{{In: "dind-daemon", Run: "sh -c c=$(docker ps", Out: "3\n"}}, c.answers.Exec...)
	c.add(t, object{
		"apiVersion": "batch/v1", "kind": "Job",
		"metadata": object{"name": "dindify-verify-user-0", "namespace": "openhands", "labels": object{verifyLabel: "0"}},
	})
	said, err := Cleanup(t.Context(), c, Options{Namespace: "openhands"})
	require.NoError(t, err)
	golden(t, "testdata/cleanup.golden", strings.Join(append(c.lines, said...), "\n")+"\n")
}

// TestListNamesEachCheckWithItsRights checks the table from which users write their Roles.
func TestListNamesEachCheckWithItsRights(t *testing.T) {
	golden(t, "testdata/list.golden", List())
}

// TestCompleteOffersWorkloadsWithADaemonAndKinds checks the words that shell completion offers. Package plugin tests
// the others.
func TestCompleteOffersWorkloadsWithADaemonAndKinds(t *testing.T) {
	require.Equal(t, []string{"deployments/", "deployment/openhands"},
		Complete(t.Context(), healthy(t), "openhands", nil, "dep"))
}
