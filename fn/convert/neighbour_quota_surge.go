package convert

import (
	"strconv"
	"strings"

	"github.com/boxp/dindify/fn/kube"
)

// surge is the number of pods that an update must start beside those that run.
type surge struct {
	pods  int64
	waits bool   // it stops no pod before they are ready
	way   string // how to avoid them
}

// surgeOf returns the surge of a client's updates (kubernetes.io/docs/concepts/workloads/controllers/deployment,
// "Rolling Update Deployment"; argo-rollouts docs/features/canary.md and bluegreen.md; OpenShift, rollingParams).
func surgeOf(client *Client) surge {
	strategy, n := client.Template().Parent().Get("strategy"), replicas(client)
	switch client.ref.Kind {
	case "Deployment":
		if strategy.Text("type") != "Recreate" {
			return rolling(strategy.Get("rollingUpdate"), n)
		}
	case "DeploymentConfig":
		if strategy.Text("type") != "Recreate" {
			return rolling(strategy.Get("rollingParams"), n)
		}
	case "Rollout":
		if strategy.Get("blueGreen").Exists() {
			return surge{n, true, "use a canary with maxSurge 0 there"}
		}
		return rolling(strategy.Get("canary"), n)
	}
	return surge{}
}

// rolling reads the parameters of a rolling update, which are 25% by default. With room for one more pod it goes on.
func rolling(parameters kube.Field, replicas int64) surge {
	more := min(partOf(parameters.Get("maxSurge"), replicas, 99), 1)
	return surge{more, partOf(parameters.Get("maxUnavailable"), replicas, 0) == 0, "set maxSurge to 0 there"}
}

// partOf returns a number, or a percentage of the replicas: after rounding is added, it is rounded down.
func partOf(f kube.Field, replicas, rounding int64) int64 {
	text := f.Text()
	if !f.Exists() {
		text = "25%"
	}
	percent, isPercentage := strings.CutSuffix(text, "%")
	n, err := strconv.ParseInt(percent, 10, 32)
	switch {
	case err != nil || n < 0:
		return 0
	case isPercentage:
		return (n*replicas + rounding) / 100
	}
	return n
}
