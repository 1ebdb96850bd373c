package socket

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestScanTellsWhatATextMentions uses lines as they occur in public manifests, values files, scripts and Terraform.
func TestScanTellsWhatATextMentions(t *testing.T) {
	tests := map[string][]string{
		"hostPath: {path: /var/run/docker.sock}":             {"1 host path /var/run/docker.sock"},
		"hostPath:\n  path: /run\n":                          {"2 host path /run"},
		"hostPath:\n  type: Directory\n  path: /var/run/\n":  {"3 host path /var/run/"},
		"hostPath: /run/containerd/containerd.sock":          {"1 host path /run/containerd/containerd.sock"},
		"- {type: HostPath, hostPath: /var/run/docker.sock}": {"1 host path /var/run/docker.sock"},
		"{\"hostPath\":{\"path\":\"/\"}}":                    {"1 host path /"},
		"--set hostPath=/run --set s=/a/docker.sock": {
			"1 host path /run", "1 host path /a/docker.sock",
		},
		"SOCK=${1:-/var/run/docker.sock}":                                   {"1 plain /var/run/docker.sock"},
		"path: /healthz":                                                    nil,
		"path: /":                                                           nil,
		"path: /var/run":                                                    {"1 plain /var/run"},
		"mountPath: /var/run/docker.sock":                                   {"1 mount path /var/run/docker.sock"},
		"- {name: run, mountPath: /run}":                                    {"1 mount path /run"},
		"- /var/run/docker.sock:/var/run/docker.sock:ro":                    {"1 bind mount /var/run/docker.sock"},
		"docker run --rm -v /var/run/docker.sock:/sock alpine":              {"1 bind mount /var/run/docker.sock"},
		"docker run --volume=/var/run/docker.sock:/sock alpine":             {"1 bind mount /var/run/docker.sock"},
		"docker run --mount type=bind,source=/run,target=/run alpine":       {"1 bind mount /run", "1 mount path /run"},
		"source: /var/run/docker.sock":                                      {"1 bind mount /var/run/docker.sock"},
		"- /:/rootfs:ro":                                                    {"1 bind mount /"},
		"value: unix:///var/run/docker.sock":                                {"1 endpoint /var/run/docker.sock"},
		"value: tcp://localhost:2375":                                       {"1 endpoint localhost:2375"},
		"docker -Htcp://docker:2376 ps":                                     {"1 endpoint docker:2376"},
		"DOCKER_HOST=unix:///run/any.sock":                                  {"1 endpoint /run/any.sock"},
		"SOCKET=unix:///run/any.sock":                                       nil,
		"--host=tcp://docker:2376":                                          {"1 endpoint docker:2376"},
		"value: npipe:////./pipe/docker_engine":                             {"1 endpoint //./pipe/docker_engine"},
		`hostPath: {path: '\\.\pipe\docker_engine'}`:                        {`1 host path \\.\pipe\docker_engine`},
		"image: redis:6379":                                                 nil,
		"containerPort: 2375":                                               nil,
		"host_path {\n  path = \"/var/run/docker.sock\"\n}\n":               {"2 host path /var/run/docker.sock"},
		"# hostPath: /var/run/docker.sock":                                  nil,
		"  // path = \"/var/run/docker.sock\"":                              nil,
		"x: y # /var/run/docker.sock":                                       nil,
		"ls -l /var/run/docker.sock":                                        {"1 plain /var/run/docker.sock"},
		"- op: replace\n  path: /spec/0/hostPath/path\n  value: /run\n":     {"3 host path /run"},
		"- op: replace\n  path: /metadata/name\n  value: /run\n":            {"3 plain /run"},
		`{"op":"add","path":"/v/-","value":{"hostPath":{"path":"/run"}}}`:   {"1 host path /run"},
		"[[runners.kubernetes.volumes.host_path]]\nmount_path = \"/run\"\n": {"2 host path /run"},
		"[[runners.kubernetes.volumes.host_path]]\nmount_path = \"/run\"\nhost_path = \"/var/run/docker.sock\"\n": {
			"2 mount path /run", "3 host path /var/run/docker.sock",
		},
		"[[runners.kubernetes.volumes.empty_dir]]\nmount_path = \"/run\"\n": {"2 mount path /run"},
		"hostPath:\n- name: x\n  path: /\n- name: y\n  path: /run\n":        {"3 host path /", "5 host path /run"},
		"- hostPath:\n    path: /run\n  path: /run\n":                       {"2 host path /run", "3 plain /run"},
		"hostPaths:\n- /run\n- /var/run/docker.sock\nother:\n- /run\n": {
			"2 host path /run",
			"3 host path /var/run/docker.sock", "5 plain /run",
		},
		"{{ if .x }}\nhostPath:\n{{ end }}\n  path: /run\n":                           {"4 host path /run"},
		"- name: agent.volumes[0].hostPath\n  value: /run\n":                          {"2 host path /run"},
		"- {name: v.hostPath.path, value: /run}":                                      {"1 host path /run"},
		"- name: DOCKER\n  value: /run\n":                                             {"2 plain /run"},
		"set {\n  name  = \"a.hostPath\"\n  type = \"string\"\n  value = \"/run\"\n}": {"4 host path /run"},
		"agent.volumes[0].hostPath: /run":                                             {"1 host path /run"},
		"helm install x y --set a.volumes[0].hostPath.path=/run":                      {"1 host path /run"},
		"path: /spec/volumes/0/hostPath\nop: add\nvalue:\n  path: /run\n":             {"4 host path /run"},
		`{"value":"/run","op":"add","path":"/spec/0/hostPath/path"}`:                  {"1 host path /run"},
		"- value: /run\n  op: add\n  path: /spec/0/hostPath/path\n- value: /run\n":    {"1 host path /run", "4 plain /run"},
		"- value: /run\n- op: add\n  path: /spec/0/hostPath/path\n":                   {"1 plain /run"},
		"- value:\n    path: /run\n  path: /spec/0/hostPath\n":                        {"2 host path /run"},
		`{"op":"add","path":"/spec/0/hostPath/path","value":"/run"}`:                  {"1 host path /run"},
		`path: "/var/run/docker.sock\"`:                                               {"1 host path /var/run/docker.sock"},
		"- ${SOCK:-/run/docker.sock}:/var/run/docker.sock":                            {"1 bind mount /run/docker.sock"},
		"- $XDG_RUNTIME_DIR/docker.sock:/var/run/docker.sock": {
			"1 bind mount $XDG_RUNTIME_DIR/docker.sock",
		},
		`-v \\.\pipe\docker_engine:\\.\pipe\docker_engine`:    {`1 bind mount \\.\pipe\docker_engine`},
		"docker run -v/var/run/docker.sock:/x y":              {"1 bind mount /var/run/docker.sock"},
		"{type: none, o: bind, device: /var/run/docker.sock}": {"1 bind mount /var/run/docker.sock"},
		"[[runners.kubernetes.volumes.host_path]]\nhost_path = \"/run/a\"\nmount_path = \"/run\"\n": {
			"3 mount path /run",
		},
		"{\"host\":{\"sourcePath\":\"/run\"}, \"containerPath\":\"/var/run\"}": {
			"1 bind mount /run", "1 mount path /var/run",
		},
		"{source: /run, target: /var/run, other: /run/docker}": {
			"1 bind mount /run", "1 mount path /var/run", "1 plain /run/docker",
		},
		"{name: hostPath, mountPath: /run}":                         {"1 mount path /run"},
		"set_list {\n name = \"hostPaths\"\n value = [\"/run\"]\n}": {"3 host path /run"},
		"fileParameters: [{name: a, path: files/docker.sock}]":      {"1 plain files/docker.sock"},
		"v.fromHostPath('docker', '/run')":                          {"1 host path /run"},
		"hostVolumeMount('a', '/run/docker.sock', '/x/docker.sock'),": {
			"1 host path /run/docker.sock",
			"1 mount path /x/docker.sock",
		},
		"path: #@ v.sock or \"/var/run/docker.sock\" # /run":   {"1 host path /var/run/docker.sock"},
		"deny { input.hostPath.path == \"/run/docker.sock\" }": {"1 plain /run/docker.sock"},
		"docker run -v /var/run/docker.sock:$SOCK x":           {"1 bind mount /var/run/docker.sock"},
		"docker run -v /var/run/docker.sock:${SOCK} x":         {"1 bind mount /var/run/docker.sock"},
		"docker run -v /var/run/docker.sock:$(SOCK) x":         {"1 bind mount /var/run/docker.sock"},
		"- /var/run/docker.sock:{{ .Values.sock }}":            {"1 bind mount /var/run/docker.sock"},
		"hostPath: {path: \"/var/run/${NAME}\"}":               {"1 host path /var/run/"},
		"hostPath: /var/run/{{ .Values.name }}":                {"1 host path /var/run/"},
		"-v /var/run/$(NAME):/x":                               {"1 plain /var/run/"},
		"hostPath: {{ .a }}{{ .b }}/docker.sock":               {"1 host path {{ .a }}{{ .b }}/docker.sock"},
		"DOCKER_HOST=ssh://u@${H}":                             {"1 endpoint u@${H}"},
		"docker run -v ${DIR}/docker.sock:/x y":                {"1 bind mount ${DIR}/docker.sock"},
		"hostPath: {path: \"{{ .Values.dir }}/docker.sock\"}":  {"1 host path {{ .Values.dir }}/docker.sock"},
		"path: ${DIR}/docker.sock":                             {"1 host path ${DIR}/docker.sock"},
		"-v /run/user/$(id -u)/podman/podman.sock:/x": {
			"1 bind mount /run/user/$(id -u)/podman/podman.sock",
		},
		"ls {{ if .x }}/run/docker.sock{{ end }}":       {"1 plain /run/docker.sock"},
		"a: {{ .x | default \"/run/docker.sock\" }}":    {"1 plain /run/docker.sock"},
		"x=$(ls /run/docker.sock)":                      {"1 plain /run/docker.sock"},
		"tcp://$(HOST_IP):2375":                         {"1 endpoint $(HOST_IP):2375"},
		"tcp://${IP}:2376":                              {"1 endpoint ${IP}:2376"},
		"tcp://{{ x }}:2375":                            {"1 endpoint {{ x }}:2375"},
		"http://h:2375":                                 {"1 endpoint h:2375"},
		"https://h:2376/version":                        {"1 endpoint h:2376/version"},
		"docker -H :2375 ps":                            {"1 endpoint :2375"},
		"docker -H ssh://u@h ps":                        {"1 endpoint u@h"},
		`{"containerPort":2375}`:                        nil,
		"DOCKER_HOST=tcp://h:4243":                      {"1 endpoint h:4243"},
		"DOCKER_HOST: ssh://u@h":                        {"1 endpoint u@h"},
		"ENV DOCKER_HOST ssh://u@h":                     {"1 endpoint u@h"},
		"Environment=DOCKER_HOST=tcp://h:2375":          {"1 endpoint h:2375"},
		"- name: DOCKER_HOST\n  value: tcp://h:4243":    {"2 endpoint h:4243"},
		"- DOCKER_HOST\n\n- value: tcp://h:4243":        nil,
		"proxy_pass http://unix:/run/docker.sock:/;":    {"1 endpoint /run/docker.sock"},
		"ssh -L /tmp/d.sock:/run/docker.sock h":         {"1 plain /run/docker.sock"},
		"-v /srv/run:/run":                              nil,
		`sock: "\\\\.\\pipe\\docker_engine"`:            {`1 plain \\.\pipe\docker_engine`},
		`- "\\\\.\\pipe\\docker_engine:\\\\.\\pipe\\x"`: {`1 bind mount \\.\pipe\docker_engine`},
		"/var/run/secrets/kubernetes.io/serviceaccount": nil,
		"host_path { path = \"/run\" }":                 {"1 host path /run"},
		"volume { host_path { path = \"/\" } }":         {"1 host path /"},
		"host_path { type = \"\"\n  path = \"/run\" }":  {"2 host path /run"},
		"host_path { type=\"Directory\" path=\"/run/\" }\npath = \"/run\"": {
			"1 host path /run/", "2 plain /run",
		},
		"host_path { path = \"${var.d}/docker.sock\" } host_path {\n  path = \"/\"\n": {
			"1 host path ${var.d}/docker.sock", "2 host path /",
		},
	}
	for text, want := range tests {
		t.Run(text, func(t *testing.T) {
			var got []string
			for _, m := range Scan(text) {
				got = append(got, fmt.Sprintf("%d %s %s", m.Line, m.Role, m.Path))
			}
			require.Equal(t, want, got)
		})
	}
}

