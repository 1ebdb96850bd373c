package socket

import "github.com/boxp/dindify/fn/pattern"

// Keys and values of one line that decide the role of its paths.
var (
	// pathKey matches the key of a volume's path in YAML, JSON, TOML, HCL and Groovy, and in helm --set:
	// a.b[0].hostPath=.
	pathKey = pattern.Lazy(`(?:^|[\s{,(["'.])(hostPath\.path|hostPathVolume|hostPaths?|host_paths?|path)["']?\s*[:=]`)
	// mountKey matches a key for a path in a container.
	mountKey = pattern.Lazy(
		`(?:^|[\s{,(["'-])(mountPath|mount_path|containerPath|container_path|target|dst|destination)["']?\s*[:=]`)
	// sourceKey matches the source key of a bind mount in Compose's long form, or of docker run --mount.
	sourceKey = pattern.Lazy(`(?:^|[\s{,(["'-])(source|src|device)["']?\s*[:=]`)
	// block matches HCL's form of a key with a mapping: host_path {.
	block = pattern.Lazy(`(?:^|\s)host_?[pP]ath\s*\{\s*$`)
	// jsonPatch matches the path of a JSON patch that ends in a hostPath; parameter matches the name of a chart
	// parameter that does: Argo CD's helm.parameters, Terraform's set.
	jsonPatch = pattern.Lazy(`["']?path["']?\s*:\s*["']?/[^\s"',]*/hostPath(?:/path)?(?:["',}\s]|$)`)
	parameter = pattern.Lazy(`(?:^|[\s{,])["']?name["']?\s*[:=]\s*["']?[^\s"',}]*\.hostPath(?:\.path)?(?:["',}\s]|$)`)
	valueKey  = pattern.Lazy(`(?:^|[\s{,(-])["']?value["']?\s*[:=]`)
	newItem   = pattern.Lazy(`^\s*(?:[-{}]|set\b)`)
	// element matches a line that has only a path in a list.
	element = pattern.Lazy(`^\s*(?:-\s+)?["']?[/\\][^:=]*$`)
	// fallback matches a variable with a default value, in the syntax of shells and Compose.
	fallback = pattern.Lazy(`\$\{[A-Za-z_]\w*:?[-=]([^}]*)\}`)
	// hostPathSection matches a section of GitLab Runner's TOML; without host_path, mount_path is also the path on the
	// node (docs.gitlab.com/runner/executors/kubernetes, "host_path volume").
	hostPathSection = pattern.Lazy(`^\s*\[\[runners\.kubernetes\.volumes\.host_path\]\]`)
	tomlMount       = pattern.Lazy(`^\s*mount_path\s*=\s*["']([^"']+)["']`)
)
