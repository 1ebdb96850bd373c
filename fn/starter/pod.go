package starter

import (
	"slices"
	"strings"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/kube"
	"github.com/boxp/dindify/fn/report"
)

// choosePod lists the volumes that the daemon shares with its clients, and the Secrets that it does not. By default
// only volumes that cannot be mounted are omitted: a nested container that mounts a missing folder finds it empty.
func choosePod(t trial) (choice, bool) {
	mirrored, skipped, secrets := t.volumes()
	if len(mirrored)+len(skipped)+len(secrets) == 0 {
		return choice{}, false
	}
	lines := []string{"pod:"}
	if len(mirrored) > 0 {
		lines = append(lines, "  # Also in the daemon, at the same paths: "+strings.Join(mirrored, ", ")+".")
	}
	if why := "volumes that no nested container mounts"; len(skipped) == 0 {
		lines = append(lines, "  mirrorExclude: [] # "+why)
	} else {
		lines = append(lines, "  mirrorExclude: ["+strings.Join(skipped, ", ")+"] # the daemon has its own file "+
			"there; and "+why)
	}
	if len(secrets) > 0 {
		lines = append(lines,
			"  # Not in the daemon, where every user of its socket could read them: "+strings.Join(secrets, ", ")+".",
			"  mirrorInclude: [] # those of them that nested containers mount")
	}
	return choice{lines: lines, set: func(s *config.Spec) { s.Pod.MirrorExclude = skipped }}, true
}

// volumes groups the clients' volumes: mirrored in the daemon, skipped, or withheld as secrets.
func (t trial) volumes() (mirrored, skipped, secrets []string) {
	add := func(list *[]string, name string) {
		if !slices.Contains(*list, name) {
			*list = append(*list, name)
		}
	}
	for _, f := range t.rep.All() {
		switch f.ID {
		case report.MirrorSkipped:
			if name := t.volumeAt(f); name != "" {
				add(&skipped, name)
			}
		case report.SecretNotMirrored:
			if name := t.volumeAt(f); name != "" {
				add(&secrets, name)
			}
		}
	}
	for _, s := range t.scales {
		if o := t.object(s); o != nil {
			for _, name := range mirroredIn(o) {
				add(&mirrored, name)
			}
		}
	}
	skipped = slices.DeleteFunc(skipped, func(name string) bool { return slices.Contains(mirrored, name) })
	return mirrored, skipped, secrets
}

// mirroredIn returns the volumes that a workload's daemon shares with the other containers of its pod.
func mirroredIn(o *kube.Object) (names []string) {
	daemon := config.New().Daemon.Name
	for _, pod := range o.Pods() {
		for _, c := range pod.Containers() {
			if c.Name() != daemon {
				continue
			}
			for _, m := range c.Mounts() {
				if name := m.Text("name"); !strings.HasPrefix(name, "dind-") {
					names = append(names, name)
				}
			}
		}
	}
	return names
}

// volumeAt returns the volume of a finding's mount.
func (t trial) volumeAt(f *report.Finding) string {
	o := t.named[f.Object.String()]
	if o == nil {
		return ""
	}
	at, ok := o.At(f.Path)
	if !ok {
		return ""
	}
	return at.Text("name")
}
