package config

import _ "embed" // for Source

//go:embed config.go
var source string

//go:embed config_client.go
var sourceOfClient string

// Sources are the texts of the types: their comments are the only place that says what the fields mean.
func Sources() []string { return []string{source, sourceOfClient} }
