package starter

import (
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/convert"
	"github.com/boxp/dindify/fn/diff"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// choice is a part of the configuration that the workloads need, each line with its reason.
type choice struct {
	lines []string // in spec, indented below it
	set   func(*config.Spec)
}

// trial is a conversion with the defaults, and its findings.
type trial struct {
	kind    Kind
	rep     *report.Report
	objects []*kube.Object
	named   map[string]*kube.Object
	scales  []scale
}

func newTrial(kind Kind, found *convert.Outcome, rep *report.Report) trial {
	t := trial{kind: kind, rep: rep, objects: found.Set.Objects(), named: map[string]*kube.Object{}}
	for _, o := range t.objects {
		if name := o.Ref().String(); t.named[name] == nil {
			t.named[name] = o
		}
	}
	scalers := scalersOf(t.objects)
	for _, ref := range found.Converted {
		if o := t.named[ref.String()]; o != nil {
			t.scales = append(t.scales, scalers.scale(o))
		}
	}
	return t
}

// choose derives the configuration from a conversion with the defaults.
func choose(t trial) (all []choice) {
	for _, part := range []func(trial) (choice, bool){chooseDaemon, choosePod, chooseCleanup} {
		if c, ok := part(t); ok {
			all = append(all, c)
		}
	}
	return all
}

func chooseDaemon(t trial) (choice, bool) {
	spec := config.New()
	storage, setStorage := chooseStorage(t)
	lines := []string{
		"daemon:",
		"  image: " + spec.Daemon.Image + " # pinned: a floating tag changes the daemon under a running application",
		"  # " + t.sum(spec),
		"  # Measure under load: on the node today            docker stats --no-stream",
		"  #                            in the pod afterwards  " + t.exec(spec) + "docker stats --no-stream",
		"  resources: # of each daemon, with its containers; it is killed above the memory limit",
	}
	lines = append(lines, resourceLines("requests", spec.Daemon.Resources.Requests)...)
	lines = append(lines, resourceLines("limits", spec.Daemon.Resources.Limits)...)
	return choice{lines: append(lines, storage...), set: setStorage}, true
}

func resourceLines(list string, of map[string]resource.Quantity) []string {
	lines := []string{"    " + list + ":"}
	for _, name := range []string{"cpu", "memory"} {
		if q, ok := of[name]; ok {
			lines = append(lines, fmt.Sprintf("      %s: %s", name, quoted(q.String())))
		}
	}
	return lines
}

// quoted quotes a quantity that would otherwise be a number.
func quoted(q string) string {
	if strings.Trim(q, "0123456789.") == "" {
		return `"` + q + `"`
	}
	return q
}

// sum describes what all daemons request together.
func (t trial) sum(spec config.Spec) string {
	pods, perNode := sum(t.scales)
	var why []string
	for _, s := range t.scales {
		name := s.workload.Kind + "/" + s.workload.Name
		switch {
		case s.why != "":
			why = append(why, name+": "+s.why)
		case len(t.scales) > 1:
			why = append(why, name)
		}
	}
	where := ""
	if len(why) > 0 {
		where = " (" + strings.Join(why, ", ") + ")"
	}
	if perNode {
		return "A daemon on every node requests this" + where + ": multiply it by the nodes."
	}
	cpu, memory := times(spec.Daemon.Resources.Requests["cpu"], pods), times(spec.Daemon.Resources.Requests["memory"],
		pods)
	text := fmt.Sprintf("%s at most%s: in total the daemons request cpu %s and memory %s.",
		diff.Counted(pods, "pod"), where,
		cpu.String(), memory.String())
	for _, o := range t.objects {
		if o.Kind() == "ResourceQuota" {
			text += " " + o.Title() + " counts them."
		}
	}
	return text
}

func times(q resource.Quantity, n int) resource.Quantity {
	all := resource.Quantity{Format: q.Format}
	for range n {
		all.Add(q)
	}
	return all
}

// exec returns the command line that runs something in the first daemon's container.
func (t trial) exec(spec config.Spec) string {
	if len(t.scales) == 0 {
		return ""
	}
	w := t.scales[0].workload
	target := strings.ToLower(w.Kind) + "/" + w.Name
	if slices.Contains([]string{"Pod", "CronJob"}, w.Kind) {
		target = "POD"
	}
	if w.Namespace != "" {
		target = "-n " + w.Namespace + " " + target
	}
	return "kubectl exec " + target + " -c " + spec.Daemon.Name + " -- "
}
