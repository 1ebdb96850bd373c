// Package kpt tests the package in examples/kpt with the real kpt: rendered as by a user, with the function as a
// program and as a container.
package kpt

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/tests/docker/debian"
	"github.com/boxp/dindify/tests/docker/engine"
	"github.com/boxp/dindify/tests/docker/objects"
	"github.com/boxp/dindify/tests/docker/product"
)

// host is kpt with one form of the function.
type host struct {
	kpt string
	bin string // directory of dindify, as built for this test
	env []string
	// mutator is the function in the Kptfile, fn the flags that name it to kpt fn eval.
	mutator string
	fn      []string
}

func TestProgram(t *testing.T) { check(t, program(t)) }

// program is kpt with dindify on the PATH.
func program(t *testing.T) host {
	t.Helper()
	kpt, bin := find(t), product.Bin(t)
	env := append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"))
	return host{kpt, bin, env, "exec: dindify", []string{"--exec", "dindify"}}
}

func TestContainer(t *testing.T) {
	kpt, bin := find(t), product.Bin(t)
	docker := engine.Start(t)
	product.BuildImage(t, docker)
	// Two names of the same variable: kpt renamed it after 1.0.0-beta.56.
	env := append(docker.Env(), "KPT_FN_RUNTIME=docker", "KRM_FN_RUNTIME=docker")
	h := host{kpt, bin, env, "image: " + product.Image, []string{"--image", product.Image}}
	check(t, h)

	t.Run("documents itself", func(t *testing.T) {
		out, err := h.run(t.TempDir(), "fn", "doc", "--image", product.Image)
		require.NoError(t, err, "%s", out)
		assert.Contains(t, out, "functionConfig")
	})
}

func check(t *testing.T, h host) {
	t.Run("the example", func(t *testing.T) { example(t, h) })
	t.Run("twice", func(t *testing.T) { twice(t, h) })
	t.Run("off and on again", func(t *testing.T) { toggle(t, h) })
	t.Run("a ConfigMap", func(t *testing.T) { configMap(t, h) })
	t.Run("a failure", func(t *testing.T) { failure(t, h) })
}

// find returns the installed kpt. Neither the Go module proxy (its module needs a replaced one) nor Debian has it, so
// the test cannot install it.
func find(t *testing.T) string {
	t.Helper()
	debian.Install(t, map[string]string{"git": "git"})
	kpt, err := exec.LookPath("kpt")
	if err != nil {
		t.Skip("kpt is missing, and no package manager here has it: see https://kpt.dev/installation")
	}
	version, err := exec.Command(kpt, "version").Output()
	require.NoError(t, err)
	t.Logf("kpt %s", version)
	return kpt
}

// example checks that the rendered package matches its own .expected, and has the same objects as dindify by hand.
func example(t *testing.T, h host) {
	p := newPackage(t, h)
	results := filepath.Join(t.TempDir(), "results")
	require.NotContains(t, p.render("--results-dir", results), "[error]")
	text, err := os.ReadFile(filepath.Join(results, "results.yaml"))
	require.NoError(t, err)
	assert.Contains(t, string(text), "id: daemon-added")

	p.git("add", "--all")
	p.matches(p.git("diff", "--cached"))

	convert := exec.Command(filepath.Join(h.bin, "dindify"), "convert", "--config", "dindify.yaml", ".")
	convert.Dir = newPackage(t, h).dir
	byHand, err := convert.Output()
	require.NoError(t, err)
	rendered := objects.Parse(t, p.text())
	const config = "dindify.dev/v1alpha1 DinD <nil>/dindify"
	require.Contains(t, rendered.Names(), config, "kpt leaves the configuration in the package")
	delete(rendered, config) // by hand it is not an input
	objects.Equal(t, objects.Parse(t, string(byHand)), rendered)
}

func twice(t *testing.T, h host) {
	p := newPackage(t, h)
	p.render()
	p.commit("on")
	p.render()
	assert.Empty(t, p.git("status", "--porcelain"))
}

// toggle checks that, switched off, every file is restored, and that a second configuration gives the same as if it
// were the first.
func toggle(t *testing.T, h host) {
	p := newPackage(t, h)
	p.render()
	p.commit("on")
	p.configure("mode: DooD")
	p.render()
	p.git("add", "--all")
	assert.Empty(t, p.git("diff", "--cached", "first", "--", ".", ":!dindify.yaml"))

	const other = "client: {transport: TCP}\n  daemon: {startup: PostStart, name: engine}"
	p.configure(other)
	p.render()
	fresh := newPackage(t, h)
	fresh.configure(other)
	fresh.render()
	assert.Contains(t, p.text(), "tcp://localhost:2375")
	assert.Equal(t, fresh.text(), p.text())
}

// configMap checks that kpt fn eval uses the configuration of the command line.
func configMap(t *testing.T, h host) {
	typed := newPackage(t, h)
	typed.configure("daemon: {name: engine, mtu: 1400}")
	typed.render()
	given := newPackage(t, h)
	results := filepath.Join(t.TempDir(), "results")
	require.NoError(t, given.eval("--results-dir", results, "--", "mode=DinD", "daemon.name=engine", "daemon.mtu=1400"))
	assert.FileExists(t, filepath.Join(results, "results.yaml"))
	given.configure("daemon: {name: engine, mtu: 1400}") // eval ignores it
	assert.Equal(t, typed.text(), given.text())

	require.NoError(t, given.eval("--", "mode=DooD"))
	given.git("add", "--all")
	assert.Empty(t, given.git("diff", "--cached", "first", "--", ".", ":!dindify.yaml"))
}

// failure checks that kpt prints the reason, and that no file changes.
func failure(t *testing.T, h host) {
	p := newPackage(t, h)
	results := filepath.Join(t.TempDir(), "results")
	err := p.eval("--results-dir", results, "--", "daemon.imagee=docker:dind")
	require.ErrorContains(t, err, "daemon.imagee")
	text, readErr := os.ReadFile(filepath.Join(results, "results.yaml"))
	require.NoError(t, readErr)
	assert.Contains(t, string(text), "severity: error")
	assert.Empty(t, p.git("status", "--porcelain"))
}
