package tests

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/function"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/yamldoc"
)

// TestVariablesOfTheDaemonCannotBeSetTwice takes the variables that each configuration gives the daemon, and sets them
// by spec.daemon.env too. POD_IP is the exception: a value of the configuration takes the place of dindify's.
func TestVariablesOfTheDaemonCannotBeSetTwice(t *testing.T) {
	refused := 0
	for _, isolation := range []string{"Privileged", "Rootless", "Sysbox", "UserNamespace", "Kata", "GVisor"} {
		for _, transport := range []string{"Unix", "TCP", "TLS"} {
			for _, iptables := range []string{"Auto", "Legacy", "NFT"} {
				fields := func(env string) string {
					return fmt.Sprintf("{daemon: {isolation: %s, iptables: %s, mtu: 1400, env: [%s]}, client: {transport: %s}}",
						isolation, iptables, env, transport)
				}
				for _, name := range daemonVariables(t, fields("")) {
					_, problems := loadFields(t, fields("{name: "+name+", value: x}"))
					if name == "POD_IP" {
						require.Empty(t, problems, fields(name))
						continue
					}
					require.Len(t, problems, 1, fields(name))
					require.Contains(t, problems[0], "spec.daemon.env[0].name", fields(name))
					refused++
				}
			}
		}
	}
	require.Greater(t, refused, 54)
	checkField(t, "daemon: {env: [{name: XDG_RUNTIME_DIR, value: /x}, {name: DOCKER_IPTABLES_LEGACY, value: '1'}]}", "")
}

func loadFields(t *testing.T, fields string) (config.Spec, []string) {
	t.Helper()
	doc, err := yamldoc.Parse(spec(fields))
	require.NoError(t, err)
	return config.Load(doc.Root())
}

// daemonVariables returns the names of the variables that a configuration gives the daemon; none if it is refused.
func daemonVariables(t *testing.T, fields string) (names []string) {
	t.Helper()
	s, problems := loadFields(t, fields)
	if len(problems) > 0 {
		return nil
	}
	input, err := os.ReadFile("cases/job/input.yaml")
	require.NoError(t, err)
	item, err := kube.ReadItem(string(input))
	require.NoError(t, err)
	set, _ := function.Convert([]*kube.Item{item}, &report.Report{}, func() (config.Spec, []string) { return s, nil })
	require.Empty(t, set.Report.Errors(), fields)
	for _, o := range set.Objects() {
		for _, pod := range o.Pods() {
			for _, container := range pod.Containers() {
				if container.Name() != s.Daemon.Name {
					continue
				}
				for _, v := range container.Get("env").Items() {
					names = append(names, v.Text("name"))
				}
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
