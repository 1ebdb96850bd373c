package config

import _ "embed"

// Source is the text of the types: what the fields mean is said there, and nowhere else.
//
//go:embed config.go
var Source string
