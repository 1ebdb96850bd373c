package tests

import "testing"

// TestVolumesOfTheDaemonAreChecked checks the required fields of each volume source, and that no two mounts have one
// path.
func TestVolumesOfTheDaemonAreChecked(t *testing.T) {
	for _, test := range []struct{ volumes, mounts, problem string }{
		{"{name: a, hostPath: {path: /a}}", "{name: a, mountPath: /a}", ""},
		{"{name: a, hostPath: {}}", "{name: a, mountPath: /a}", "volumes[0].hostPath"},
		{"{name: a, secret: {secretName: a}}", "{name: a, mountPath: /a}", ""},
		{"{name: a, secret: {}}", "{name: a, mountPath: /a}", "volumes[0].secret"},
		{"{name: a, persistentVolumeClaim: {claimName: a}}", "{name: a, mountPath: /a}", ""},
		{"{name: a, persistentVolumeClaim: {}}", "{name: a, mountPath: /a}", "volumes[0].persistentVolumeClaim"},
		{"{name: a, configMap: {name: a}}", "{name: a, mountPath: /a}", ""},
		{"{name: a, configMap: {}}", "{name: a, mountPath: /a}", "volumes[0].configMap"},
		{"{name: a, csi: {driver: a}}", "{name: a, mountPath: /a}", ""},
		{"{name: a, csi: {}}", "{name: a, mountPath: /a}", "volumes[0].csi"},
		{"{name: a, emptyDir: {}}", "{name: a, mountPath: /a}", ""},
		{"{name: a}", "{name: a, mountPath: /a}", "volumes[0]"},
		{"{name: a, emptyDir: {}, configMap: {name: a}}", "{name: a, mountPath: /a}", "volumes[0]"},
		{"{name: dind-data, emptyDir: {}}", "", "volumes[0].name"},
		{"{name: a, emptyDir: {}}", "", "volumes[0].name"},
		{"{name: a, emptyDir: {}}, {name: a, emptyDir: {}}", "{name: a, mountPath: /a}", "volumes[1].name"},
		{"", "{name: a, mountPath: a}", "volumeMounts[0].mountPath"},
		{"", "{name: a, mountPath: '/a:b'}", "volumeMounts[0].mountPath"},
		{"", "{name: a, mountPath: /a}, {name: b, mountPath: /a/}", "volumeMounts[1].mountPath"},
		{"", "{name: a, mountPath: /a, subPath: b}", ""},
		{"", "{name: a, mountPath: /a, subPathExpr: b}", ""},
		{"", "{name: a, mountPath: /a, subPath: b, subPathExpr: b}", "volumeMounts[0].subPathExpr"},
		{"", "{name: A_, mountPath: /a}", "volumeMounts[0].name"},
	} {
		checkField(t, "daemon: {volumes: ["+test.volumes+"], volumeMounts: ["+test.mounts+"]}", test.problem)
	}
}

// TestStartupAndMirrorsAreChecked checks values at the limits.
func TestStartupAndMirrorsAreChecked(t *testing.T) {
	for _, test := range []struct{ fields, problem string }{
		{"daemon: {startupTimeoutSeconds: -1}", "spec.daemon.startupTimeoutSeconds"},
		{"daemon: {startupTimeoutSeconds: 0}", ""},
		{"daemon: {startupTimeoutSeconds: 1}", ""},
		{"daemon: {startupTimeoutSeconds: 86400}", ""},
		{"daemon: {startupTimeoutSeconds: 86401}", "spec.daemon.startupTimeoutSeconds"},
		{"{daemon: {startup: PostStart, startupTimeoutSeconds: 60}, cleanup: {mode: None}}", "startupTimeoutSeconds"},
		{"{daemon: {startup: PostStart}, cleanup: {mode: None}}", ""},
		{"pod: {mirrorInclude: ['']}", "spec.pod.mirrorInclude[0]"},
		{"pod: {mirrorInclude: [a], mirrorExclude: [a]}", "spec.pod.mirrorInclude[0]"},
		{"pod: {mirrorInclude: [a], mirrorExclude: [b]}", ""},
		{"pod: {mirrorVolumes: false, mirrorInclude: [a]}", "spec.pod.mirrorInclude[0]"},
		{"pod: {mirrorVolumes: true, mirrorInclude: [a]}", ""},
	} {
		checkField(t, test.fields, test.problem)
	}
}

// TestImagesWithoutADaemonAreRefused checks each word of an image name that indicates this, and other words.
func TestImagesWithoutADaemonAreRefused(t *testing.T) {
	for _, image := range []string{
		"docker:28-git", "docker:28-windowsservercore", "docker:28-nanoserver", "docker:kubectl", "docker:compose",
		"docker:buildx", "docker-buildx:1", "busybox", "alpine:3", "ubuntu", "debian:13", "moby/buildkit",
		"example.com/kubectl", "compose:1", "buildx", "tools:1-cli",
	} {
		checkField(t, "daemon: {image: '"+image+"'}", "spec.daemon.image")
	}
	for _, image := range []string{
		"docker:28-dind", "example.com/git-runner:1", "alpine-dind", "docker-cli-dind:1", "ubuntu:dockerd", "docker:28",
	} {
		checkField(t, "daemon: {image: '"+image+"'}", "")
	}
}
