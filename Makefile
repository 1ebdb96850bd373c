# make render prints the OpenHands overlay, make test runs every test that needs nothing but Go.
OVERLAY ?= dind-unix
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo devel)
FUZZTIME ?= 20s
LAWS ?= 1m
MUTANTS ?= 200
export CGO_ENABLED = 0

.PHONY: render
render: bin/dindify bin/kustomize ## print an overlay as the real kustomize builds it: make render OVERLAY=dind
	@PATH="$(CURDIR)/bin:$$PATH" kustomize build --enable-alpha-plugins --enable-exec overlays/$(OVERLAY)

.PHONY: test
test: ## run the tests
	@go list -deps -test ./... >/dev/null 2>&1 || true
	go test -timeout 60m ./...

.PHONY: race
race: ## run what works on every core under the race detector; needs a C compiler
	CGO_ENABLED=1 go test -race ./fn/parallel ./fn/report ./fn/stream ./fn/convert
	CGO_ENABLED=1 go test -race -run 'TestCases|TestEveryNumberOfCores' ./tests

.PHONY: lint
lint: bin/gofumpt bin/golangci-lint ## check the format and vet
	@test -z "$$(bin/gofumpt -l fn docs tests/*.go tests/corpus tests/peers tests/bench tests/laws tests/generate tests/pairwise tests/kustomize tests/inplace | tee -a /dev/stderr)"
	go vet ./...
	bin/golangci-lint run ./...

.PHONY: vuln
vuln: bin/govulncheck ## look for known vulnerabilities in what is compiled in; asks vuln.go.dev
	bin/govulncheck ./...

.PHONY: fuzz
fuzz: ## run every fuzz target for FUZZTIME
	@for folder in ./tests ./fn/yamldoc/fast; do for target in $$(go test -list '^Fuzz' $$folder | grep ^Fuzz); do \
	  go test $$folder -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) || exit 1; done; done

.PHONY: laws
laws: ## hold dindify against its laws on generated manifests: make laws LAWS=50000, or LAWS=10m
	go test -count=1 -timeout 0 ./tests/generate -run TestLaws -laws $(LAWS) -v

.PHONY: corpus
corpus: ## fetch the public manifests that tests/corpus holds dindify against
	go run ./tests/corpus/fetch

.PHONY: mutants
mutants: ## change the code in MUTANTS places, one at a time, and list the changes that no test notices
	go build -C tools/mutants -o ../../bin/mutants .
	bin/mutants -n $(MUTANTS)

.PHONY: e2e
e2e: e2e-kustomize e2e-kpt e2e-helm e2e-docker e2e-argocd e2e-hosts e2e-helmfile e2e-peers e2e-cluster ## run the tests against every host; they need root and install what they need

.PHONY: e2e-kustomize
e2e-kustomize:
	go test -count=1 ./tests/kustomize

.PHONY: e2e-kpt e2e-helm e2e-docker e2e-argocd e2e-hosts e2e-helmfile
e2e-kpt e2e-helm e2e-docker e2e-argocd e2e-hosts e2e-helmfile: e2e-%:
	CGO_ENABLED=1 go test -C tests/$* -count=1 -timeout 20m ./...

.PHONY: e2e-peers
e2e-peers: ## measure audit beside other checks, and hold its SARIF against the schema
	go test -C tests/peers -count=1 -timeout 20m ./...

.PHONY: e2e-cluster
e2e-cluster: ## run converted applications on a real Kubernetes node; as root, most of an hour the first time
	go test -C tests/cluster -count=1 -p 2 -v -timeout 120m -skip TestNothingIsLeft ./...
	go test -C tests/cluster -count=1 -v -timeout 20m ./interrupt # it compares the machine before and after

.PHONY: e2e-cluster-old
e2e-cluster-old: ## the same with the parts of a cluster of 2024
	DINDIFY_PARTS=old $(MAKE) e2e-cluster

.PHONY: e2e-cluster-engine29
e2e-cluster-engine29: ## the same applications with the engine of Docker 29
	DINDIFY_PARTS=engine29 go test -C tests/cluster -count=1 -v -timeout 120m ./checks -run TestTable

.PHONY: cluster-tables
cluster-tables: ## run both, and write the tables of docs/cluster.md
	DINDIFY_WRITE=1 $(MAKE) e2e-cluster e2e-cluster-old

.PHONY: bench
bench: ## measure dindify beside others as whole processes, and write the figures into docs/performance.md
	go run -C tests/bench . -write docs/performance.md

.PHONY: hostile
hostile: ## what the worst inputs of a megabyte cost, in time and in steps
	go test ./tests/hostile -run '^$$' -bench . -benchtime 1x
	go test -tags steps ./tests/hostile

.PHONY: docs
docs: bin/dindify ## write what is generated from the code
	go run ./docs/gen docs
	bin/dindify diagram -c overlays/dind-unix/dindify/dindify.yaml base > docs/openhands.svg
	bin/dindify diagram -c examples/kustomize/dindify/dindify.yaml examples/kustomize > docs/buildkite-agent.svg

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' Makefile

.PHONY: bin/dindify
bin/dindify:
	@go list -deps ./fn/dindify >/dev/null 2>&1 || true # downloads without a line for each module; go build says what fails
	@go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o $@ ./fn/dindify

bin/kustomize: tools/go.mod
	@go list -C tools -deps sigs.k8s.io/kustomize/kustomize/v5 >/dev/null 2>&1 || true
	@go build -C tools -o ../$@ sigs.k8s.io/kustomize/kustomize/v5

bin/gofumpt: tools/go.mod
	@go build -C tools -o ../$@ mvdan.cc/gofumpt

bin/govulncheck: tools/go.mod
	@go build -C tools -o ../$@ golang.org/x/vuln/cmd/govulncheck

bin/golangci-lint: tools/lint/go.mod
	@go build -C tools/lint -o ../../$@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint

bin/trivy: tools/trivy/go.mod ## most of an hour: it is 3,000 packages, and needs the experiment
	@GOEXPERIMENT=jsonv2 go build -C tools/trivy -o ../../$@ github.com/aquasecurity/trivy/cmd/trivy
