// Package pairwise combines the values of functionConfig fields so that every pair of values of two fields occurs at
// least once.
package pairwise

import (
	"fmt"
	"strings"
)

// Field is a field with its values: lines of YAML under a path of the spec, by the name of the value.
type Field struct {
	Path   string // spec.daemon.startup
	Values []string
}

// Fields are the fields that change the pod.
var Fields = []Field{
	{"daemon.startup", []string{"Sidecar", "PostStart"}},
	{"daemon.isolation", []string{"Privileged", "Rootless", "Sysbox", "UserNamespace", "Kata"}},
	{"client.transport", []string{"Unix", "TCP", "TLS"}},
	{"client.socketMount", []string{"Directory", "File"}},
	{"daemon.storage", []string{
		"{}", "{emptyDir: {sizeLimit: 10Gi}}", "{emptyDir: {medium: Memory}}",
		"{ephemeral: {size: 20Gi}}", "{persistentVolumeClaim: {claimName: docker-data}}",
	}},
	{"cleanup.mode", []string{"CronJob", "Sidecar", "None"}},
	{"pod.mirrorVolumes", []string{"true", "false"}},
	{"pod.nodePinning", []string{"Keep", "Drop"}},
	{"daemon.mtu", []string{"0", "1400"}},
	{"daemon.iptables", []string{"Auto", "Legacy", "NFT"}},
}

// Configs returns functionConfigs in which every pair of values occurs.
func Configs() []string {
	var rows [][]int
	missing := pairs()
	for len(missing) > 0 {
		row := next(missing)
		for p := range missing {
			if row[p.a] == p.x && row[p.b] == p.y {
				delete(missing, p)
			}
		}
		rows = append(rows, row)
	}
	configs := make([]string, len(rows))
	for i, row := range rows {
		configs[i] = Config(row)
	}
	return configs
}

type pair struct{ a, x, b, y int }

func pairs() map[pair]bool {
	all := map[pair]bool{}
	for a := range Fields {
		for b := a + 1; b < len(Fields); b++ {
			for x := range Fields[a].Values {
				for y := range Fields[b].Values {
					all[pair{a, x, b, y}] = true
				}
			}
		}
	}
	return all
}

// next builds a row field by field; it chooses the value with the most pairs that have not occurred yet.
func next(missing map[pair]bool) []int {
	row := make([]int, len(Fields))
	for a := range Fields {
		best := -1
		for x := range Fields[a].Values {
			n := 0
			for p := range missing {
				if p.a == a && p.x == x || p.b == a && p.y == x && row[p.a] == p.x && p.a < a {
					n++
				}
			}
			if n > best {
				best, row[a] = n, x
			}
		}
	}
	for p := range missing { // at least one pair, so that the loop ends
		row[p.a], row[p.b] = p.x, p.y
		break
	}
	return row
}

// Config returns the functionConfig with the values of a row.
func Config(row []int) string {
	groups := map[string][]string{}
	for i, f := range Fields {
		group, field, _ := strings.Cut(f.Path, ".")
		groups[group] = append(groups[group], fmt.Sprintf("    %s: %s", field, f.Values[row[i]]))
	}
	var out strings.Builder
	out.WriteString("apiVersion: dindify.dev/v1alpha1\nkind: DinD\nmetadata:\n  name: pairwise\nspec:\n")
	for _, group := range []string{"daemon", "client", "cleanup", "pod"} {
		out.WriteString("  " + group + ":\n" + strings.Join(groups[group], "\n") + "\n")
	}
	return out.String()
}
