package convert

import (
	"slices"

	"github.com/boxp/dindify/fn/config"
	"github.com/boxp/dindify/fn/manifest"
	"github.com/boxp/dindify/fn/parallel"
	"github.com/boxp/dindify/fn/report"
	"github.com/boxp/dindify/fn/socket"
)

// Client is a workload that gets a daemon of its own.
type Client struct {
	manifest.Pod
	uses      []Use
	job       *Cleanup      // that cleans its daemon; nil where the input has none to rewrite
	generated []generated   // objects that were made for it
	report    report.Report // what its passes say, until all are done

	ref  report.Object // of the object, and
	path string        // of the pod in it, for when they have been let go
}

// Cleanup is a CronJob that prunes the node's daemon.
type Cleanup struct {
	manifest.Pod
	use    Use // of the container that prunes
	serves *Client
}

// look finds every use of a runtime's socket, and sorts the workloads by what they do with it.
func (c *Conversion) look() {
	c.Set.Index()
	c.findClaims()
	objects := c.Set.Objects()
	seen := make([][]sight, len(objects))
	_ = parallel.For(len(objects), func(i int) error { // which never fails
		for _, pod := range objects[i].Pods() {
			seen[i] = append(seen[i], c.lookAt(pod))
		}
		return nil
	})
	for i, o := range objects {
		for _, s := range seen[i] {
			c.takeIn(s)
		}
		if c.targets(o) {
			c.lookAtTexts(o)
		}
	}
	c.assignCleanups()
}

// sight is what was seen in one pod.
type sight struct {
	pod     manifest.Pod
	uses    []Use
	verdict verdict
	daemon  manifest.Container // of a pod that uses no socket
}

func (c *Conversion) lookAt(pod manifest.Pod) sight {
	s := sight{pod: pod, uses: c.uses(pod)}
	if len(s.uses) == 0 {
		s.daemon = daemonOf(pod)
		return s
	}
	s.verdict = c.classify(pod, s.uses)
	for i := range s.uses {
		s.uses[i].Class, s.uses[i].Evidence = s.verdict.Class, s.verdict.Evidence
	}
	return s
}

func (c *Conversion) takeIn(s sight) {
	switch {
	case len(s.uses) == 0:
		c.noteDaemon(s)
		return
	case c.Mode == config.Audit && !c.targets(s.pod.Object()):
		return
	}
	if c.Mode == config.Audit {
		c.Uses = append(c.Uses, s.uses...)
	} else {
		c.sort(s.pod, s.uses, s.verdict)
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
		c.clients = append(c.clients, &Client{Pod: pod, uses: dockerUses(uses)})
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
	c.cleanups = append(c.cleanups, &Cleanup{Pod: pod, use: by})
}

// assignCleanups gives each pruning job the first client of its namespace that has none. A job without one keeps
// cleaning the node.
func (c *Conversion) assignCleanups() {
	taken := map[*Client]bool{}
	c.cleanups = slices.DeleteFunc(c.cleanups, func(job *Cleanup) bool {
		for _, client := range c.clients {
			if !taken[client] && client.Object().Namespace() == job.Object().Namespace() && c.Cleanup.Mode == "CronJob" && c.cleanable(client) {
				taken[client], job.serves, client.job = true, client, job
				return false
			}
		}
		job.use.Place().Warn(report.Because(report.CleanupLeft, "still prunes the node's Docker: no converted workload of its namespace is cleaned by a CronJob; remove it where nothing uses the node's Docker any more"))
		return true
	})
}

// refresh finds the places again that clients and jobs stand for, after aliases were written out.
func (c *Conversion) refresh() {
	clients, jobs := c.clients, c.cleanups
	c.clients, c.cleanups, c.Uses = nil, nil, nil
	quiet := c.Set.Report
	c.Set.Report = &report.Report{}
	c.look()
	c.Set.Report = quiet
	if len(c.clients) != len(clients) || len(c.cleanups) != len(jobs) {
		c.clients, c.cleanups = clients, jobs
	}
}

func dockerUses(uses []Use) []Use {
	return slices.DeleteFunc(slices.Clone(uses), func(u Use) bool { return u.Runtime != socket.Docker })
}

// noteDaemon says of a pod that it has its own daemon, if it has.
func (c *Conversion) noteDaemon(s sight) {
	if s.daemon.Exists() && c.targets(s.pod.Object()) {
		s.daemon.Info(report.Because(report.AlreadyDinD, "has a Docker daemon of its own: left alone"))
	}
}

func daemonOf(pod manifest.Pod) manifest.Container {
	for _, container := range pod.Containers() {
		if isDaemon(container) {
			return container
		}
	}
	return manifest.Container{}
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
