package convert

import (
	"slices"

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
	}
	c.assignCleanups()
}

func (c *Conversion) lookAt(pod manifest.Pod) {
	uses := c.uses(pod)
	if len(uses) == 0 {
		if runsDaemon(pod) {
			c.note(pod.Field, report.AlreadyDinD, "has a Docker daemon of its own: left alone")
		}
		return
	}
	class, evidence := classify(pod, uses)
	for i := range uses {
		uses[i].Class, uses[i].Evidence = class, evidence
	}
	c.Uses = append(c.Uses, uses...)
	if c.Mode != "Audit" {
		c.sort(pod, uses, class, evidence)
	}
}

// sort takes in what is to be converted, and says of the rest why it is not.
func (c *Conversion) sort(pod manifest.Pod, uses []Use, class Class, evidence string) {
	at := uses[0].Place()
	switch {
	case !c.targets(pod.Object()):
		if class == ClientClass {
			at.Info(report.Because(report.NotTargeted, "uses the node's Docker, and no target selects it: left alone"))
		}
	case class == ObserverClass:
		at.Warn(report.Because(report.Observer, "observer (%s): a daemon of its own would show it none of the node's containers, so it is left alone; annotate it with %s: \"true\" to convert it all the same", evidence, manifest.Convert))
	case class == OtherRuntime:
		at.Warn(report.Because(report.RuntimeSocket, "%s: left alone", evidence))
	case class == UnsureClass && annotation(pod) == "false":
		at.Info(report.Because(report.OptedOut, "%s: left alone", evidence))
	case class == UnsureClass:
		at.Warn(report.Because(unsureID(uses), "unsure what it does with the node's Docker (%s): left alone; annotate it with %s: \"true\" or \"false\"", evidence, manifest.Convert))
	case !pod.Known:
		at.Warn(report.Because(report.KindUnknown, "uses the node's Docker, but %s is no kind that dindify knows: left alone; add the path of its pod spec to spec.podSpecPaths", pod.Object().Kind()))
	case pod.Place.ReportOnly != "":
		at.Warn(report.Because(report.KindReportOnly, "uses the node's Docker, and is left alone: %s", pod.Place.ReportOnly))
	case class == CleanupClass:
		c.takeCleanup(pod, uses, evidence)
	default:
		c.Clients = append(c.Clients, &Client{Pod: pod, uses: dockerUses(uses)})
	}
}

func unsureID(uses []Use) string {
	if slices.ContainsFunc(uses, Use.IsDirectory) {
		return report.SocketDirectory
	}
	if uses[0].Mounted() && uses[0].Container.Env("DOCKER_HOST").Exists() && !ours(uses[0].Container.Env("DOCKER_HOST"), uses[0]) {
		return report.DockerHostForeign
	}
	return report.ClassUnsure
}

func (c *Conversion) takeCleanup(pod manifest.Pod, uses []Use, evidence string) {
	if pod.Object().Kind() != "CronJob" {
		uses[0].Place().Warn(report.Because(report.CleanupLeft, "prunes the node's Docker (%s), and is no CronJob: left alone; remove it where no workload uses the node's Docker any more", evidence))
		return
	}
	i := slices.IndexFunc(uses, func(u Use) bool { return u.Mounted() && u.Runtime == socket.Docker })
	c.Cleanups = append(c.Cleanups, &Cleanup{Pod: pod, use: uses[i]})
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
	c.Clients, c.Cleanups, c.Uses = nil, nil, nil
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

func runsDaemon(pod manifest.Pod) bool {
	return slices.ContainsFunc(pod.Containers(), func(c manifest.Container) bool { return isDaemonImage(c.Text("image")) })
}

func (c *Conversion) note(f manifest.Field, id, text string, args ...any) {
	if c.Mode != "Audit" {
		f.Info(report.Because(id, text, args...))
	}
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
