#!/usr/bin/env bash
# Builds the archives of a release: one for each platform, with every program of fn that has a main package, the
# completion for kubectl, the licence and SHA256SUMS.
#
#   packaging/archives.sh v0.1.0 dist linux/amd64 darwin/arm64
set -euo pipefail
version=$1 dist=$2
shift 2
export CGO_ENABLED=0

mkdir -p "$dist"
dist=$(cd "$dist" && pwd)
cd "$(dirname "$0")/.."
for platform in "$@"; do
  export GOOS=${platform%/*} GOARCH=${platform#*/}
  name=dindify_${version}_${GOOS}_${GOARCH}
  files=$(mktemp -d)
  for program in $(go list -f '{{if eq .Name "main"}}{{.ImportPath}}{{end}}' ./fn/...); do
    go build -trimpath -ldflags "-s -w -X main.version=$version" -o "$files/" "$program"
  done
  cp LICENSE packaging/kubectl_complete-dindify "$files"
  # Same sources, same bytes: no owner, no time.
  (cd "$files" && tar --owner=0 --group=0 --numeric-owner --mtime=@0 -cf - -- *) | gzip -n9 > "$dist/$name.tar.gz"
  rm -r "$files"
done
cd "$dist" && sha256sum -- *.tar.gz > SHA256SUMS
