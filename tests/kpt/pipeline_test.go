package kpt

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// others are other functions, before and after dindify in a pipeline: one sets the tag of an image, one labels each
// pod template of the application and increases the daemon's memory.
var others = map[string]string{
	"set-tag": `exec sed -e 's,all-hands-ai/openhands:[0-9.]*,all-hands-ai/openhands:1.2,'`,
	"set-label": `exec sed -e '/^ *team: a$/d' -e 's,^\( *\)app: openhands$,&\n\1team: a,' ` +
		`-e 's,memory: 4Gi,memory: 6Gi,'`,
}

// around adds them before and after dindify in the package's pipeline.
func around(t *testing.T, p *pkg) {
	t.Helper()
	bin := t.TempDir()
	for name, script := range others {
		require.NoError(t, os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\n"+script+"\n"), 0o755))
	}
	p.env = append(p.env, "PATH="+bin+":"+p.bin+":"+os.Getenv("PATH"))
	p.edit("Kptfile", regexp.MustCompile(`(?s)    - (exec|image): .*`), "    - exec: set-tag\n    - "+p.mutator+
		"\n      configPath: dindify.yaml\n    - exec: set-label\n")
	p.commit("functions around dindify")
}

// TestOtherFunctions: ten renders with functions before and after give the same text; switched off, the package is the
// same as with those functions and without dindify.
func TestOtherFunctions(t *testing.T) {
	h := program(t)
	p := newPackage(t, h)
	around(t, p)
	p.configure("mode: DooD")
	p.render()
	off := p.text()
	require.Contains(t, off, "team: a")
	require.Contains(t, off, "openhands:1.2")
	p.configure("daemon: {resources: {limits: {memory: 4Gi}}}")
	p.render()
	first := p.text()
	require.Contains(t, first, "name: dind-daemon")
	require.Contains(t, first, "memory: 6Gi")
	for range 9 {
		p.render()
		require.Equal(t, first, p.text())
	}
	p.configure("mode: DooD")
	p.render()
	assert.Equal(t, off, p.text())
}

// TestUpdate: kpt pkg update of a rendered package and a render keep the daemon and the rewritten job, and apply the
// changes of upstream. The steps of docs/hosts.md, which revert the conversion first, do the same.
func TestUpdate(t *testing.T) {
	h := program(t)
	for name, back := range map[string]bool{"as it is": false, "taken back before": true} {
		t.Run(name, func(t *testing.T) {
			upstream := newPackage(t, h)
			p := &pkg{h, t, filepath.Join(t.TempDir(), "openhands")}
			out, err := h.run(filepath.Dir(p.dir), "pkg", "get", "file://"+upstream.dir+"/.git@"+upstream.branch(),
				"openhands")
			require.NoError(t, err, out)
			p.git("init", "--quiet")
			p.commit("fetched")
			p.render()
			p.commit("on")

			upstream.edit("deployment.yaml", regexp.MustCompile(`/openhands:[0-9.]+`), "/openhands:9.9")
			upstream.commit("a new version")
			if back {
				require.NoError(t, p.eval("--", "mode=DooD"))
				p.commit("off")
			}
			out, err = h.run(p.dir, "pkg", "update")
			require.NoError(t, err, out)
			p.commit("updated")
			p.render()

			text := p.text()
			assert.Contains(t, text, "all-hands-ai/openhands:9.9")
			assert.Equal(t, 1, strings.Count(text, "- name: dind-daemon\n"))
			assert.Contains(t, text, "deployment/openhands", "the job is rewritten")
			assert.NotContains(t, text, "hostPath: {}")
			audit := exec.Command(filepath.Join(h.bin, "dindify"), "audit", p.dir)
			said, err := audit.CombinedOutput()
			assert.NoError(t, err, "%s", said)
			once := p.text()
			p.render()
			assert.Equal(t, once, p.text())
		})
	}
}

// branch returns the current branch of the repository.
func (p *pkg) branch() string { return strings.TrimSpace(p.git("branch", "--show-current")) }
