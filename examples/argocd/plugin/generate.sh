#!/usr/bin/env bash
# Argo CD runs this in the application's directory. What it prints is deployed; on failure, what it says on stderr is
# what the Application shows.
set -euo pipefail
shopt -s inherit_errexit

readonly default_config=dindify.yaml

fail() {
  echo "dindify: $*" >&2
  exit 1
}

# settings prints the parameter "settings" as JSON; {} where it is not given.
settings() {
  jq --compact-output '[.[]? | select(.name == "settings").map // {}] | add // {}' <<<"${ARGOCD_APP_PARAMETERS:-null}"
}

# inside prints the path if it stays in the application's directory: others' files in this sidecar are not its own.
inside() {
  local path
  path=$(realpath --canonicalize-existing -- "$1" 2>/dev/null) || fail "parameter config: $1: no such file in the application's directory"
  [[ $path == "$(pwd -P)"/* ]] || fail "parameter config: $1 is outside the application's directory"
  echo "$path"
}

# arguments prints the flags that hand dindify its configuration: settings, or a file, or neither, which leaves it to the
# kustomization.
arguments() {
  local settings=$1 config=${PARAM_CONFIG:-}
  if [[ $settings != "{}" ]]; then
    [[ -z $config ]] || fail "parameters config and settings: give one of them"
    jq --argjson data "$settings" --null-input \
      '{apiVersion: "v1", kind: "ConfigMap", metadata: {name: "dindify"}, data: $data}' >"$workspace/config.json"
    echo "--config=$workspace/config.json"
  elif [[ -n $config || -f $default_config ]]; then
    config=$(inside "${config:-$default_config}")
    echo "--config=$config"
  fi
}

workspace=$(mktemp --directory)
trap 'rm -rf "$workspace"' EXIT
given=$(settings)
flags=$(arguments "$given")

# An empty answer would be an empty application, whose objects Argo CD deletes where it prunes: dindify build refuses it.
dindify build ${flags:+"$flags"} .