// TestScanReadsWhatIsInQuotes: a number sign is a comment only outside of them. They may be of several lines.
func TestScanReadsWhatIsInQuotes(t *testing.T) {
	for text, want := range map[string]int{
		`log "can't #$n" && ls /run/docker.sock`:       1,
		`RUN echo "it's #1" && ls /run/docker.sock`:    1,
		`text: it's #1, then ls /run/docker.sock`:      1,
		`echo 'say "a #1' && ls /run/docker.sock`:      1,
		`echo "a \" #1" && ls /run/docker.sock`:        1,
		`a: "b" # it's /run/docker.sock`:               0,
		`a: 'it''s' # /run/docker.sock`:                0,
		"a: b\t# /run/docker.sock":                     0,
		`docker run -v '/run/docker.sock':/a#b # it's`: 1,

		`docker run --name a\ #1 -v /run/docker.sock:/s b`:                1,
		"echo \"\n# a\"; ls /run/docker.sock":                             1,
		"echo '\n# a \"\n// b' && ls /run/docker.sock":                    1,
		"echo 'a\nb' # /run/docker.sock":                                  0,
		"echo \"\n# /run/docker.sock\n\"":                                 0,
		"it's\n# 'a': /run/docker.sock":                                   0,
		"a: \"b\"\n# \"c\": /run/docker.sock":                             0,
		"# a \"b\n# \"c\": /run/docker.sock":                              0,
		"a \"\nb\\\" c\n# d\" # /run/docker.sock\ne # \"/run/docker.sock": 0,
	} {
		require.Len(t, Scan(text), want, text)
	}
}

