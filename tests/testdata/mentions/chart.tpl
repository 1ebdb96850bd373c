{{/* one use, one mention: a Helm template is read by its lines. */}}
{{- define "volumes" }}
- name: sock
  hostPath:
    path: {{ .Values.socket | default "/var/run/docker.sock" }}
- name: other
  mountPath: /run/crio/crio.sock
{{- template "x" . }}
{{- end }}
