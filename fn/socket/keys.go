package socket

import "github.com/boxp/dindify/fn/pattern"

// What one line says of the paths in it.
var (
	// pathKey is a key of a volume, as YAML, JSON, TOML, HCL and Groovy write it, or as helm --set does: a.b[0].hostPath=.
	pathKey = pattern.Lazy(`(?:^|[\s{,(["'.])(hostPath\.path|hostPathVolume|hostPaths?|host_paths?|path)["']?\s*[:=]`)
	// mountKey is a key that names a path in a container.
	mountKey = pattern.Lazy(
		`(?:^|[\s{,(["'-])(mountPath|mount_path|containerPath|container_path|target|dst|destination)["']?\s*[:=]`)
	// sourceKey is a key of a bind mount in Compose's long form, or of docker run --mount.
	sourceKey = pattern.Lazy(`(?:^|[\s{,(["'-])(source|src|device)["']?\s*[:=]`)
	// block is HCL's form of a key with a mapping: host_path {.
	block = pattern.Lazy(`(?:^|\s)host_?[pP]ath\s*\{\s*$`)
	// jsonPatch is the path of a JSON patch that ends at a hostPath, parameter the name of a chart's parameter that does:
	// Argo CD's helm.parameters, Terraform's set.
	jsonPatch = pattern.Lazy(`["']?path["']?\s*:\s*["']?/[^\s"',]*/hostPath(?:/path)?(?:["',}\s]|$)`)
	parameter = pattern.Lazy(`(?:^|[\s{,])["']?name["']?\s*[:=]\s*["']?[^\s"',}]*\.hostPath(?:\.path)?(?:["',}\s]|$)`)
	valueKey  = pattern.Lazy(`(?:^|[\s{,(-])["']?value["']?\s*[:=]`)
	newItem   = pattern.Lazy(`^\s*(?:[-{}]|set\b)`)
	// element is a line that is nothing but a path in a list.
	element = pattern.Lazy(`^\s*(?:-\s+)?["']?[/\\][^:=]*$`)
	// fallback is a variable with a value for where it is not set, as shells and Compose write it.
	fallback = pattern.Lazy(`\$\{[A-Za-z_]\w*:?[-=]([^}]*)\}`)
	// hostPathSection is a section of GitLab Runner's TOML; its host_path is that of mount_path where it is left out
	// (docs.gitlab.com/runner/executors/kubernetes, "host_path volume").
	hostPathSection = pattern.Lazy(`^\s*\[\[runners\.kubernetes\.volumes\.host_path\]\]`)
	tomlMount       = pattern.Lazy(`^\s*mount_path\s*=\s*["']([^"']+)["']`)
)
