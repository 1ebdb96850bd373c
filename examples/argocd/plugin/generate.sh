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

# wrong prints what is wrong with the parameters, a line each. An application that is deployed unconverted because of a
# misspelled parameter would look fine in Argo CD.
wrong() {
  jq --raw-output '
    def type_of: {config: "string", settings: "map"}[.];
    def json_of: {string: "string", map: "object"}[.];
    def given: to_entries | map(select(.key != "name" and .value != null).key);
    (. // [])
    | if type != "array" then error("ARGOCD_APP_PARAMETERS is not a list") else . end
    | (.[] | . as $p | ((.name | strings) // "") | type_of as $type
      | if $type == null then "parameter \($p.name) is not known: there are config (a string) and settings (a map)"
        elif ($p | given) != [$type] or ($p[$type] | type) != ($type | json_of) then "parameter \($p.name) must be a \($type)"
        else empty end),
      (map(.name) | group_by(.)[] | select(length > 1) | "parameter \(.[0]) is given \(length) times")
  ' <<<"${ARGOCD_APP_PARAMETERS:-null}"
}

# parameter prints the value of a parameter; nothing where it is not given. An empty config is the default file, which
# must exist then: an empty value in a template must not be the unconverted application.
parameter() {
  jq --compact-output --raw-output --arg name "$1" --arg default "$default_config" '
    .[]? | select(.name == $name) | .string // .map | if . == "" then $default else . end
  ' <<<"${ARGOCD_APP_PARAMETERS:-null}"
}

# inside prints the path if it stays in the application's directory: others' files in this sidecar are not its own.
inside() {
  local path
  path=$(realpath --canonicalize-existing -- "$1" 2>/dev/null) || fail "parameter config: $1: no such file in the application's directory"
  [[ $path == "$(pwd -P)"/* ]] || fail "parameter config: $1 is outside the application's directory"
  echo "$path"
}

# arguments prints the flag that hands dindify its configuration: settings, or a file, or neither, which leaves it to the
# kustomization.
arguments() {
  local settings=$1 config=$2
  if [[ -n $settings ]]; then
    [[ -z $config ]] || fail "parameters config and settings: give one of them"
    jq --argjson data "$settings" --null-input \
      '{apiVersion: "v1", kind: "ConfigMap", metadata: {name: "dindify"}, data: $data}' >"$workspace/config.json"
    echo "--config=$workspace/config.json"
  elif [[ -n $config || -e $default_config || -L $default_config ]]; then
    config=$(inside "${config:-$default_config}")
    echo "--config=$config"
  fi
}

workspace=$(mktemp --directory)
trap 'rm -rf "$workspace"' EXIT
problems=$(wrong) || fail "ARGOCD_APP_PARAMETERS cannot be read"
[[ -z $problems ]] || fail "$problems"
settings=$(parameter settings)
config=$(parameter config)
flags=$(arguments "$settings" "$config")

# An empty answer would be an empty application, whose objects Argo CD deletes where it prunes: dindify build refuses it.
dindify build ${flags:+"$flags"} .
