module github.com/boxp/dindify/tools/mutants

go 1.26.0
