#!/usr/bin/env bash
# What action.yml runs: audits MANIFESTS into the file SARIF, writes what a conversion changes into COMMENT, and fails on
# findings where FAIL is true. A run that cannot be done fails in any case.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
manifests=$MANIFESTS
for name in kustomization.yaml kustomization.yml Kustomization; do
  if [[ -f $MANIFESTS/$name ]]; then
    manifests=$work/built.yaml
    dindify build -o "$manifests" "$MANIFESTS"
  fi
done

dindify audit --exit-zero -o sarif "$manifests" >"$SARIF"
findings=$(jq '[.runs[].results[]] | length' "$SARIF")
echo "findings=$findings" >>"${GITHUB_OUTPUT:-/dev/null}"
dindify audit --exit-zero "$manifests"

status=0 # diff exits 1 where there is a difference
dindify diff -o markdown ${CONFIG:+--config="$CONFIG"} "$manifests" >"$COMMENT" || status=$?
[[ $status -le 1 ]] || exit "$status"
cat "$COMMENT" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
readonly most=65000 # GitHub takes 65,536 characters in a comment
if [[ $(wc -c <"$COMMENT") -gt $most ]]; then
  head -c "$most" "$COMMENT" | sed '$d' >"$work/cut.md"
  printf "\`\`\`\n\n</details>\n\n**%s**\n" "The difference is too long for a comment: the rest is in the summary of the job." \
    >>"$work/cut.md"
  cp "$work/cut.md" "$COMMENT"
fi

if [[ $FAIL == true && $findings -gt 0 ]]; then
  echo "dindify: $findings ways to the node's container runtime" >&2
  exit 1
fi
