package config

import _ "embed" // for Source

//go:embed config.go
var source string

//go:embed config_client.go
var sourceOfClient string

// Sources returns the source text of the types. Their comments are the only documentation of the fields, from which
// docs and schema are generated.
func Sources() []string { return []string{source, sourceOfClient} }
