#!/usr/bin/env bash
# Prints Homebrew's formula for a release: packaging/formula.sh v0.1.0 SHA256-OF-THE-SOURCE-ARCHIVE
set -euo pipefail
version=$1 sum=$2
[[ $version =~ ^v[0-9]+\.[0-9]+\.[0-9]+$ ]] || { echo "formula.sh: $version is no version" >&2; exit 1; }
[[ $sum =~ ^[0-9a-f]{64}$ ]] || { echo "formula.sh: $sum is no SHA-256" >&2; exit 1; }
url=https://github.com/boxp/dindify/archive/refs/tags/$version.tar.gz
sed -e '1,2d' -e "s|^  # release: url and sha256\$|  url \"$url\"\n  sha256 \"$sum\"|" "$(dirname "$0")/../Formula/dindify.rb"