// TestScanFileKnowsComments: a format says what is one.
func TestScanFileKnowsComments(t *testing.T) {
	const definition = "#sock: *\"/run/docker.sock\" | string\n// /run/docker.sock\na: b // /run/docker.sock\n"
	require.Len(t, ScanFile("a.cue", definition), 1)
	require.Len(t, ScanFile("a.yaml", definition), 1)
	const path = "hostPath: '/data' // /run/docker.sock\nhostPath = '/data' -- hostPath: /run/docker.sock\n"
	for name, want := range map[string][]Role{
		"a.jsonnet": {HostPath},
		"a.dhall":   {Comment},
		"a.yaml":    {Comment, HostPath},
	} {
		require.Equal(t, want, rolesIn(name, path), name)
	}
	require.Equal(t, []Role{Plain}, rolesIn("a.yaml", "{{ .a // \"/run/docker.sock\" }}\n"))
	const blocks = "/* /run/docker.sock\n * /run/docker.sock */ a = \"/run/docker.sock\"\n" +
		"{{- /* /run/docker.sock */ -}}\nb = /run/docker.sock /*\n"
	for name, want := range map[string][]Role{
		"a.tf": {Comment, Plain, Comment, Comment, Plain},
		"a.sh": {Plain, Plain, Plain, Comment, Plain}, // a shell has no such block
	} {
		require.Equal(t, want, rolesIn(name, blocks), name)
	}
	require.Len(t, ScanFile("a.tf", "/*\nls /run/docker.sock\n"), 1, "nothing ends the block")
	require.Equal(t, Bind, ScanFile("a.j2", "${#a[@]} -v /run/docker.sock:/s #}\n")[0].Role)
}

func rolesIn(name, text string) (roles []Role) {
	for _, m := range ScanFile(name, text) {
		roles = append(roles, m.Role)
	}
	return roles
}

// TestScanCountsEachMentionOnce: a line that two rules fit is one mention.
func TestScanCountsEachMentionOnce(t *testing.T) {
	require.Len(t, Scan("- hostPath: {path: /var/run/docker.sock, type: Socket}\n"), 1)
}
