package convert

import (
	"slices"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/manifest"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// Client is a workload that gets a daemon of its own.
type Client struct {
	manifest.Pod
	uses []Use
}

// Cleanup is a CronJob that prunes the node's daemon.
type Cleanup struct {
	manifest.Pod
	use    Use // of the container that prunes
	serves *Client
}

// look finds every use of a runtime's socket, and sorts the workloads by what they do with it.
func (c *Conversion) look() {
	c.findClaims()
	for _, o := range c.Set.Objects() {
		for _, pod := range o.Pods() {
			c.lookAt(pod)
		}
		if c.targets(o) {
			c.lookAtTexts(o)
		}
	}
	c.assignCleanups()
}

func (c *Conversion) lookAt(pod manifest.Pod) {
	uses := c.uses(pod)
	if len(uses) == 0 {
		c.noteDaemon(pod)
		return
	}
	if c.Mode == config.Audit && !c.targets(pod.Object()) {
		return
	}
	v := c.classify(pod, uses)
	for i := range uses {
		uses[i].Class, uses[i].Evidence = v.Class, v.Evidence
	}
	c.Uses = append(c.Uses, uses...)
	if c.Mode != config.Audit {
		c.sort(pod, uses, v)
	}
}

// sort takes in what is to be converted, and says of the rest why it is not.
func (c *Conversion) sort(pod manifest.Pod, uses []Use, v verdict) {
	at := uses[0].Place()
	switch {
	case !c.targets(pod.Object()):
		if v.Class == ClientClass {
			at.Info(report.Because(report.NotTargeted, "uses the node's Docker, and no target selects it: left alone"))
		}
	case v.Class == ObserverClass:
		at.Warn(report.Because(v.id, "observer (%s): a daemon of its own would show it none of the node's containers, so it is left alone; annotate it with %s: \"true\" to convert it all the same", v.Evidence, manifest.Convert))
	case v.Class == OtherRuntime:
		at.Warn(report.Because(v.id, "%s: left alone", v.Evidence))
	case v.id == report.OptedOut:
		at.Info(report.Because(v.id, "%s: left alone", v.Evidence))
	case v.id == report.SocketUnmounted:
		at.Warn(report.Because(v.id, "leads to the node's Docker, and no container mounts it: left alone; remove the volume"))
	case v.Class == UnsureClass:
		at.Warn(report.Because(v.id, "unsure what it does with the node's Docker (%s): left alone; annotate it with %s: \"true\" or \"false\"", v.Evidence, manifest.Convert))
	case pod.InText():
		at.Warn(report.Because(report.KindUnknown, "uses the node's Docker, and stands in a text: left alone; change it there"))
	case !pod.Known:
		at.Warn(report.Because(report.KindUnknown, "uses the node's Docker, but %s is no kind that dindify knows: left alone; add the path of its pod spec to spec.podSpecPaths", kindOf(pod)))
	case pod.Place.ReportOnly != "":
		at.Warn(report.Because(report.KindReportOnly, "uses the node's Docker, and is left alone: %s", pod.Place.ReportOnly))
	case v.Class == CleanupClass:
		c.takeCleanup(pod, uses, v.Evidence)
	default:
		c.Clients = append(c.Clients, &Client{Pod: pod, uses: dockerUses(uses)})
	}
}

func kindOf(pod manifest.Pod) string {
	if kind := pod.Object().Kind(); kind != "" {
		return kind
	}
	return "a document without a kind"
}

func (c *Conversion) takeCleanup(pod manifest.Pod, uses []Use, evidence string) {
	if pod.Object().Kind() != "CronJob" {
		uses[0].Place().Warn(report.Because(report.CleanupLeft, "prunes the node's Docker (%s), and is no CronJob: left alone; remove it where no workload uses the node's Docker any more", evidence))
		return
	}
	by, _ := pruning(uses)
	c.Cleanups = append(c.Cleanups, &Cleanup{Pod: pod, use: by})
}

// assignCleanups gives each pruning job the first client of its namespace that has none. A job without one keeps
// cleaning the node.
func (c *Conversion) assignCleanups() {
	taken := map[*Client]bool{}
	c.Cleanups = slices.DeleteFunc(c.Cleanups, func(job *Cleanup) bool {
		for _, client := range c.Clients {
			if !taken[client] && client.Object().Namespace() == job.Object().Namespace() && c.Cleanup.Mode == "CronJob" && c.cleanable(client) {
				taken[client], job.serves = true, client
				return false
			}
		}
		job.use.Place().Warn(report.Because(report.CleanupLeft, "still prunes the node's Docker: no converted workload of its namespace is cleaned by a CronJob; remove it where nothing uses the node's Docker any more"))
		return true
	})
}

// refresh finds the places again that clients and jobs stand for, after aliases were written out.
func (c *Conversion) refresh() {
	clients, jobs := c.Clients, c.Cleanups
	c.Clients, c.Cleanups, c.Uses, c.Daemons = nil, nil, nil, nil
	quiet := c.Set.Report
	c.Set.Report = &report.Report{}
	c.look()
	c.Set.Report = quiet
	if len(c.Clients) != len(clients) || len(c.Cleanups) != len(jobs) {
		c.Clients, c.Cleanups = clients, jobs
	}
}

func dockerUses(uses []Use) []Use {
	return slices.DeleteFunc(slices.Clone(uses), func(u Use) bool { return u.Runtime != socket.Docker })
}

// noteDaemon says of a pod that it has its own daemon, if it has.
func (c *Conversion) noteDaemon(pod manifest.Pod) {
	containers := pod.Containers()
	i := slices.IndexFunc(containers, isDaemon)
	if i < 0 || !c.targets(pod.Object()) {
		return
	}
	daemon := containers[i]
	c.Daemons = append(c.Daemons, daemon)
	daemon.Info(report.Because(report.AlreadyDinD, "has a Docker daemon of its own: left alone"))
}

// containers are the client's containers that use the socket, each with its uses.
func (cl *Client) containers() []clientContainer {
	var all []clientContainer
	for _, container := range cl.Containers() {
		cc := clientContainer{Container: container}
		for _, u := range cl.uses {
			if u.Mounted() && u.Container.Is(container.Field) {
				cc.uses = append(cc.uses, u)
			}
		}
		if len(cc.uses) > 0 {
			all = append(all, cc)
		}
	}
	return all
}

type clientContainer struct {
	manifest.Container
	uses []Use
}
