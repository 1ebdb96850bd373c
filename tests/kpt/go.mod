// examples/kpt, rendered by the real kpt.
module github.com/boxp/dindify/tests/kpt

go 1.26.0

require (
	github.com/boxp/dindify/tests/docker v0.0.0
	github.com/stretchr/testify v1.12.1
)

require go.yaml.in/yaml/v3 v3.0.5 // indirect

replace github.com/boxp/dindify/tests/docker => ../docker
