package apiserver

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/cluster/binaries"
	"github.com/boxp/dindify/tests/cluster/controlplane"
)

// needsNode matches commands of the migration guide that need a node.
var needsNode = regexp.MustCompile(`kubectl (-n \S+ )?(exec|rollout|wait|logs|dindify)|data\.tar\.gz`)

// externalSecrets is an operator's kind that the guide's cluster has.
const externalSecrets = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: externalsecrets.external-secrets.io
spec:
  group: external-secrets.io
  scope: Namespaced
  names: {kind: ExternalSecret, listKind: ExternalSecretList, plural: externalsecrets, singular: externalsecret}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
`

// shortly shortens waits in commands, because there is no node to wait for.
var shortly = strings.NewReplacer(" exec ", " exec --pod-running-timeout=1s ",
	" logs ", " logs --pod-running-timeout=1s ", " rollout status ", " rollout status --timeout=1s ",
	"--timeout=5m", "--timeout=1s")

// misunderstood matches kubectl's errors for an invalid command line.
var misunderstood = regexp.MustCompile(`(?i)unknown (shorthand )?(flag|command)|invalid (argument|resource)|unrecognized|` +
	`doesn't have a resource type|see '?kubectl|flag needs|is required`)

// TestMigrationGuide runs the commands of docs/migration.md for OpenHands in their order, from the running application
// to the roll-back: those that need only a shell, dindify and an API server. Commands that need a node must get as far
// as the missing pod.
func TestMigrationGuide(t *testing.T) {
	root, err := binaries.RepositoryRoot(t.Context())
	require.NoError(t, err)
	cp := controlplane.Start(t)
	cp.CreateNamespace(t, "openhands")
	s := shell{dir: t.TempDir(), env: append(os.Environ(), "KUBECONFIG="+cp.Kubeconfig, "PATH="+programs(t,
		root)+":"+os.Getenv("PATH"))}
	require.NoError(t, os.CopyFS(filepath.Join(s.dir, "base"), os.DirFS(filepath.Join(root, "base"))))
	require.NoError(t, os.WriteFile(filepath.Join(s.dir, "crd.yaml"), []byte(externalSecrets), 0o644))
	s.run(t, "kubectl apply -f crd.yaml && kubectl wait --for=condition=established "+
		"crd/externalsecrets.external-secrets.io")
	s.run(t, "kustomize build base | kubectl apply -f -")

	ran := 0
	for _, command := range commandsOf(t, filepath.Join(root, "docs/migration.md")) {
		if needsNode.MatchString(command) {
			s.reachesTheServer(t, command)
			continue
		}
		if strings.HasPrefix(command, "git ") {
			continue
		}
		if strings.HasPrefix(command, "kubectl delete namespace") {
			command += " --wait=false" // nothing here finalizes it
		}
		s.run(t, command)
		ran++
		if strings.HasPrefix(command, "kubectl apply -f on.yaml") {
			require.Contains(t, s.run(t, "kubectl -n openhands get deployment openhands -o yaml"), "dind-daemon")
		}
	}
	require.Greater(t, ran, 20)
	require.NotContains(t, s.run(t, "kubectl -n openhands get deployment openhands -o yaml"), "dind-daemon")
	require.Empty(t, s.run(t, "kubectl -n openhands get cronjob,serviceaccount,role,rolebinding -l "+
		"app.kubernetes.io/managed-by=dindify -o name"))
	require.Contains(t, s.run(t, "kubectl -n openhands get cronjob docker-cleanup -o yaml"), "/var/run/docker.sock",
		"the application's own CronJob stays")
}

// commandsOf returns the lines of the section for OpenHands in its shell blocks, and after a prompt.
func commandsOf(t *testing.T, page string) (all []string) {
	t.Helper()
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	_, section, found := strings.Cut(string(text), "\n## OpenHands\n")
	require.True(t, found)
	section, _, _ = strings.Cut(section, "\n## ")
	for _, block := range regexp.MustCompile("(?s)```(sh|console)\n(.*?)```").FindAllStringSubmatch(section, -1) {
		for line := range strings.Lines(block[2]) {
			command := strings.TrimSpace(line)
			if block[1] == "console" {
				var typed bool
				if command, typed = strings.CutPrefix(command, "$ "); !typed {
					continue
				}
				command += "\ntrue" // an audit exits 1; TestTranscriptsAreWhatTheCommandsPrint compares the output
			}
			all = append(all, command)
		}
	}
	return all
}

// programs creates a folder with dindify, kustomize and kubectl.
func programs(t *testing.T, root string) string {
	t.Helper()
	dir := t.TempDir()
	for name, args := range map[string][]string{
		"dindify":   {"build", "-o", filepath.Join(dir, "dindify"), "./fn/dindify"},
		"kustomize": {"build", "-C", "tools", "-o", filepath.Join(dir, "kustomize"), "sigs.k8s.io/kustomize/kustomize/v5"},
	} {
		cmd := exec.CommandContext(t.Context(), "go", args...)
		cmd.Dir = root
		out, err := cmd.CombinedOutput()
		require.NoErrorf(t, err, "%s: %s", name, out)
	}
	kubectl, err := binaries.Kubernetes(t.Context(), "kubectl")
	require.NoError(t, err)
	require.NoError(t, os.Symlink(kubectl, filepath.Join(dir, "kubectl")))
	return dir
}

// shell runs commands in one folder.
type shell struct {
	dir string
	env []string
}

// reachesTheServer makes kubectl parse a command that needs a node; fn/plugin tests those of dindify's plugin.
func (s shell) reachesTheServer(t *testing.T, command string) {
	t.Helper()
	if !strings.HasPrefix(command, "kubectl ") || strings.HasPrefix(command, "kubectl dindify ") {
		return
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	cmd := exec.CommandContext(ctx, "bash", "-c", shortly.Replace(command))
	cmd.Dir, cmd.Env = s.dir, s.env
	said, err := cmd.CombinedOutput()
	require.Error(t, err, "%s: there is no node", command)
	require.NoError(t, ctx.Err(), command)
	require.NotRegexp(t, misunderstood, string(said), command)
	require.Regexp(t, `timed out|NotFound|not found|no pods|exceeded`, string(said), command)
}

func (s shell) run(t *testing.T, command string) string {
	t.Helper()
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), "bash", "-c", command)
	cmd.Dir, cmd.Env = s.dir, s.env
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	require.NoErrorf(t, err, "%s\n%s%s", command, out, &said)
	return string(out)
}
