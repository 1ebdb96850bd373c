#!/usr/bin/env bash
# Argo CD asks every plugin whether it serves an application, and one that says yes is preferred to kustomize. So
# this one says yes (prints something) only for a kustomization that asked for it: by a dindify.yaml beside it, or by
# an Application that names a plugin, which is when Argo CD sets ARGOCD_APP_PARAMETERS.
set -euo pipefail

[[ -e dindify.yaml || -L dindify.yaml || -n ${ARGOCD_APP_PARAMETERS:-} ]] || exit 0
for file in kustomization.yaml kustomization.yml Kustomization; do
  if [[ -f $file ]]; then echo "$file"; fi
done
