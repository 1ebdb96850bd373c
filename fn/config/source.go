package config

import _ "embed" // for Sources

// The files with the types of the functionConfig.
var (
	//go:embed config.go
	configSource string
	//go:embed daemon.go
	daemonSource string
	//go:embed client.go
	clientSource string
	//go:embed pod.go
	podSource string
	//go:embed cleanup.go
	cleanupSource string
)

// Sources returns the source text of the types. Their comments are the only documentation of the fields, from which
// docs and schema are generated.
func Sources() []string {
	return []string{configSource, daemonSource, clientSource, podSource, cleanupSource}
}
