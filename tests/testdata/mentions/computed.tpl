{{/* four uses, four mentions: values that a Helm template computes and mounts, or gives to others, and other values. */}}
{{- define "socket" -}}
{{- default "/var/run/docker.sock" .Values.socket -}}
{{- end -}}
{{- define "podman" -}}
/run/podman/podman.sock
{{- end -}}
{{- define "volumes" }}
{{- $sockets := dict "cri-o" "/run/crio/crio.sock" }}
{{- $unused := "/run/dockershim.sock" }}
{{- if eq .Values.runtime "/a/docker.sock" }}{{ fail "no /b/docker.sock" }}{{ end }}
- name: runtime
  hostPath:
    path: {{ get $sockets .Values.runtime | quote }}
- name: other
  hostPath:
    type: Socket
    path: {{ .Values.other }}
- {name: own, emptyDir: {}}
{{- end }}
{{- define "mounts" }}
- {name: other, mountPath: /run/containerd/containerd.sock}
- name: own
  mountPath: /c/docker.sock
{{- end }}
