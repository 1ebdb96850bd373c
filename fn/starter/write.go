package starter

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/atomicfile"
	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/diff"
	"github.com/boxp/dindify/fn/pattern"
)

// File is a file to write.
type File struct{ Name, Text string }

const schemaURL = "https://raw.githubusercontent.com/boxp/dindify/main/docs/functionconfig.schema.json"

const component = `# The switch is the line "- dindify" under components of the kustomization above.
# A component, so that the labels, images and patches of the kustomization above reach what dindify adds.
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
transformers:
- dindify.yaml
- fail-closed.yaml
`

const withNames = `configurations:
- names.yaml
`

// names is for every kind that kubectl exec supports. The slash in the path is escaped for kustomize.
const names = `# The CronJob that cleans up names its workload in an annotation, and a Role does too. With this, prefixes and suffixes of this
# kustomization and of others around it reach both.
nameReference:
- kind: Deployment
  fieldSpecs: &fields
  - kind: CronJob
    path: spec/jobTemplate/spec/template/metadata/annotations/dindify.dev\/target
  - kind: Role
    path: rules/resourceNames
- kind: StatefulSet
  fieldSpecs: *fields
- kind: DaemonSet
  fieldSpecs: *fields
- kind: ReplicaSet
  fieldSpecs: *fields
- kind: ReplicationController
  fieldSpecs: *fields
`

// failClosed is also in the folders of the examples; tests/kustomize compares them.
const failClosed = `# dindify adds an object of kind DinDRan, and this deletes it. Where kustomize skips dindify, there is nothing to delete, and
# the build fails with the name below: kustomize would print the unconverted application otherwise.
apiVersion: builtin
kind: PatchTransformer
metadata:
  name: dindify-ran
patch: |
  $patch: delete
  apiVersion: dindify.dev/v1alpha1
  kind: DinDRan
  metadata:
    name: "dindify did not run: build with --enable-alpha-plugins --enable-exec"
`

const followNames = `    ` + config.FollowNamesAnnotation + `: "true" # see names.yaml
`

const asFunction = `    dindify.dev/marker: "true" # see fail-closed.yaml
    # The program on the PATH. With the container instead, write below the bar:
    #   container:
    #     image: ghcr.io/boxp/dindify:v0.1.0
    config.kubernetes.io/function: |
      exec:
        path: dindify
`

const asFile = `    config.kubernetes.io/local-config: "true" # not for the cluster
`

// Files returns the files of the plan.
func (p *Plan) Files() []File {
	if p.Kind != Kustomization {
		return append(p.pluginFiles(), File{p.file(), p.config(asFile)})
	}
	in := func(name, text string) File { return File{filepath.Join(p.Out, "dindify", name), text} }
	if len(p.Rewrote) == 0 { // no CronJob names a workload in its command
		return []File{
			in("kustomization.yaml", component), in("dindify.yaml", p.config(asFunction)), in("fail-closed.yaml", failClosed),
		}
	}
	return []File{
		in("kustomization.yaml", component+withNames), in("dindify.yaml", p.config(followNames+asFunction)),
		in("fail-closed.yaml", failClosed), in("names.yaml", names),
	}
}

// file is where the configuration goes that is no component. Of plain manifests it is a folder of its own, since
// `kubectl apply -f` takes each file beside them for an object of the cluster. One that stands beside them stays there.
func (p *Plan) file() string {
	const name = "dindify.yaml"
	beside, folder := filepath.Join(p.Out, name), filepath.Join(p.Out, "dindify")
	info, err := os.Stat(folder)
	isTaken := err == nil && !info.IsDir() // by the program
	if p.Kind != Manifests || isTaken || isFunctionConfig(beside) {
		return beside
	}
	return filepath.Join(folder, name)
}

func isFunctionConfig(file string) bool {
	text, err := os.ReadFile(file)
	return err == nil && kindOf(string(text)) == config.Kind
}

func (p *Plan) config(annotations string) string {
	var out strings.Builder
	fmt.Fprintf(&out, "# yaml-language-server: $schema=%s\napiVersion: dindify.dev/v1alpha1\nkind: DinD\nmetadata:\n  "+
		"name: %s\n  annotations:\n%sspec:\n",
		schemaURL, p.name(), annotations)
	for _, c := range p.choices {
		for _, line := range c.lines {
			out.WriteString("  " + line + "\n")
		}
	}
	return out.String()
}

var (
	unfit = pattern.Lazy(`[^a-z0-9-]+`)
	word  = pattern.Lazy(`^[a-z]`)
)

// name returns the folder's name as a valid object name that YAML reads as a string.
func (p *Plan) name() string {
	dir, err := filepath.Abs(p.Out)
	if err != nil {
		dir = p.Out
	}
	name := strings.Trim(unfit().ReplaceAllString(strings.ToLower(filepath.Base(dir)), "-"), "-")
	switch {
	case name == "":
		return "dindify"
	case !word().MatchString(name), slices.Contains([]string{"true", "false", "null", "yes", "no", "on", "off", "y", "n"},
		name):
		return "dindify-" + name
	}
	return name
}

// Differences returns the files that do not exist yet, or have another text. It fails if the plan would replace a file
// that is not of its own, or write outside of the output folder.
func (p *Plan) Differences() ([]diff.File, error) {
	var all []diff.File
	for _, f := range p.Files() {
		old, err := p.existing(f)
		if err != nil {
			return nil, err
		}
		all = append(all, diff.File{Name: f.Name, Before: old, After: f.Text})
	}
	return diff.Changed(all), nil
}

// Write writes files, each completely or not at all.
func Write(files []diff.File) error {
	var changes []atomicfile.Change
	for _, f := range files {
		if f.Before != "" {
			changes = append(changes, atomicfile.Change{Name: f.Name, Old: f.Before, New: f.After})
			continue
		}
		if err := os.MkdirAll(filepath.Dir(f.Name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(f.Name, []byte(f.After), 0o644); err != nil {
			return err
		}
	}
	if len(changes) == 0 {
		return nil
	}
	return atomicfile.Replace(changes)
}
