#!/usr/bin/env bash
# Prints Krew's manifest for a release, from the sums of its archives: packaging/krew.sh v0.1.0 dist/SHA256SUMS
set -euo pipefail
version=$1 sums=$2
[[ $version =~ ^v[0-9]+\.[0-9]+\.[0-9]+$ ]] || { echo "krew.sh: $version is no version" >&2; exit 1; }
cat <<END
apiVersion: krew.googlecontainertools.github.com/v1alpha2
kind: Plugin
metadata:
  name: dindify
spec:
  version: $version
  homepage: https://github.com/boxp/dindify
  shortDescription: Give Docker clients a daemon, and verify it
  description: |
    Moves workloads from the node's Docker socket to a Docker-in-Docker sidecar, and back.
    "kubectl dindify verify" looks at such workloads in a cluster, converted or written by
    hand, and says check by check what it saw: whether the client reaches its own daemon,
    whether the daemon is closed to everybody else, whether volumes and clean-up work.
  caveats: |
    verify runs commands in pods (create pods/exec). Exec into a privileged container is
    root on the node. "kubectl dindify verify --list" prints the rights of each check.
  platforms:
END
platforms=0
while read -r sum archive; do
  name=${archive#\*}
  [[ $name =~ ^dindify_${version}_([a-z]+)_([a-z0-9]+)\.tar\.gz$ ]] || continue
  platforms=$((platforms + 1))
  cat <<END
  - selector:
      matchLabels:
        os: ${BASH_REMATCH[1]}
        arch: ${BASH_REMATCH[2]}
    uri: https://github.com/boxp/dindify/releases/download/$version/$name
    sha256: $sum
    bin: kubectl-dindify
    files:
    - from: kubectl-dindify
      to: .
    - from: LICENSE
      to: .
END
done < "$sums"
[ "$platforms" -gt 0 ] || { echo "krew.sh: no archive of $version in $sums" >&2; exit 1; }
