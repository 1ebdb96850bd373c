package socket

import (
	"strings"

	"github.com/boxp/dindify/fn/pattern"
)

// Keys and values of one line that decide the role of its paths.
var (
	// pathKey matches the key of a volume's path in YAML, JSON, TOML, HCL, Groovy and XML, and in helm --set:
	// a.b[0].hostPath=.
	pathKey = pattern.Lazy(
		`(?:^|[\s{,(["'.<])(hostPath\.path|hostPathVolume|hostPaths?|host_paths?|` +
			`host_?[vV]olumes|HostDir|path)(?:["']?\s*[:=]|>)`)
	// pathCall matches a function of Jsonnet's libraries for Kubernetes that makes a volume from a path on the node.
	pathCall = pattern.Lazy(`\b(?:fromHostPath|withHostPath|hostVolumeMount)\(`)
	// mountKey matches a key for a path in a container.
	mountKey = pattern.Lazy(`(?:^|[\s{,(["'-])` + mountKeys)
	// otherKey matches one of those (group 1), the source key of a bind mount in Compose's long form, of docker run
	// --mount or of a task of Amazon ECS (group 2), or any other key.
	otherKey = pattern.Lazy(`(?:^|[\s{,(["'-])(?:` + mountKeys +
		`|(sourcePath|source|src|device)["']?\s*[:=]` +
		`|[A-Za-z_][\w-]*(?:["']\s*:|\s*[:=](?:\s|$)))`)
	// block matches HCL's form of a key with a mapping: host_path {.
	block = pattern.Lazy(`(?:^|[\s{])host_?[pP]ath\s*\{`)
	// jsonPatch matches the path of a JSON patch that ends in a hostPath; parameter matches the name of a chart
	// parameter that does: Argo CD's helm.parameters, Terraform's set.
	jsonPatch = pattern.Lazy(`["']?path["']?\s*:\s*["']?/[^\s"',]*/hostPath(?:/path)?(?:["',}\s]|$)`)
	parameter = pattern.Lazy(`(?:^|[\s{,])["']?name["']?\s*[:=]\s*["']?` +
		`(?:[^\s"',}]*\.)?hostPaths?(?:\.path)?(?:["',}\s]|$)`)
	valueKey = pattern.Lazy(`(?:^|[\s{,(-])["']?value["']?\s*[:=]`)
	newItem  = pattern.Lazy(`^\s*(?:[-{}]|set\b)`)
	// element matches a line that has only a path in a list, or the default of a template's expression above.
	element = pattern.Lazy(`^\s*(?:(?:-\s+)?["']?[/\\]|\|\s*default\b)[^:=]*$`)
	// fallback matches a variable with a default value, in the syntax of shells and Compose (group 1), and of templates
	// of Helm and Jinja (group 2).
	fallback = pattern.Lazy(`\$\{\w+:?[-=]([^}]*)\}|\{\{[^{}]*\bdefault[\s(]+["']([^"']*)["'][^{}]*\}\}`)
	// hostPathSection matches a section of GitLab Runner's TOML; without host_path, mount_path is also the path on the
	// node (docs.gitlab.com/runner/executors/kubernetes, "host_path volume").
	hostPathSection = pattern.Lazy(`^\s*\[\[runners\.kubernetes\.volumes\.host_path\]\]`)
	tomlMount       = pattern.Lazy(`^\s*mount_path\s*=\s*["']([^"']+)["']`)
)

// mountKeys matches the keys for paths in a container.
const mountKeys = `(mountPath|mount_path|containerPath|container_path|target|dst|destination)["']?\s*[:=]`

// telling lists strings of which every line with a mention, or the key above it, has at least one. Most texts have
// none.
var telling = []string{
	"sock", "/run", "ocker", "ontainerd", ":237", "ostPath", "ost_path", "ostpath", "IPE", "/:/",
	dockerHost,
}

// keys lists keys of a path that a telling word in a line above or below makes a path on the node.
var keys = []string{"value", "source", "src", "device"}

// calls lists strings of which every line with a pathCall has one.
var calls = []string{"ostPath(", "hostVolumeMount("}

// pathWords lists strings of which every line with a pathKey has one.
var pathWords = []string{"ath", "ost_volumes", "ostVolumes", "HostDir"}

// mountWords lists words of keys for paths in a container.
var mountWords = []string{"ath", "target", "dst", "destination"}

func contains(text string, words []string) bool {
	for _, word := range words {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}
