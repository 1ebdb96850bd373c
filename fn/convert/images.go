package convert

import "strings"

// Known images, by the end of their names without tag: "datadog/agent" is any registry's datadog/agent. A trailing *
// stands for any rest of the last part.

// observers look at the node's containers, or act on them.
var observers = []string{
	"datadog/agent", "datadog/docker-dd-agent", "cadvisor/cadvisor", "google/cadvisor", "cadvisor", "falcosecurity/falco*",
	"sysdig/*", "newrelic/*", "instana/agent", "traefik", "library/traefik", "containous/traefik", "containrrr/watchtower",
	"v2tec/watchtower", "nickfedor/watchtower", "portainer/*", "amir20/dozzle", "netdata/netdata", "gliderlabs/registrator",
	"gliderlabs/logspout", "weaveworks/scope", "weaveworks/weave", "gaiaadm/pumba", "alexeiled/pumba", "logdna/*",
	"sematext/*", "scalyr/*", "signalfx/*", "splunk/*", "fluent/*", "elastic/*", "beats/*", "grafana/agent", "grafana/alloy",
	"prom/*", "telegraf", "neuvector/*", "aquasec/*", "aquasecurity/*", "twistlock/*", "dynatrace/*", "appdynamics/*",
	"amazon/cloudwatch-agent", "cloudwatch-agent/cloudwatch-agent", "cloudagent", "microsoft/oms", "azuremonitor/*",
	"willfarrell/autoheal", "nginxproxy/*", "jwilder/nginx-proxy", "jwilder/docker-gen", "diun", "crazymax/diun",
	"litmuschaos/*", "openkruise/kruise-*", "amazon-k8s-cni", "lacework/*", "crowdstrike/*", "tecnativa/docker-socket-proxy",
	"stackrox/*", "deepfenceio/*", "glances", "nicolargo/glances", "dockersamples/visualizer", "linuxserver/socket-proxy",
	"wollomatic/socket-proxy", "louislam/uptime-kuma", "louislam/dockge", "henrygd/beszel-agent", "gethomepage/homepage",
	"getwud/wud", "fmartinou/whats-up-docker", "timberio/vector", "grafana/promtail", "wazuh/*", "lazyteam/lazydocker",
}

// clients run containers of their own.
var clients = []string{
	"openhands/openhands", "all-hands-ai/openhands", "openhands/*", "opendevin/*", "jenkins/jenkins*", "jenkins/inbound-agent*", "jenkins/agent",
	"jenkins/jnlp-slave", "gitlab/gitlab-runner", "gitlab-org/gitlab-runner", "gitea/act_runner", "forgejo/runner",
	"woodpeckerci/woodpecker-agent", "drone/agent", "drone/drone*", "drone-runner-docker", "buildkite/agent", "actions/actions-runner",
	"summerwind/actions-runner*", "myoung34/github-runner", "jetbrains/teamcity-agent", "docker", "docker/compose", "library/docker",
	"hyperledger/fabric-*", "nuclio/*", "localstack/localstack", "codercom/*", "coder/*", "azure-pipelines*", "concourse/*",
}

// cleaners remove what the node's daemon does not need any more.
var cleaners = []string{"spotify/docker-gc", "meltwater/docker-cleanup", "onfido/docker-clean", "onfido/k8s-cleanup", "stephanlindauer/docker-clean*"}

// knownImage returns the entry of the list that an image is of; "" where it is of none.
func knownImage(image string, list []string) string {
	name := imageName(image)
	for _, entry := range list {
		want, open := strings.CutSuffix(entry, "*")
		end, ok := lastParts(name, strings.Count(entry, "/")+1)
		if ok && (end == want || open && strings.HasPrefix(end, want)) {
			return entry
		}
	}
	return ""
}

// lastParts is the end of a name with n parts; ok is false where it has fewer.
func lastParts(name string, n int) (end string, ok bool) {
	at := len(name)
	for range n {
		if at < 0 {
			return "", false
		}
		at = strings.LastIndexByte(name[:at], '/')
	}
	return name[at+1:], true
}

// imageName is an image without tag and digest.
func imageName(image string) string {
	name, _, _ := strings.Cut(image, "@")
	if i := strings.LastIndexByte(name, ':'); i > strings.LastIndexByte(name, '/') {
		name = name[:i]
	}
	return name
}

// isDaemonImage says whether an image is docker's own with a daemon in it.
func isDaemonImage(image string) bool {
	return strings.HasSuffix(imageName(image), "docker") && strings.Contains(image, "dind") || strings.HasSuffix(imageName(image), "/dind")
}
